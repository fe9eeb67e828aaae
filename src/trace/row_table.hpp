// RowTable: rows found by their id in constant time, and kept at the place of their id while no id is missing.
//
// Shape    Row has a member `id` of type Id; ids count from `first`. Ids that arrive out of order settle into their places
//          as the gaps fill; an id far beyond the rest costs one row and one entry of a map, not the rows between.
// Threads  A plain value. A row stays where it is unless an id before it arrives late.
#pragma once

#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <utility>

namespace loiter::trace {

template <class Row, class Id, std::uint32_t first, class Rows>
class RowTable {
 public:
  const Rows& rows() const { return m_rows; }
  std::size_t size() const { return m_rows.size(); }
  Row& operator[](std::size_t place) { return m_rows[place]; }
  const Row& operator[](std::size_t place) const { return m_rows[place]; }

  // Where the row is; size() if there is none.
  std::size_t place(Id id) const {
    const std::size_t own = own_place(id);
    if (own < m_rows.size() && m_rows[own].id == id) return own;
    if (m_elsewhere.empty()) return m_rows.size();
    const auto found = m_elsewhere.find(id);
    return found == m_elsewhere.end() ? m_rows.size() : found->second;
  }

  const Row* find(Id id) const { return find_in(*this, id); }
  Row* find(Id id) { return find_in(*this, id); }

  // Nothing if the id is taken.
  Row* add(Id id) {
    if (find(id) != nullptr) return nullptr;
    const std::size_t last = m_rows.size();
    m_rows.emplace_back();
    m_rows.back().id = id;
    if (own_place(id) == last && m_elsewhere.empty()) return &m_rows.back();
    settle(last);
    // The table has grown by one place: the row that belongs there may have come earlier.
    const auto early = m_elsewhere.find(Id{first + static_cast<std::uint32_t>(last)});
    if (early != m_elsewhere.end()) settle(early->second);
    return find(id);
  }

 private:
  static std::size_t own_place(Id id) { return id.value - first; }

  template <class Table>
  static auto find_in(Table& table, Id id) -> decltype(&table.m_rows[0]) {
    const std::size_t own = own_place(id);
    if (own < table.m_rows.size()) {
      auto& row = table.m_rows[own];
      if (row.id == id) return &row;
    }
    const std::size_t found = table.place(id);
    return found == table.m_rows.size() ? nullptr : &table.m_rows[found];
  }

  // Moves the row at `place` to its own place, then the row that was there, and so on. A row in its own place never
  // moves again, so all moves together are no more than there are rows.
  void settle(std::size_t place) {
    for (;;) {
      const Id id = m_rows[place].id;
      const std::size_t own = own_place(id);
      if (own == place) {
        m_elsewhere.erase(id);
        return;
      }
      if (own >= m_rows.size()) {
        m_elsewhere[id] = place;
        return;
      }
      std::swap(m_rows[place], m_rows[own]);
      m_elsewhere.erase(id);
    }
  }

  Rows m_rows;
  std::unordered_map<Id, std::size_t> m_elsewhere;  // rows that are not in their own place
};

}  // namespace loiter::trace

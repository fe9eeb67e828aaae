// ScenarioScope: the variables of one body of a scenario, in a listing: what each future and iterator is called there.
//
//   as = "a"  -->  a            as = "b", repeat = 3  -->  b, a list: b2 is b[1]            "b*"  -->  every one of b
//
// Shape    Names are declared in the order of the steps, as the listing is written. A task sees the program's futures by
//          the names of the program's scope.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "experiments/scenario_names.hpp"

namespace loiter::experiments {

class ScenarioScope {
 public:
  // `main`: the scope of the program, for a task; null in the program itself.
  ScenarioScope(ProgramNames& names, const ScenarioScope* main) : m_names(names), m_main(main) {}

  // Gives the variable. A second one of the same name takes the place of the first.
  std::string declare_future(const std::string& as);
  std::string declare_futures(const std::string& as, std::uint32_t count);
  std::string declare_iterator(const std::string& as, bool gives_futures);

  bool knows(const std::string& name) const { return m_futures.contains(name); }
  std::string future(const std::string& name) const;
  // Elements of a list, the whole of a repeated submit as `spread` and its name: "a, *b".
  std::vector<std::string> futures(const std::vector<std::string>& names, const std::string& spread) const;
  // The same, if it is one whole list; else empty.
  std::string whole_list(const std::vector<std::string>& names) const;
  std::string iterator(const std::string& name) const { return m_iterators.at(name).variable; }
  bool gives_futures(const std::string& name) const { return m_iterators.at(name).gives_futures; }

 private:
  struct Variable {
    std::string variable;
    std::uint32_t index = 0;
    std::uint32_t count = 0;  // 0: no list
  };
  struct Iterator {
    std::string variable;
    bool gives_futures = false;
  };
  const Variable& find(const std::string& name) const;
  std::string made(const std::string& kind, const std::string& as);
  // How many names from there on are a whole list; 0: none.
  std::size_t list_from(const std::vector<std::string>& names, std::size_t at) const;

  ProgramNames& m_names;
  const ScenarioScope* const m_main;
  std::map<std::string, std::string> m_made;
  std::map<std::string, Variable> m_futures;
  std::map<std::string, Iterator> m_iterators;
};

}  // namespace loiter::experiments

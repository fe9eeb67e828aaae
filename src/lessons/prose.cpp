#include "lessons/prose.hpp"

#include <md4c.h>

#include <algorithm>
#include <cstdlib>
#include <exception>
#include <functional>
#include <optional>
#include <utility>

namespace loiter::lessons {
namespace {

// A lesson has two or three; what is deeper is drawn as deep as this.
constexpr std::uint32_t most_depth = 8;

std::string text_of(const MD_ATTRIBUTE& attribute) {
  return attribute.text == nullptr ? std::string() : std::string(attribute.text, attribute.size);
}

std::string utf8(std::uint32_t code) {
  if (code == 0 || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000)) code = 0xFFFD;
  std::string text;
  const auto tail = [&](std::uint32_t shift) { text += static_cast<char>(0x80U | ((code >> shift) & 0x3FU)); };
  if (code < 0x80) {
    text += static_cast<char>(code);
  } else if (code < 0x800) {
    text += static_cast<char>(0xC0U | (code >> 6U));
    tail(0);
  } else if (code < 0x10000) {
    text += static_cast<char>(0xE0U | (code >> 12U));
    tail(6);
    tail(0);
  } else {
    text += static_cast<char>(0xF0U | (code >> 18U));
    tail(12);
    tail(6);
    tail(0);
  }
  return text;
}

// The entities that a lesson needs; others stay as they are written.
std::string entity(std::string_view text) {
  if (text == "&lt;") return "<";
  if (text == "&gt;") return ">";
  if (text == "&amp;") return "&";
  if (text == "&quot;") return "\"";
  if (text == "&nbsp;") return " ";
  if (!text.starts_with("&#") || text.size() < 4) return std::string(text);
  const bool is_hex = text[2] == 'x' || text[2] == 'X';
  const std::string digits(text.substr(is_hex ? 3 : 2));
  if (digits.size() > 8) return std::string(text);
  return utf8(static_cast<std::uint32_t>(std::strtoul(digits.c_str(), nullptr, is_hex ? 16 : 10)));
}

// Where the lines of a text begin, to tell the line of what md4c gives: pieces of that very text.
class Lines {
 public:
  Lines(std::string_view text, std::uint32_t first) : m_text(text), m_first(first) {
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] == '\n') m_begins.push_back(i + 1);
    }
  }
  // Nothing for words that md4c made up, such as the space at the end of a line.
  std::optional<std::uint32_t> of(std::string_view words) const {
    const std::less<const char*> before;
    if (m_text.empty() || before(words.data(), m_text.data()) || !before(words.data(), m_text.data() + m_text.size())) {
      return std::nullopt;
    }
    const auto place = static_cast<std::size_t>(words.data() - m_text.data());
    const auto line = std::ranges::upper_bound(m_begins, place) - m_begins.begin();
    return m_first + static_cast<std::uint32_t>(line);
  }

 private:
  std::string_view m_text;
  std::uint32_t m_first;
  std::vector<std::size_t> m_begins;  // of all lines but the first
};

class Builder {
 public:
  explicit Builder(Lines lines, std::uint32_t first_line) : m_lines(std::move(lines)), m_line(first_line) {}

  void enter(MD_BLOCKTYPE type, void* detail) {
    switch (type) {
      case MD_BLOCK_QUOTE:
        ++m_depth;
        break;
      case MD_BLOCK_UL:
        m_lists.push_back(0);
        ++m_depth;
        break;
      case MD_BLOCK_OL:
        m_lists.push_back(static_cast<MD_BLOCK_OL_DETAIL*>(detail)->start);
        ++m_depth;
        break;
      case MD_BLOCK_LI:
        begin_item();
        break;
      case MD_BLOCK_H:
        begin({.kind = Block::Kind::Heading, .level = static_cast<MD_BLOCK_H_DETAIL*>(detail)->level});
        break;
      case MD_BLOCK_CODE:
        begin({.kind = Block::Kind::Code, .language = text_of(static_cast<MD_BLOCK_CODE_DETAIL*>(detail)->lang)});
        break;
      case MD_BLOCK_HR:
        begin({.kind = Block::Kind::Rule});
        break;
      case MD_BLOCK_P:
        // The first paragraph of an item is the item's own text.
        if (!m_item_is_fresh) begin({.kind = Block::Kind::Paragraph});
        break;
      default:
        break;
    }
    if (type != MD_BLOCK_LI) m_item_is_fresh = false;
  }

  void leave(MD_BLOCKTYPE type) {
    if (type == MD_BLOCK_QUOTE) --m_depth;
    if (type == MD_BLOCK_UL || type == MD_BLOCK_OL) {
      --m_depth;
      m_lists.pop_back();
    }
    m_goes_on = false;
    if (type == MD_BLOCK_LI) m_item_is_fresh = false;
  }

  void enter(MD_SPANTYPE type, void* detail) {
    if (type == MD_SPAN_STRONG) ++m_strong;
    if (type == MD_SPAN_EM) ++m_emphasis;
    if (type == MD_SPAN_CODE) ++m_code;
    if (type == MD_SPAN_A) {
      const std::string target = text_of(static_cast<MD_SPAN_A_DETAIL*>(detail)->href);
      m_to.push_back(target.empty() ? " " : target);  // no target at all is a mistake to be told, and not no link
      m_link_has_words = false;
    }
    if (type == MD_SPAN_IMG) {
      m_to.push_back(text_of(static_cast<MD_SPAN_IMG_DETAIL*>(detail)->src));
      ++m_picture;
    }
    m_goes_on = false;
  }

  void leave(MD_SPANTYPE type) {
    if (type == MD_SPAN_A && !m_link_has_words) begin_span();
    if (type == MD_SPAN_STRONG) --m_strong;
    if (type == MD_SPAN_EM) --m_emphasis;
    if (type == MD_SPAN_CODE) --m_code;
    if (type == MD_SPAN_A || type == MD_SPAN_IMG) m_to.pop_back();
    if (type == MD_SPAN_IMG) --m_picture;
    m_goes_on = false;
  }

  void text(MD_TEXTTYPE type, std::string_view words) {
    if (m_prose.empty() || m_prose.back().kind == Block::Kind::Rule) begin({.kind = Block::Kind::Paragraph});
    m_item_is_fresh = false;
    m_line = m_lines.of(words).value_or(m_line);
    Block& block = m_prose.back();
    if (block.kind == Block::Kind::Code) {
      block.code += words;
      return;
    }
    std::string said(words);
    if (type == MD_TEXT_BR || type == MD_TEXT_SOFTBR) said = type == MD_TEXT_BR ? "\n" : " ";
    if (type == MD_TEXT_ENTITY) said = entity(words);
    if (type == MD_TEXT_NULLCHAR) said = utf8(0);
    if (!m_goes_on || block.spans.empty()) {
      begin_span();
      m_goes_on = true;
    }
    m_link_has_words = true;
    block.spans.back().text += said;
  }

  Blocks take() { return std::move(m_prose); }

 private:
  void begin(Block block) {
    block.depth = m_depth < most_depth ? m_depth : most_depth;
    m_prose.push_back(std::move(block));
    m_goes_on = false;
  }
  void begin_span() {
    if (m_prose.empty()) begin({.kind = Block::Kind::Paragraph});
    m_prose.back().spans.push_back({.text = "",
                                    .strong = m_strong > 0,
                                    .emphasis = m_emphasis > 0,
                                    .code = m_code > 0,
                                    .picture = m_picture > 0,
                                    .to = m_to.empty() ? "" : m_to.back(),
                                    .line = m_line});
  }
  void begin_item() {
    Block item{.kind = Block::Kind::Item};
    if (!m_lists.empty() && m_lists.back() > 0) item.number = m_lists.back()++;
    begin(std::move(item));
    m_item_is_fresh = true;
  }

  Blocks m_prose;
  Lines m_lines;
  std::uint32_t m_line;
  std::vector<std::uint32_t> m_lists;  // the next number of each list that is open; 0: bullets
  std::vector<std::string> m_to;
  std::uint32_t m_depth = 0;
  int m_strong = 0;
  int m_emphasis = 0;
  int m_code = 0;
  int m_picture = 0;
  bool m_link_has_words = false;
  bool m_item_is_fresh = false;
  bool m_goes_on = false;  // the last span may get more text
};

// md4c is C: nothing may be thrown through it.
template <class Work>
int guarded(const Work& work) {
  try {
    work();
    return 0;
  } catch (const std::exception&) {
    return 1;
  }
}

Builder& builder(void* data) { return *static_cast<Builder*>(data); }

}  // namespace

Blocks read_prose(std::string_view text, std::uint32_t first_line) {
  MD_PARSER parser{};
  parser.flags = MD_FLAG_NOHTML;
  parser.enter_block = [](MD_BLOCKTYPE type, void* detail, void* data) {
    return guarded([&] { builder(data).enter(type, detail); });
  };
  parser.leave_block = [](MD_BLOCKTYPE type, void*, void* data) { return guarded([&] { builder(data).leave(type); }); };
  parser.enter_span = [](MD_SPANTYPE type, void* detail, void* data) {
    return guarded([&] { builder(data).enter(type, detail); });
  };
  parser.leave_span = [](MD_SPANTYPE type, void*, void* data) { return guarded([&] { builder(data).leave(type); }); };
  parser.text = [](MD_TEXTTYPE type, const MD_CHAR* words, MD_SIZE size, void* data) {
    return guarded([&] { builder(data).text(type, {words, size}); });
  };
  Builder result(Lines(text, first_line), first_line);
  md_parse(text.data(), static_cast<MD_SIZE>(text.size()), &parser, &result);
  return result.take();
}

}  // namespace loiter::lessons

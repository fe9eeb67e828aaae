// InPlace: a picture at the bottom of a terminal that is rewritten where it stands; what is printed scrolls by above it.
//
//   show() --> lines printed before it scroll up; of the picture only rows that differ are rewritten --> finish()
//
// Shape    Gives the bytes to write; knows nothing of files. The cursor stands at the left of the row below the picture.
// Units    Rows and columns of the terminal. The picture must be at least one row lower and one column narrower.
//          When the window has become narrower, terminals fold the rows that no longer fit: that is counted in.
#pragma once

#include <string>
#include <vector>

#include "cli/screen.hpp"
#include "cli/text_line.hpp"

namespace loiter::cli {

class InPlace {
 public:
  std::string begin() const { return "\033[?25l"; }  // no blinking cursor
  // `printed`: lines without their ends that belong above the picture. May contain tabs, no other control characters.
  std::string show(const std::vector<std::string>& printed, const std::vector<TextLine>& picture, const Screen& screen);
  // The picture stays; the next one starts below it.
  std::string finish();

 private:
  struct Row {
    std::string bytes;
    int columns = 0;
  };
  std::string to_top(int columns) const;
  std::string all_rows(const std::vector<Row>& rows) const;

  std::vector<Row> m_rows;
  Screen m_screen;
};

}  // namespace loiter::cli

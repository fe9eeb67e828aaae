// InPlace: a picture at the bottom of a terminal that is rewritten where it stands; what is printed scrolls by above it.
//
//   show() --> lines printed before it scroll up; of the picture only rows that differ are rewritten --> finish()
//
// Shape    Gives the bytes to write; knows nothing of files. The cursor stands at the left of the row below the picture.
//          In a window that has become narrower, terminals fold the old rows each in its own way, so nobody knows where
//          they are: the screen is scrolled away, and the last lines and the picture are written anew.
// Units    Rows and columns of the terminal. The picture must be at least one row lower and one column narrower.
#pragma once

#include <deque>
#include <string>
#include <vector>

#include "cli/screen.hpp"
#include "cli/text_line.hpp"

namespace loiter::cli {

class InPlace {
 public:
  std::string begin() const { return "\033[?25l"; }  // no blinking cursor
  // `printed`: lines without their ends that belong above the picture; no control characters.
  std::string show(const std::vector<std::string>& printed, const std::vector<TextLine>& picture, const Screen& screen);
  // The picture stays; the next one starts below it.
  std::string finish();

 private:
  std::string rewrite(const std::vector<std::string>& rows) const;
  std::string start_over(std::size_t rows, const Screen& screen) const;

  std::vector<std::string> m_rows;    // as they stand there
  std::deque<std::string> m_printed;  // the last lines
  Screen m_screen;
};

}  // namespace loiter::cli

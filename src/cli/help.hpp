// The texts of --help and 'loiter help', made from the table of commands.
#pragma once

#include <string>
#include <string_view>

namespace loiter::cli {

// Of a command; of the whole program if it is empty. `window` are the lines about the options of the window, which
// belong to both of those that open it. Lines end with a line feed.
std::string help_text(std::string_view command, std::string_view window = {});

// The words put into lines of at most so many columns, each with that many spaces before it.
std::string wrapped(std::string_view words, int columns, int indent);

}  // namespace loiter::cli

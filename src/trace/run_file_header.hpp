// The first line of a run file.
//
// Errors   What is wrong and what was expected, without file and line.
// Source   RUNFILE, version 1, Header.
#pragma once

#include <cstdint>
#include <exception>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "trace/header.hpp"

namespace loiter::trace {

void append_header(std::string& out, const Header& header);

Result<Header> parse_header(std::string_view line, std::uint64_t& unknown_keys);

// What nlohmann-json says of a text that is not JSON, without its own name and line number.
std::string json_complaint(const std::exception& error);

}  // namespace loiter::trace

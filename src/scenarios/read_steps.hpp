// read_steps: the steps of a task or of the program, each by itself; whether their names exist is checked later.
//
// Errors   Mistake.
#pragma once

#include <toml++/toml.h>
#include <string>
#include <vector>

#include "scenarios/scenario.hpp"

namespace loiter::scenarios {

enum class Body : std::uint8_t { Main, Task };

std::vector<Step> read_steps(const toml::array& steps, Body body, std::uint32_t line);

// Mistake if nothing could be called so.
void check_new_name(const std::string& name, std::string_view what, std::uint32_t line);

}  // namespace loiter::scenarios

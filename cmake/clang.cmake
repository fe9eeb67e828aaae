# Toolchain of the presets clang, fuzz and tidy. Debian 12's default clang 14 cannot read the ranges of libstdc++ 12, so
# the newest one that Debian 12 and 13 both have comes first.
find_program(LOITER_CLANG NAMES clang++-19 clang++-20 clang++-18 clang++-17 clang++-16 clang++ REQUIRED)
mark_as_advanced(LOITER_CLANG)
set(CMAKE_CXX_COMPILER ${LOITER_CLANG})

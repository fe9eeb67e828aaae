# How everything is compiled: language, ccache, sanitizers, and the warnings of the project's own code.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
# A scan for C++20 modules before every compile would find none.
set(CMAKE_CXX_SCAN_FOR_MODULES OFF)
set(THREADS_PREFER_PTHREAD_FLAG ON)
find_package(Threads REQUIRED)

# Debug: full debug information doubles the time and the disk a build takes; -g1 keeps line numbers in every backtrace
# and -O1 keeps the tests quick. Release: -O3 builds longer and is no faster here. For an afternoon with a debugger:
# cmake --preset dev -DCMAKE_CXX_FLAGS_DEBUG="-Og -g".
if(NOT MSVC AND NOT LOITER_FLAGS_ARE_SET)
  set(CMAKE_CXX_FLAGS_DEBUG "-O1 -g1" CACHE STRING "Flags of Debug builds" FORCE)
  set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG" CACHE STRING "Flags of Release builds" FORCE)
  set(LOITER_FLAGS_ARE_SET ON CACHE INTERNAL "so that a user's own flags stay")
endif()

if(LOITER_CCACHE)
  find_program(LOITER_CCACHE_PROGRAM ccache)
  find_program(LOITER_ENV_PROGRAM env)
  mark_as_advanced(LOITER_CCACHE_PROGRAM LOITER_ENV_PROGRAM)
  if(LOITER_CCACHE_PROGRAM AND LOITER_ENV_PROGRAM)
    # Precompiled headers need the sloppiness; the base directory lets two clones share what they compile.
    set(CMAKE_CXX_COMPILER_LAUNCHER
        ${LOITER_ENV_PROGRAM} CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
        CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1 ${LOITER_CCACHE_PROGRAM})
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
      add_compile_options(-fpch-preprocess)
    endif()
  endif()
endif()

if(CMAKE_SYSTEM_NAME STREQUAL "Linux")
  # loiter-worker must start in a millisecond: it loads no library it does not call.
  add_link_options(LINKER:--as-needed)
endif()

if(CMAKE_BUILD_TYPE STREQUAL "Debug" OR LOITER_SANITIZE)
  add_compile_definitions(_GLIBCXX_ASSERTIONS)
endif()
if(LOITER_SANITIZE)
  add_compile_options(-fsanitize=${LOITER_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${LOITER_SANITIZE})
endif()

if(LOITER_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)  # the fuzzer sees which branches of the floors an input takes
endif()

# Link this (PRIVATE) into every target made of the project's own code.
add_library(loiter_warnings INTERFACE)
if(CMAKE_CXX_COMPILER_ID MATCHES "GNU|Clang")
  target_compile_options(loiter_warnings INTERFACE
    -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wold-style-cast
    -Wcast-align -Wcast-qual -Wunused -Wformat=2 -Wimplicit-fallthrough -Wextra-semi -Wundef
    -Wmissing-declarations
    # Foo{.a = 1} leaves out what keeps its default: that is what it is for.
    -Wno-missing-field-initializers
    $<$<BOOL:${LOITER_WERROR}>:-Werror>)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_compile_options(loiter_warnings INTERFACE -Wduplicated-cond -Wlogical-op
    # GCC 12 reports "literal" + std::string in optimised code (its bugs 105329 and 105651), and the value inside an empty
    # std::optional (its bug 80635). Clang's -Wuninitialized and the sanitizers look for the real ones.
    -Wno-restrict -Wno-stringop-overflow -Wno-maybe-uninitialized)
  if(LOITER_SANITIZE)
    # With a sanitizer's code in between it takes a std::string that grew for one that still has its 16 bytes inside.
    target_compile_options(loiter_warnings INTERFACE -Wno-array-bounds -Wno-stringop-overread)
  endif()
elseif(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
  # base::Mutex carries the annotations: a guarded member touched without its lock does not compile.
  target_compile_options(loiter_warnings INTERFACE -Wthread-safety -Werror=thread-safety
    # std::stable_sort of libstdc++ 12 calls what C++17 deprecated; GCC reports such calls in our own code.
    -Wno-deprecated-declarations)
endif()

# One precompiled header for every target: the headers that most files include. Called once the libraries are known.
function(loiter_add_pch)
  file(CONFIGURE OUTPUT "${CMAKE_BINARY_DIR}/pch/empty.cpp"
       CONTENT "// Only here so that the precompiled header has a target.\n" @ONLY)
  add_library(loiter_pch OBJECT "${CMAKE_BINARY_DIR}/pch/empty.cpp")
  target_link_libraries(loiter_pch PRIVATE loiter_warnings Threads::Threads fmt::fmt tl::expected)
  target_precompile_headers(loiter_pch PRIVATE
    <algorithm> <array> <atomic> <charconv> <chrono> <cmath> <condition_variable> <cstddef> <cstdint> <deque>
    <exception> <functional> <map> <memory> <mutex> <optional> <set> <span> <sstream> <stdexcept> <string>
    <string_view> <thread> <tuple> <type_traits> <unordered_map> <utility> <variant> <vector>
    <fmt/format.h> <tl/expected.hpp>)
endfunction()

# What every target of the project's own code has in common.
function(loiter_own_code target)
  target_link_libraries(${target} PRIVATE loiter_warnings)
  if(LOITER_PCH)
    target_precompile_headers(${target} REUSE_FROM loiter_pch)
  endif()
endfunction()

# Catch2 v3, from: CMAKE_PREFIX_PATH, .deps/catch2 (where ./lab puts Debian's backport), the system, the pinned release.

find_package(Catch2 3 CONFIG QUIET GLOBAL
  HINTS "${CMAKE_SOURCE_DIR}/.deps/catch2/usr" "${CMAKE_SOURCE_DIR}/.deps/catch2/usr/lib/cmake/Catch2")
if(TARGET Catch2::Catch2WithMain)
  message(STATUS "Catch2: ${Catch2_VERSION} from ${Catch2_DIR}")
else()
  loiter_fetch(Catch2)
endif()

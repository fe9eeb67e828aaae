# Dear ImGui 1.92, built once as a static library, with its GLFW and OpenGL 3 backends in a second one.
#
# The source is looked for in: LOITER_IMGUI_DIR (a CMake or an environment variable), .deps/imgui (where ./lab puts it),
# the pinned upstream release. Installed packages are not used: they are built without IMGUI_ENABLE_TEST_ENGINE, through
# which the tests find widgets by their labels (the four hook functions are in src/gui).

set(LOITER_IMGUI_DIR "$ENV{LOITER_IMGUI_DIR}" CACHE PATH "A folder with the source of Dear ImGui 1.92 or newer")
if(LOITER_IMGUI_DIR)
  set(imgui_dir "${LOITER_IMGUI_DIR}")
elseif(EXISTS "${CMAKE_SOURCE_DIR}/.deps/imgui/imgui.h")
  set(imgui_dir "${CMAKE_SOURCE_DIR}/.deps/imgui")
else()
  loiter_fetch(imgui SOURCE_SUBDIR not-built)
  set(imgui_dir "${imgui_SOURCE_DIR}")
endif()

if(NOT EXISTS "${imgui_dir}/imgui.h")
  message(FATAL_ERROR "There is no imgui.h in ${imgui_dir}: set LOITER_IMGUI_DIR to the source of Dear ImGui 1.92.")
endif()
file(STRINGS "${imgui_dir}/imgui.h" imgui_version REGEX "^#define IMGUI_VERSION_NUM +[0-9]+")
string(REGEX REPLACE "[^0-9]" "" imgui_version "${imgui_version}")
if(imgui_version LESS 19200)
  message(FATAL_ERROR "The Dear ImGui in ${imgui_dir} is ${imgui_version}; Loiter needs 1.92 (19200) or newer.")
endif()
message(STATUS "imgui: ${imgui_version} from ${imgui_dir}")

add_library(imgui STATIC
  ${imgui_dir}/imgui.cpp ${imgui_dir}/imgui_draw.cpp ${imgui_dir}/imgui_tables.cpp ${imgui_dir}/imgui_widgets.cpp
  ${imgui_dir}/imgui_demo.cpp)
target_include_directories(imgui SYSTEM PUBLIC ${imgui_dir})
target_compile_definitions(imgui PUBLIC IMGUI_ENABLE_TEST_ENGINE IMGUI_DISABLE_OBSOLETE_FUNCTIONS)

add_library(imgui_backends STATIC
  ${imgui_dir}/backends/imgui_impl_glfw.cpp ${imgui_dir}/backends/imgui_impl_opengl3.cpp)
target_include_directories(imgui_backends SYSTEM PUBLIC ${imgui_dir}/backends)
target_link_libraries(imgui_backends PUBLIC imgui glfw OpenGL::GL ${CMAKE_DL_LIBS})

foreach(target imgui imgui_backends)
  # Text layout at -O0 would dominate every test of a panel; nobody steps through it.
  if(CMAKE_CXX_COMPILER_ID MATCHES "GNU|Clang")
    target_compile_options(${target} PRIVATE -w -O2 -g0)
  endif()
endforeach()

# loiter_shipped(out PATTERN FLOOR TYPE FUNCTION): a source file that holds every file of that pattern as text, made anew
# when one of them changes, comes or goes.
#
#   PATTERN    "assets/scenarios/*.toml", from the top folder
#   FLOOR      whose shipped.hpp declares TYPE, with a name and a text, and FUNCTION, which gives a span of them
function(loiter_shipped out pattern floor type function)
  file(GLOB files CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${pattern})
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${files})
  set(entries "")
  foreach(file IN LISTS files)
    get_filename_component(name ${file} NAME_WE)
    file(READ ${file} text)
    # The brackets and semicolons of Markdown would be a list's to CMake: the text is only ever quoted.
    string(APPEND entries "    {\"${name}\", R\"shipped(${text})shipped\"},\n")
  endforeach()
  set(source ${PROJECT_BINARY_DIR}/shipped_${floor}.cpp)
  file(GENERATE OUTPUT ${source} CONTENT "#include \"${floor}/shipped.hpp\"

namespace loiter::${floor} {
namespace {

constexpr ${type} all[] = {
${entries}};

}  // namespace

std::span<const ${type}> ${function}() { return all; }

}  // namespace loiter::${floor}
")
  set(${out} ${source} PARENT_SCOPE)
endfunction()

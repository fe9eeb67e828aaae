# loiter_shipped_lessons(out): a source file that holds every lessons/NN-name.md, made anew when one of them changes, comes
# or goes.
function(loiter_shipped_lessons out)
  file(GLOB files CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/lessons/[0-9]*.md)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${files})
  set(entries "")
  foreach(file IN LISTS files)
    get_filename_component(name ${file} NAME_WE)
    file(READ ${file} text)
    # The brackets and semicolons of Markdown would be a list's to CMake: the text is only ever quoted.
    string(APPEND entries "    {\"${name}\", R\"lesson(${text})lesson\"},\n")
  endforeach()
  set(source ${PROJECT_BINARY_DIR}/shipped_lessons.cpp)
  file(GENERATE OUTPUT ${source} CONTENT "#include \"lessons/shipped.hpp\"

namespace loiter::lessons {
namespace {

constexpr ShippedLesson lessons[] = {
${entries}};

}  // namespace

std::span<const ShippedLesson> shipped_lessons() { return lessons; }

}  // namespace loiter::lessons
")
  set(${out} ${source} PARENT_SCOPE)
endfunction()

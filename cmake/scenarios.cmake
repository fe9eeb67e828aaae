# loiter_shipped_scenarios(out): a source file that holds every assets/scenarios/*.toml, made anew when one of them
# changes, comes or goes.
function(loiter_shipped_scenarios out)
  file(GLOB files CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/assets/scenarios/*.toml)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${files})
  set(entries "")
  foreach(file IN LISTS files)
    get_filename_component(name ${file} NAME_WE)
    file(READ ${file} text)
    string(APPEND entries "    {\"${name}\", R\"scenario(${text})scenario\"},\n")
  endforeach()
  set(source ${PROJECT_BINARY_DIR}/shipped_scenarios.cpp)
  file(GENERATE OUTPUT ${source} CONTENT "#include \"scenarios/shipped.hpp\"

namespace loiter::scenarios {
namespace {

constexpr ShippedText texts[] = {
${entries}};

}  // namespace

std::span<const ShippedText> shipped_texts() { return texts; }

}  // namespace loiter::scenarios
")
  set(${out} ${source} PARENT_SCOPE)
endfunction()

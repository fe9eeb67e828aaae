# The floors of src/, read from src/floors.txt, the one table that tests/tidy checks the includes against.
#
# Sets LOITER_FLOORS, lowest first, and LOITER_FLOORS_BELOW_<floor>. A floor without files is skipped everywhere.

set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/src/floors.txt")
file(STRINGS src/floors.txt loiter_floor_lines REGEX "^[a-z]+:")
set(LOITER_FLOORS)
foreach(line IN LISTS loiter_floor_lines)
  string(REGEX MATCH "^([a-z]+): *(.*)$" ignored "${line}")
  set(floor "${CMAKE_MATCH_1}")
  string(REPLACE " " ";" LOITER_FLOORS_BELOW_${floor} "${CMAKE_MATCH_2}")
  list(APPEND LOITER_FLOORS ${floor})
endforeach()
if(NOT LOITER_GUI)
  list(REMOVE_ITEM LOITER_FLOORS gui app)
endif()

# out: the targets loiter_<floor> of these floors that exist.
function(loiter_floor_targets out)
  set(targets)
  foreach(floor IN LISTS ARGN)
    if(TARGET loiter_${floor})
      list(APPEND targets loiter_${floor})
    endif()
  endforeach()
  set(${out} ${targets} PARENT_SCOPE)
endfunction()

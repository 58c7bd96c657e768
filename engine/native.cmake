# The engine with Debian's libraries, and the command line tool `waymark`.
include(GNUInstallDirs)
find_package(yaml-cpp REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(CLI11 REQUIRED)
find_package(OpenSSL REQUIRED COMPONENTS Crypto)

add_library(waymark_warnings INTERFACE)
# gcc 12 sees an impossible overlap inside std::string (its bug 105651).
target_compile_options(waymark_warnings INTERFACE -Wall -Wextra -Wpedantic
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict> $<$<BOOL:${WAYMARK_WERROR}>:-Werror>)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # GCC 12 sees overlaps in "text" + std::string that are not there (its bug 105651).
  target_compile_options(waymark_warnings INTERFACE -Wno-restrict)
endif()

# yaml-cpp names its target with a namespace since 0.8.
target_link_libraries(waymark_engine
  PUBLIC nlohmann_json::nlohmann_json
  PRIVATE $<IF:$<TARGET_EXISTS:yaml-cpp::yaml-cpp>,yaml-cpp::yaml-cpp,yaml-cpp> waymark_warnings)

# Packs for the page. Its own sources alone are held to our warnings.
add_library(waymark_pack STATIC pack/pack.cc pack/code_streams.c "${WAYMARK_7ZIP_SOURCE}/C/Ppmd7.c" "${WAYMARK_7ZIP_SOURCE}/C/Ppmd7Enc.c")
target_include_directories(waymark_pack PUBLIC pack SYSTEM PRIVATE "${WAYMARK_7ZIP_SOURCE}/C")
set_source_files_properties(pack/pack.cc pack/code_streams.c PROPERTIES COMPILE_OPTIONS "-Wall;-Wextra;-Wpedantic")
add_executable(pack pack/main.cc)
target_link_libraries(pack PRIVATE waymark_pack waymark_warnings)
set_target_properties(pack PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}")

file(GLOB_RECURSE cli_sources CONFIGURE_DEPENDS cli/*.cc)
add_executable(waymark ${cli_sources})
target_include_directories(waymark PRIVATE src)
target_link_libraries(waymark PRIVATE waymark_engine waymark_pack CLI11::CLI11 OpenSSL::Crypto waymark_warnings)
# Where the tool looks when it is told nothing: in the work tree, and beside itself once it is installed.
target_compile_definitions(waymark PRIVATE
  WAYMARK_GUIDELINES_DIR="${PROJECT_SOURCE_DIR}/guidelines"
  WAYMARK_PAGE_TEMPLATE="${PROJECT_SOURCE_DIR}/build/web/waymark-template.html"
  WAYMARK_DATA_DIR="${CMAKE_INSTALL_FULL_DATADIR}/waymark")
set_target_properties(waymark PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}")

install(TARGETS waymark)
install(DIRECTORY "${PROJECT_SOURCE_DIR}/guidelines" DESTINATION "${CMAKE_INSTALL_DATADIR}/waymark")
install(FILES "${PROJECT_SOURCE_DIR}/build/web/waymark-template.html"
  DESTINATION "${CMAKE_INSTALL_DATADIR}/waymark/page-template")

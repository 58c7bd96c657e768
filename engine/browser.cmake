# The engine for the browser: engine.mjs and engine.wasm, the same sources as the native engine.
# Only Emscripten comes here; what Debian has as a compiled library is compiled anew from its source package.

find_debian_source(yaml-cpp include/yaml-cpp/parser.h)
set(WAYMARK_JSON_HEADERS /usr/include/nlohmann CACHE PATH "The folder that holds nlohmann's json.hpp")

if(NOT EXISTS "${WAYMARK_JSON_HEADERS}/json.hpp")
  message(FATAL_ERROR "No json.hpp in ${WAYMARK_JSON_HEADERS}: install nlohmann-json3-dev or set WAYMARK_JSON_HEADERS.")
endif()

# The system's headers must not be seen by emcc, so the one folder wanted gets a name of its own.
file(MAKE_DIRECTORY "${PROJECT_BINARY_DIR}/include")
file(CREATE_LINK "${WAYMARK_JSON_HEADERS}" "${PROJECT_BINARY_DIR}/include/nlohmann" SYMBOLIC)

# emcc adds -fno-inline-functions to -Oz; with it, the smallest of functions are called and the code is larger and slower.
set(small -Oz -finline-functions)
# Nothing but yaml-cpp throws, and yaml/document.cc catches it: without the tidying up that an exception would need on its way, the
# engine is a seventh smaller. Where memory runs out, `load` and the like still say so, but what they had taken is lost with the engine.
set(quiet ${small} -fno-exceptions)

# The same exceptions and link-time optimisation in every object, or they would not link.
add_library(browser_options INTERFACE)
target_compile_options(browser_options INTERFACE -flto -fwasm-exceptions)

set(yaml_cpp_sources)
foreach(name depthguard directives exceptions exp null parser regex_yaml scanner scanscalar scantag scantoken simplekey singledocparser stream tag)
  list(APPEND yaml_cpp_sources "${WAYMARK_YAML_CPP_SOURCE}/src/${name}.cpp")
endforeach()
add_library(yaml_cpp_browser STATIC ${yaml_cpp_sources})
target_include_directories(yaml_cpp_browser SYSTEM PUBLIC "${WAYMARK_YAML_CPP_SOURCE}/include")
target_compile_definitions(yaml_cpp_browser PUBLIC YAML_CPP_STATIC_DEFINE)
set(lean_streams "${CMAKE_CURRENT_SOURCE_DIR}/wasm/lean_streams.h")
target_compile_options(yaml_cpp_browser PRIVATE ${small} -w "SHELL:-include ${lean_streams}")
target_link_libraries(yaml_cpp_browser PRIVATE browser_options)

# What walks diagrams and writes at every answer is made fast. No source gets both options: to emcc the first one counts.
get_target_property(small_sources waymark_engine SOURCES)
file(GLOB fast_sources CONFIGURE_DEPENDS src/answer/completions.cc src/answer/reasons.cc src/diagram/store.cc src/wire/writer.cc)
list(REMOVE_ITEM small_sources ${fast_sources})
set_source_files_properties(${fast_sources} PROPERTIES COMPILE_OPTIONS "-O2;-fno-exceptions")
set_source_files_properties(${small_sources} PROPERTIES COMPILE_OPTIONS "${quiet}")
set_property(SOURCE "${CMAKE_CURRENT_SOURCE_DIR}/src/yaml/document.cc" PROPERTY COMPILE_OPTIONS ${small} -include "${lean_streams}")
target_include_directories(waymark_engine SYSTEM PUBLIC "${PROJECT_BINARY_DIR}/include")
target_link_libraries(waymark_engine PUBLIC browser_options PRIVATE yaml_cpp_browser)

add_executable(engine wasm/bindings.cc wasm/numerals.cc)
target_compile_options(engine PRIVATE ${small})
target_link_libraries(engine PRIVATE waymark_engine)
set_target_properties(engine PROPERTIES SUFFIX .mjs RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}")
# -Oz would link a libc that copies and clears memory byte by byte: 2 % smaller when packed, and answers a fifth slower.
target_link_options(engine PRIVATE
  --bind -Os -flto -fwasm-exceptions
  -sMODULARIZE=1 -sEXPORT_ES6=1 -sEXPORT_NAME=loadEngine
  -sENVIRONMENT=web,worker       # node is given the bytes (`wasmBinary`), so that tests run the very file we ship
  -sINCOMING_MODULE_JS_API=wasmBinary,instantiateWasm -sTEXTDECODER=2 -sUSE_ES6_IMPORT_META=0
  -sDYNAMIC_EXECUTION=0          # lets the page forbid eval
  -sFILESYSTEM=0 -sALLOW_MEMORY_GROWTH=1 -sMALLOC=emmalloc -sTOTAL_STACK=5MB)

# The unpacker stands alone, without JavaScript around it: it unpacks the engine, too.
add_executable(unpack pack/unpack.c pack/code_streams.c "${WAYMARK_7ZIP_SOURCE}/C/Ppmd7.c" "${WAYMARK_7ZIP_SOURCE}/C/Ppmd7Dec.c")
target_include_directories(unpack SYSTEM PRIVATE "${WAYMARK_7ZIP_SOURCE}/C")
target_compile_options(unpack PRIVATE -Oz -flto)
set_target_properties(unpack PROPERTIES SUFFIX .wasm RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}")
target_link_options(unpack PRIVATE -Oz -flto -sSTANDALONE_WASM --no-entry -sALLOW_MEMORY_GROWTH=1 -sINITIAL_MEMORY=128KB -sTOTAL_STACK=64KB)

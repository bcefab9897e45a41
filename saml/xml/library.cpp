#include "saml/xml/library.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <malloc.h>
#include <mutex>

#include <libxml/globals.h>
#include <libxml/parser.h>
#include <libxml/xmlerror.h>
#include <libxml/xmlmemory.h>

namespace gw::xml {
namespace {

void wipingFree(void* memory) {
    if (memory == nullptr) return;
    explicit_bzero(memory, malloc_usable_size(memory));
    std::free(memory);
}

// Never in place of realloc(3): that may leave the old bytes behind when it moves the block.
void* wipingRealloc(void* memory, std::size_t size) {
    if (memory == nullptr) return std::malloc(size);
    const std::size_t old = malloc_usable_size(memory);
    if (size != 0 && size <= old && size > old / 2) return memory;
    void* fresh = std::malloc(size);
    if (fresh == nullptr) return nullptr;
    std::memcpy(fresh, memory, std::min(old, size));
    wipingFree(memory);
    return fresh;
}

xmlParserInputPtr loadNothing(const char*, const char*, xmlParserCtxtPtr) {
    return nullptr;
}

void dropStructured(void*, xmlErrorPtr) {}
void dropGeneric(void*, const char*, ...) {}

} // namespace

void prepareLibrary() {
    static std::once_flag once;
    std::call_once(once, [] {
        xmlMemSetup(wipingFree, std::malloc, wipingRealloc, strdup);
        xmlInitParser();
        xmlSetExternalEntityLoader(loadNothing);
    });
}

QuietErrors::QuietErrors()
    : structured_(xmlStructuredError), structuredContext_(xmlStructuredErrorContext), generic_(xmlGenericError),
      genericContext_(xmlGenericErrorContext) {
    xmlSetStructuredErrorFunc(nullptr, dropStructured);
    xmlSetGenericErrorFunc(nullptr, dropGeneric);
}

QuietErrors::~QuietErrors() {
    xmlSetStructuredErrorFunc(structuredContext_, structured_);
    xmlSetGenericErrorFunc(genericContext_, generic_);
    xmlResetLastError();
}

} // namespace gw::xml

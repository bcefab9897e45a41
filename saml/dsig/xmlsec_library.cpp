#include "saml/dsig/xmlsec_library.h"

#include "saml/xml/library.h"

#include <mutex>

#include <libxml/tree.h>
#include <libxml/valid.h>
#include <xmlsec/crypto.h>
#include <xmlsec/errors.h>
#include <xmlsec/io.h>
#include <xmlsec/xmlsec.h>

namespace gw::saml {
namespace {

void dropError(const char*, int, const char*, const char*, const char*, int, const char*) {}

} // namespace

bool prepareXmlsec() {
    static std::once_flag once;
    static bool ready = false;
    std::call_once(once, [] {
        xml::prepareLibrary();
        xmlSecErrorsSetCallback(dropError);
        if (xmlSecInit() != 0 || xmlSecCheckVersion() != 1) return;
        if (xmlSecCryptoAppInit(nullptr) != 0 || xmlSecCryptoInit() != 0) return;
        // A Reference must never make the console read a file or ask a server.
        xmlSecIOCleanupCallbacks();
        ready = true;
    });
    return ready;
}

RegisteredId::RegisteredId(_xmlNode* element) {
    if (element == nullptr) return;
    xmlAttr* attribute = xmlHasNsProp(element, BAD_CAST "ID", nullptr);
    if (attribute == nullptr) return;
    xmlChar* value = xmlNodeGetContent(reinterpret_cast<xmlNode*>(attribute));
    if (value == nullptr) return;
    if (xmlAddID(nullptr, element->doc, value, attribute) != nullptr) {
        document_ = element->doc;
        attribute_ = attribute;
        holds_ = xmlGetID(element->doc, value) == attribute;
    }
    xmlFree(value);
}

RegisteredId::~RegisteredId() {
    if (attribute_ != nullptr) xmlRemoveID(document_, attribute_);
}

} // namespace gw::saml

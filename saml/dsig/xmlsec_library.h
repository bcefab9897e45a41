// The state of xmlsec1 that belongs to the whole process.
#pragma once

struct _xmlDoc;
struct _xmlAttr;
struct _xmlNode;

namespace gw::saml {

// Initialises xmlsec1 once, with its file, HTTP and FTP readers removed and its messages silenced. Thread safe. False
// where the library cannot be used.
[[nodiscard]] bool prepareXmlsec();

// Makes the unprefixed attribute ID of `element` known to same-document references while it lives.
class RegisteredId {
public:
    explicit RegisteredId(_xmlNode* element);
    ~RegisteredId();
    RegisteredId(const RegisteredId&) = delete;
    RegisteredId& operator=(const RegisteredId&) = delete;
    // Whether a reference to the ID now leads to this very element.
    [[nodiscard]] bool holds() const { return holds_; }

private:
    _xmlDoc* document_ = nullptr;
    _xmlAttr* attribute_ = nullptr;
    bool holds_ = false;
};

} // namespace gw::saml

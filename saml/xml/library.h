// The state of libxml2 that belongs to the whole process. Only saml/xml and saml/dsig include this.
#pragma once

struct _xmlError;

namespace gw::xml {

// Prepares libxml2 once: memory that it gives back is wiped first (a captured response is a bearer secret), and no
// external entity can be loaded. Thread safe; every reader calls it.
void prepareLibrary();

// While it lives, libxml2 prints nothing on this thread.
class QuietErrors {
public:
    QuietErrors();
    ~QuietErrors();
    QuietErrors(const QuietErrors&) = delete;
    QuietErrors& operator=(const QuietErrors&) = delete;

private:
    void (*structured_)(void*, _xmlError*);
    void* structuredContext_;
    void (*generic_)(void*, const char*, ...);
    void* genericContext_;
};

} // namespace gw::xml

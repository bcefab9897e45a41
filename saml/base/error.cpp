#include "saml/base/error.h"

namespace gw {

std::string Code::id() const {
    std::string text(domain_->name);
    text += '.';
    text += domain_->codes[static_cast<std::size_t>(value_)];
    return text;
}

std::string_view Error::fact(std::string_view name) const {
    for (const Fact& fact : facts_)
        if (fact.name == name) return fact.value;
    return {};
}

std::string Error::chain() const {
    std::string text;
    for (const Error* error = this; error != nullptr; error = error->cause()) {
        if (!text.empty()) text += ": ";
        text += error->code().id();
        if (!error->detail().empty()) text += ": " + error->detail();
    }
    return text;
}

} // namespace gw

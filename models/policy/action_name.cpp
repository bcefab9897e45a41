#include "models/policy/action_name.h"

#include "saml/base/ascii_classes.h"

#include <algorithm>

namespace gw::policy {
namespace {

bool consistsOf(std::string_view text, std::string_view others) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [&](char each) {
        return isAlphanumeric(each) || others.find(each) != std::string_view::npos;
    });
}

} // namespace

bool isActionName(std::string_view text) {
    const std::size_t colon = text.find(':');
    return colon != std::string_view::npos && consistsOf(text.substr(0, colon), "-_") && consistsOf(text.substr(colon + 1), "-_");
}

bool isActionPattern(std::string_view text) {
    if (text == "*") return true;
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos) return false;
    // "*:*" is "*"; no other wildcard may stand for a service.
    const std::string_view service = text.substr(0, colon);
    return (service == "*" || consistsOf(service, "-_")) && consistsOf(text.substr(colon + 1), "*?-_");
}

} // namespace gw::policy

#include "models/estate/sources/role_names.h"

#include "saml/base/ascii.h"
#include "saml/base/ascii_classes.h"
#include "saml/base/blanks.h"

#include <algorithm>

namespace gw::estate {
namespace {

bool isAccount(std::string_view text) {
    return text.size() == 12 && std::all_of(text.begin(), text.end(), isDigit);
}

// Letters, digits and what else names of roles may have.
bool isRoleName(std::string_view text) {
    return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
        return isAlphanumeric(c) || std::string_view("+=,.@-_").find(c) != std::string_view::npos;
    });
}

std::string arnOf(std::string_view account, std::string_view name) {
    return "arn:aws:iam::" + std::string(account) + ":role/" + std::string(name);
}

} // namespace

std::optional<NamedRole> namedRole(std::string_view text, std::string_view account) {
    text = trimmed(text);
    if (text.starts_with("arn:")) {
        // A name may have a comma: what follows one must be another ARN.
        const std::size_t comma = text.find(",arn:");
        const std::size_t blank = text.find(", arn:");
        const std::size_t cut = std::min(comma, blank);
        std::string_view first = trimmed(text.substr(0, cut));
        std::string_view second = cut == std::string_view::npos ? std::string_view() : trimmed(text.substr(cut + 1));
        if (first.find(":saml-provider/") != std::string_view::npos) std::swap(first, second);
        if (first.find(":role/") == std::string_view::npos) return std::nullopt;
        return NamedRole{std::string(first), std::string(second)};
    }
    if (text.size() > 13 && (text[12] == ':' || text[12] == '/') && isAccount(text.substr(0, 12))) {
        std::string_view name = text.substr(13);
        if (name.starts_with("role/")) name.remove_prefix(5);
        if (isRoleName(name)) return NamedRole{arnOf(text.substr(0, 12), name), {}};
        return std::nullopt;
    }
    if (isAccount(trimmed(account)) && isRoleName(text)) return NamedRole{arnOf(trimmed(account), text), {}};
    return std::nullopt;
}

std::optional<NamedRole> roleInGroupName(std::string_view group) {
    // Of a DN the first component's value.
    if (foldedAscii(group.substr(0, 3)) == "cn=") group = group.substr(3, group.find(',') - 3);
    const std::string start = foldedAscii(group.substr(0, 4));
    if (start == "aws#") {
        const std::size_t last = group.rfind('#');
        const std::size_t before = last == 0 ? std::string_view::npos : group.rfind('#', last - 1);
        if (before == std::string_view::npos || before < 4) return std::nullopt;
        const std::string_view role = group.substr(before + 1, last - before - 1), account = group.substr(last + 1);
        if (!isAccount(account) || !isRoleName(role)) return std::nullopt;
        return NamedRole{arnOf(account, role), {}};
    }
    if ((start == "aws-" || start == "aws_") && group.size() > 17 && isAccount(group.substr(4, 12)) && group[16] == group[3] && isRoleName(group.substr(17)))
        return NamedRole{arnOf(group.substr(4, 12), group.substr(17)), {}};
    return std::nullopt;
}

} // namespace gw::estate

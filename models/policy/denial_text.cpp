#include "models/policy/denial_text.h"

#include "models/policy/action_name.h"
#include "models/policy/answer.h"
#include "models/policy/source_tree.h"

#include <algorithm>
#include <array>

namespace gw::policy {
namespace {

constexpr std::size_t maxText = std::size_t{1} << 20U;

// What stands between two marks, without blanks around it.
std::optional<std::string_view> between(std::string_view text, std::string_view from, std::string_view to) {
    const std::size_t begin = text.find(from);
    if (begin == std::string_view::npos) return std::nullopt;
    text.remove_prefix(begin + from.size());
    const std::size_t end = to.empty() ? std::string_view::npos : text.find(to);
    if (!to.empty() && end == std::string_view::npos) return std::nullopt;
    text = text.substr(0, end);
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return text;
}

std::string_view firstWord(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '"')) text.remove_prefix(1);
    std::string_view word = text.substr(0, text.find_first_of(" \t\r\n\"'<>"));
    while (!word.empty() && (word.back() == '.' || word.back() == ',' || word.back() == ')')) word.remove_suffix(1);
    return word;
}

// What stands between two equal marks, such as " or \" in JSON, is taken whole: keys of objects have blanks.
std::string_view quotedOrWord(std::string_view text) {
    constexpr std::size_t longestMark = 6; // &quot;
    const std::size_t begin = text.find("arn:");
    if (begin == 0 || begin > longestMark) return firstWord(text);
    const std::string_view mark = text.substr(0, begin);
    text.remove_prefix(begin);
    const std::size_t end = text.find(mark);
    return end == std::string_view::npos ? firstWord(text) : text.substr(0, end);
}

// IAM names some of its resources by kind and name alone: "on resource: role deployer".
std::string namedByKind(std::string_view text, const Principal& principal) {
    static constexpr auto kinds = std::to_array<std::pair<std::string_view, std::string_view>>(
        {{"role ", "role/"}, {"user ", "user/"}, {"group ", "group/"}, {"policy ", "policy/"}, {"instance profile ", "instance-profile/"}});
    if (principal.account().empty()) return {};
    for (const auto& [written, type] : kinds) {
        if (!text.starts_with(written)) continue;
        std::string_view name = text.substr(written.size());
        // "policy path /teams/": all below it.
        const bool path = name.starts_with("path /");
        if (path) name.remove_prefix(6);
        const std::string_view word = path && name.starts_with(' ') ? std::string_view() : firstWord(name);
        if (word.empty() && !path) return {};
        return "arn:" + principal.partition() + ":iam::" + principal.account() + ":" + std::string(type) + std::string(word) +
               (path ? "*" : "");
    }
    return {};
}

std::optional<Layer> layerIn(std::string_view text) {
    // The longest name first: "resource-based policy" and "resource control policy" begin alike.
    for (int i = 0; i <= static_cast<int>(Layer::Session); ++i)
        if (text.find(awsLayerName(static_cast<Layer>(i))) != std::string_view::npos) return static_cast<Layer>(i);
    // VPC Lattice's name for the auth policy of a service.
    if (text.find("service-based policy") != std::string_view::npos) return Layer::Resource;
    if (text.find("assume role trust policy") != std::string_view::npos) return Layer::Trust;
    return std::nullopt;
}

Result<Denial> fromParts(std::string_view principal, std::string_view action, std::optional<std::string_view> resource) {
    Denial denial;
    if (!isActionName(action)) return fail(DenialError::NotADenial);
    const auto parsed = principal == "anonymous" ? Principal::parse("*") : Principal::parse(principal);
    if (!parsed) return fail(Error(DenialError::BadPrincipal).with("seen", std::string(principal.substr(0, 200))));
    denial.request.principal = *parsed;
    denial.request.facts.anonymous = parsed->kind() == PrincipalKind::Anonymous;
    denial.request.action = action;
    denial.namesResource = resource.has_value() && !resource->empty();
    denial.request.resource = denial.namesResource ? std::string(*resource) : "*";
    return denial;
}

Result<Denial> fromSentence(std::string_view text) {
    static constexpr std::string_view mark = "is not authorized to perform:";
    const std::size_t at = text.find(mark);
    const std::string_view before = text.substr(0, at);
    const std::size_t user = before.rfind("User:");
    if (user == std::string_view::npos) return fail(DenialError::NotADenial);
    const std::string_view action = firstWord(text.substr(at + mark.size()));
    std::string_view rest = text.substr(at + mark.size());
    std::optional<std::string_view> resource;
    const auto named = between(rest, "on resource:", "");
    if (named) resource = quotedOrWord(*named);
    GW_TRY(Denial denial, fromParts(firstWord(before.substr(user + 5)), action, resource));
    if (named)
        if (std::string arn = namedByKind(*named, denial.request.principal); !arn.empty()) denial.request.resource = std::move(arn);
    const std::size_t because = rest.find("because no ");
    const std::size_t deny = rest.find("with an explicit deny");
    denial.explicitDeny = deny != std::string_view::npos;
    const std::size_t why = std::min(because, deny);
    if (why != std::string_view::npos) denial.layer = layerIn(rest.substr(why, 120));
    return denial;
}

// {"allowed":false,"explicitDeny":…,"context":{"principal":{"arn":…},"action":…,"resource":…,"conditions":{"items":[…]}}}
Result<Denial> fromDecoded(Value root) {
    if (const Value inner = root.member("DecodedMessage"); inner.is(ValueKind::String)) {
        const auto tree = SourceTree::parse(std::string(inner.text()));
        return tree ? fromDecoded(tree->root()) : Result<Denial>(fail(DenialError::NotADenial));
    }
    const Value context = root.member("context");
    const std::string_view action = context.member("action").text();
    if (action.find(':') == std::string_view::npos) return fail(DenialError::NotADenial);
    GW_TRY(Denial denial, fromParts(context.member("principal").member("arn").text(), action, context.member("resource").text()));
    denial.explicitDeny = root.member("explicitDeny").is(ValueKind::True);
    for (Value each = context.member("conditions").member("items").first(); each; each = each.next()) {
        std::vector<std::string> values;
        for (Value one = each.member("values").member("items").first(); one; one = one.next())
            values.emplace_back(one.member("value").text());
        const std::string_view key = each.member("key").text();
        if (key.empty() || values.empty()) continue;
        denial.request.context.set(Key(key), values.size() == 1 ? ContextValue::one(values[0]) : ContextValue::many(values));
    }
    return denial;
}

} // namespace

Result<Denial> readDenial(std::string_view text) {
    if (text.size() > maxText) return fail(DenialError::TooLarge);
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    if (first != std::string_view::npos && text[first] == '{') {
        const auto tree = SourceTree::parse(std::string(text));
        if (tree) {
            auto decoded = fromDecoded(tree->root());
            if (decoded) return decoded;
        }
    }
    if (text.find("is not authorized to perform:") != std::string_view::npos) return fromSentence(text);
    if (text.find("ncoded authorization failure message") != std::string_view::npos) return fail(DenialError::Encoded);
    return fail(DenialError::NotADenial);
}

} // namespace gw::policy

#include "models/policy/denial_text.h"

#include "models/policy/answer.h"
#include "models/policy/source_tree.h"

#include <algorithm>

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

std::optional<Layer> layerIn(std::string_view text) {
    // The longest name first: "resource-based policy" and "resource control policy" begin alike.
    for (int i = 0; i <= static_cast<int>(Layer::Session); ++i)
        if (text.find(awsLayerName(static_cast<Layer>(i))) != std::string_view::npos) return static_cast<Layer>(i);
    if (text.find("assume role trust policy") != std::string_view::npos) return Layer::Trust;
    return std::nullopt;
}

Result<Denial> fromParts(std::string_view principal, std::string_view action, std::optional<std::string_view> resource) {
    Denial denial;
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
    if (action.find(':') == std::string_view::npos) return fail(DenialError::NotADenial);
    std::string_view rest = text.substr(at + mark.size());
    std::optional<std::string_view> resource;
    if (const auto named = between(rest, "on resource:", "")) resource = firstWord(*named);
    GW_TRY(Denial denial, fromParts(firstWord(before.substr(user + 5)), action, resource));
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

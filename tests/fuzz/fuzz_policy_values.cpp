// ARNs, patterns and values of conditions: lines of "operator", "value in the policy", "value in the request".
#include "models/policy/condition.h"
#include "models/policy/principal.h"
#include "tests/fuzz/property.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace {

using namespace gw::policy;
using gw::fuzz::require;

std::string_view nextLine(std::string_view& rest) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return line;
}

// The plainest matcher there is, for short ASCII texts.
bool plainMatch(std::string_view pattern, std::string_view text) {
    if (pattern.empty()) return text.empty();
    if (pattern.front() == '*')
        return plainMatch(pattern.substr(1), text) || (!text.empty() && plainMatch(pattern, text.substr(1)));
    if (text.empty() || (pattern.front() != '?' && pattern.front() != text.front())) return false;
    return plainMatch(pattern.substr(1), text.substr(1));
}

bool isPlain(std::string_view text) {
    return text.size() <= 12 && std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7F && c != '$'; });
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view rest(reinterpret_cast<const char*>(data), std::min<std::size_t>(size, 4096));
    const std::string name(nextLine(rest));
    const std::string_view wanted = nextLine(rest), seen = nextLine(rest);

    Context context;
    context.set("key", std::string(seen));
    context.set("aws:x", std::string(seen));
    const Scope scope(context, {}, true);
    if (isPlain(wanted) && isPlain(seen)) {
        const Pattern pattern(wanted, {.wildcards = true, .variables = false, .foldCase = false});
        require((pattern.matches(seen, scope) == Truth::True) == plainMatch(wanted, seen), "a glob matches as it should");
    }
    if (const auto parts = ArnParts::split(seen)) {
        require(ArnPattern("*", ArnUse::IdentityResource, true).matches(seen, parts, scope) == Truth::True, "* means every ARN");
        if (seen.find_first_of("*?$\xFE\xFF") == std::string_view::npos)
            require(ArnPattern(seen, ArnUse::Operator, true).matches(seen, parts, scope) == Truth::True, "an ARN matches itself");
    }
    for (const ArnUse use : {ArnUse::Operator, ArnUse::IdentityResource, ArnUse::ResourceResource})
        (void)ArnPattern(wanted, use, true).matches(seen, ArnParts::split(seen), scope);
    const Pattern variable("${aws:x}", {.wildcards = true, .variables = true, .foldCase = false});
    require(variable.matches("another text that is not in the input", scope) == Truth::False, "what a variable holds is literal");
    if (const auto network = Network::parse(seen)) require(network->holds(*network), "a network holds itself");
    if (const auto number = Decimal::parse(seen)) require(*number == *number, "a number equals itself");
    (void)parseDate(seen);
    (void)Principal::parse(seen);

    const auto op = Operator::parse(name);
    if (!op) return 0;
    const Condition condition(*op, "key", {wanted}, true);
    const Truth holds = condition.holds(scope);
    require(holds != Truth::Unknown, "a closed world leaves nothing open");
    Operator other = *op;
    other.negated = !other.negated;
    if (op->quantifier == Quantifier::None && op->comparison != Comparison::Null)
        require(Condition(other, "key", {wanted}, true).holds(scope) == !holds, "a negated operator says the opposite");
    ExampleTexts examples;
    (void)condition.examples(scope, examples);
    return 0;
}

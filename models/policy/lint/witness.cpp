#include "models/policy/lint/witness.h"

#include "models/policy/clock_key.h"
#include "models/policy/key_values.h"
#include "models/policy/lint/check.h"
#include "models/policy/values.h"
#include "saml/base/json_quote.h"

#include <algorithm>

namespace gw::policy::lint {
namespace {

constexpr std::size_t mostTrials = 2'000, mostWork = 4'000'000, mostInstants = 4;

// Depth first over the keys that matter, each only with the values that it may hold.
class Search {
public:
    // Takes what it does from `workLeft`, which `weight` each trial costs.
    Search(const PolicySet& policies, const WorldRules& world, const ValuesOf& values, std::size_t weight, std::size_t& workLeft)
        : policies_(policies), world_(world), given_(values), weight_(weight), workLeft_(workLeft) {
        values_.add(policies);
    }

    bool explore(Request& request) {
        if (tried_++ == mostTrials) workLeft_ = 0;
        if (workLeft_ < weight_) workLeft_ = 0;
        if (workLeft_ == 0) return false;
        workLeft_ -= weight_;
        Key key;
        MayHold values;
        {
            RequestView view(request, world_);
            const Key* untold = nullptr;
            view.scope().untold = &untold;
            const Decision decision = decide(view, policies_).decision;
            if (decision != Decision::Depends || untold == nullptr) return decision == Decision::Allowed;
            key = *untold;
            auto told = given_ ? given_(key) : std::nullopt;
            values = told ? std::move(*told) : values_.of(key, request, view.scope()).values;
        }
        for (auto& value : values) {
            request.context.set(key, std::move(value));
            if (explore(request)) return true;
        }
        request.context.remove(key);
        return false;
    }

private:
    const PolicySet& policies_;
    WorldRules world_;
    const ValuesOf& given_;
    KeyValues values_;
    std::size_t weight_, tried_ = 0;
    std::size_t& workLeft_;
};

// The statement with other actions.
std::string withActions(std::string_view source, Value statement, const std::vector<std::string_view>& actions) {
    std::string text = "{\"Action\":[";
    for (const std::string_view each : actions) text += (text.back() == '[' ? "\"" : ",\"") + std::string(each) + "\"";
    text += ']';
    for (Value member = statement.first(); member; member = member.next()) {
        const std::string name = foldedAscii(member.name());
        if (name == "action" || name == "notaction" || name == "sid") continue;
        const Span span = member.span();
        text += ',';
        appendJsonQuoted(text, member.name());
        text += ':';
        text += source.substr(span.begin, span.end - span.begin);
    }
    return text + '}';
}

// The document with one Allow statement for the action, and all that only speaks of others.
Document only(const Document& document, std::size_t statement, std::string_view action) {
    const std::string_view source = document.source().text();
    std::string text =
        document.hasVariables() ? R"({"Version":"2012-10-17","Statement":[)" : R"({"Version":"2008-10-17","Statement":[)";
    bool first = true;
    const auto add = [&](std::string_view one) {
        if (!first) text += ',';
        first = false;
        text += one;
    };
    for (std::size_t i = 0; i < document.statements().size(); ++i) {
        const StatementText& each = document.statements()[i];
        const Span span = each.value.span();
        if (i == statement || each.effect == Effect::Deny || !reaches(each, action)) {
            add(source.substr(span.begin, span.end - span.begin));
            continue;
        }
        std::vector<std::string_view> besides;
        for (const std::string_view beside : {"sts:TagSession", "sts:SetSourceIdentity"})
            if (reaches(each, beside)) besides.push_back(beside);
        if (!besides.empty()) add(withActions(source, each.value, besides));
    }
    auto tree = Document::readSource(text + "]}");
    std::vector<Error> problems;
    // It was read before, in other words.
    return tree ? Document::readFaulty(std::move(*tree), document.kind(), problems) : document;
}

PolicyRef everything() {
    static const PolicyRef all = *CompiledPolicy::parse(
        R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]})", DocumentKind::Identity, {});
    return all;
}

std::vector<UtcTime> instantsOf(const Document& document, UtcTime now) {
    std::vector<UtcTime> all{now};
    for (const StatementText& statement : document.statements())
        for (const ConditionText& condition : statement.conditions) {
            if (!isClock(Key(condition.key.text))) continue;
            for (const Text& each : condition.values) {
                const auto date = parseDate(each.text);
                if (!date || *date <= now.unixMilliseconds()) continue;
                for (const std::int64_t seconds : {*date / 1'000, *date / 1'000 + 1})
                    if (all.size() < mostInstants) all.push_back(UtcTime::fromUnixSeconds(seconds));
            }
        }
    return all;
}

void appendValue(std::string& json, const ContextValue& value) {
    if (!value.list && value.values.size() == 1) return appendJsonQuoted(json, value.values.front());
    json += '[';
    for (const std::string& each : value.values) {
        if (json.back() != '[') json += ',';
        appendJsonQuoted(json, each);
    }
    json += ']';
}

} // namespace

Witnesses::Witnesses(const Document& document, const Catalogue* catalogue, UtcTime now)
    : document_(document), catalogue_(catalogue), now_(now), unlikely_("nobody-in-particular"),
      instants_(instantsOf(document, now)), workLeft_(mostWork) {
    while (document.source().text().find(unlikely_) != std::string::npos) unlikely_ += '0';
}

const PolicySet& Witnesses::policiesFor(std::size_t statement, std::string_view action) {
    const auto allows = [&](const StatementText& each) { return each.effect == Effect::Allow && reaches(each, action); };
    const auto& statements = document_.statements();
    // The only one that could let it through is as good as all.
    if (statement != together && allows(statements[statement]) &&
        std::count_if(statements.begin(), statements.end(), allows) == 1)
        statement = together;
    const std::string name = statement == together ? std::string() : std::string(action) + ' ' + std::to_string(statement);
    const auto [known, fresh] = policies_.try_emplace(name);
    PolicySet& policies = known->second;
    if (!fresh) return policies;
    auto compiled = std::make_shared<const CompiledPolicy>(statement == together ? document_ : only(document_, statement, action),
                                                           std::string());
    if (document_.kind() == DocumentKind::Trust || document_.kind() == DocumentKind::Resource) {
        policies.identity.push_back(everything());
        policies.resource = std::move(compiled);
    } else {
        policies.identity.push_back(std::move(compiled));
    }
    return policies;
}

std::optional<Request> Witnesses::ask(const PolicySet& policies, const Asked& asked, const ValuesOf& values) {
    // A misspelt key in a trust policy is a mistake of its own, and hides no other; and what a call needs beside its own action
    // has that call's keys.
    const Catalogue* catalogue = document_.kind() == DocumentKind::Trust ? nullptr : catalogue_;
    for (const UtcTime instant : instants_) {
        Request request{asked.caller, std::string(asked.action), asked.resource, {}, asked.told, {}};
        if (Search(policies, {.complete = false, .now = instant, .catalogue = catalogue}, values,
                   document_.statements().size() + 1, workLeft_)
                .explore(request))
            return request;
    }
    return std::nullopt;
}

std::optional<Request> Witnesses::find(std::size_t statement, const Asked& asked, const ValuesOf& values) {
    return ask(policiesFor(statement, asked.action), asked, values);
}

std::optional<Request> Witnesses::find(const Asked& asked, const ValuesOf& values) {
    return ask(policiesFor(together, asked.action), asked, values);
}

std::string witnessText(const Request& request) {
    std::string json = "{\"principal\":";
    appendJsonQuoted(json, request.principal.text());
    json += ",\"action\":";
    appendJsonQuoted(json, request.action);
    json += ",\"resource\":";
    appendJsonQuoted(json, request.resource);
    json += ",\"context\":{";
    for (const Context::Entry& each : request.context.entries()) {
        if (!each.value || each.value->values.empty()) continue;
        if (json.back() != '{') json += ',';
        appendJsonQuoted(json, each.key.written());
        json += ':';
        appendValue(json, *each.value);
    }
    return json + "}}";
}

Fact witnessFact(const Request& request) {
    return {"witness[]", witnessText(request)};
}

} // namespace gw::policy::lint

#include "models/policy/case.h"

#include "models/policy/action_name.h"
#include "saml/base/ascii_classes.h"

#include <algorithm>
#include <initializer_list>

namespace gw::policy {
namespace {

constexpr std::string_view allowsNothing = R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","NotAction":"*","Resource":"*"}})";

// Without blanks, wildcards and control characters.
bool isOneWord(std::string_view text) {
    return std::none_of(text.begin(), text.end(),
                        [](char each) { return (each >= 0 && each <= ' ') || each == '*' || each == '?' || each == '\x7F'; });
}

class CaseReader {
public:
    CaseReader(const SourceTree& source, PolicyCache& cache, Case& into) : source_(source), cache_(cache), case_(into) {}

    Status read(Value line) {
        if (!line.is(ValueKind::Object)) return wrong(CaseError::NotAnObject, line);
        if (const Value id = line.member("id"); id.is(ValueKind::String) || id.is(ValueKind::Number)) case_.id = id.text();
        GW_CHECK(onlyKnown(line, {"id", "schema", "request", "identity", "session", "boundary", "resource", "network", "scp",
                                  "rcp", "endpoint", "accounts", "facts"}));
        const Value schema = line.member("schema");
        if (schema && schema.text() != "gw-iam-case/1") return wrong(CaseError::BadSchema, schema, "gw-iam-case/1");
        GW_CHECK(readRequest(line.member("request")));
        GW_CHECK(readFacts(line.member("facts")));
        const bool trust =
            foldedAscii(case_.request.action).rfind("sts:", 0) == 0 && case_.request.resource.find(":role/") != std::string::npos;
        GW_CHECK(readList(line.member("identity"), DocumentKind::Identity, case_.policies.identity));
        GW_CHECK(readList(line.member("session"), DocumentKind::Session, case_.policies.session));
        GW_CHECK(readList(line.member("endpoint"), DocumentKind::Endpoint, case_.policies.endpoint));
        GW_CHECK(readBoundary(line.member("boundary")));
        GW_CHECK(readOne(line.member("resource"), trust ? DocumentKind::Trust : DocumentKind::Resource, case_.policies.resource));
        GW_CHECK(readOne(line.member("network"), DocumentKind::Resource, case_.policies.network));
        GW_CHECK(readLevels(line.member("scp"), DocumentKind::Scp, case_.policies.scp));
        GW_CHECK(readLevels(line.member("rcp"), DocumentKind::Rcp, case_.policies.rcp));
        GW_CHECK(readAccounts(line.member("accounts")));
        // What is short cannot take long.
        constexpr std::size_t shortLine = std::size_t{16} << 10U;
        return line.text().size() <= shortLine ? Status() : checkWork(line.member("request"));
    }

private:
    Status wrong(CaseError code, Value at, std::string_view expected = {}) const {
        Error error(code);
        error.with("pointer", source_.pointerTo(at));
        if (!expected.empty()) error.with("expected", std::string(expected));
        if (at) error.with("seen", std::string(at.text().substr(0, 80)));
        return fail(std::move(error));
    }

    Status onlyKnown(Value object, std::initializer_list<std::string_view> known) const {
        for (Value member = object.first(); member; member = member.next())
            if (std::find(known.begin(), known.end(), member.name()) == known.end())
                return fail(Error(CaseError::UnknownKey)
                                .with("pointer", source_.pointerTo(member))
                                .with("seen", std::string(member.name())));
        return {};
    }

    Result<std::string> text(Value object, std::string_view name) const {
        const Value value = object.member(name);
        if (!value)
            return fail(Error(CaseError::Missing).with("pointer", source_.pointerTo(object)).with("expected", std::string(name)));
        if (!value.is(ValueKind::String)) {
            auto status = wrong(CaseError::WrongType, value, "string");
            return fail(std::move(status).error());
        }
        return std::string(value.text());
    }

    Status readRequest(Value request) {
        if (!request) return fail(Error(CaseError::Missing).with("pointer", "").with("expected", "request"));
        if (!request.is(ValueKind::Object)) return wrong(CaseError::WrongType, request, "object");
        GW_CHECK(onlyKnown(request, {"principal", "action", "resource", "resource_account", "context"}));
        GW_TRY(const std::string principal, text(request, "principal"));
        auto parsed = Principal::parse(principal);
        if (!parsed || (principal != "*" && !isOneWord(principal))) return wrong(CaseError::BadPrincipal, request.member("principal"));
        case_.request.principal = std::move(*parsed);
        GW_TRY(case_.request.action, text(request, "action"));
        if (!isActionName(case_.request.action)) return wrong(CaseError::BadAction, request.member("action"), "service:Action");
        GW_TRY(case_.request.resource, text(request, "resource"));
        if (case_.request.resource != "*" && !ArnParts::split(case_.request.resource))
            return wrong(CaseError::BadResource, request.member("resource"), "ARN or *");
        if (request.member("resource_account")) {
            GW_TRY(case_.request.resourceAccount, text(request, "resource_account"));
            if (!isAccountId(case_.request.resourceAccount))
                return wrong(CaseError::BadAccount, request.member("resource_account"));
        }
        return readContext(request.member("context"));
    }

    Status readContext(Value context) {
        if (!context) return {};
        if (!context.is(ValueKind::Object)) return wrong(CaseError::WrongType, context, "object");
        for (Value member = context.first(); member; member = member.next()) {
            ContextValue value;
            value.list = member.is(ValueKind::Array);
            for (Value each = value.list ? member.first() : member; each; each = value.list ? each.next() : Value()) {
                if (each.is(ValueKind::Array) || each.is(ValueKind::Object) || each.is(ValueKind::Null))
                    return wrong(CaseError::WrongType, each, "string, number or boolean");
                value.values.emplace_back(each.text());
            }
            Key key(member.name());
            // Case does not matter in them, so that one of two would be lost.
            if (case_.request.context.find(key) != nullptr) {
                return fail(Error(CaseError::DuplicateKey)
                                .with("pointer", source_.pointerTo(member))
                                .with("seen", std::string(member.name())));
            }
            case_.request.context.set(std::move(key), std::move(value));
        }
        return {};
    }

    // Values of the request are held against every pattern that may match them, octet for octet.
    Status checkWork(Value request) const {
        constexpr std::size_t most = std::size_t{1} << 28U;
        const Request& asked = case_.request;
        std::size_t onResource = 0, onAction = 0;
        std::unordered_map<std::string, std::size_t> onKey; // by the folded key
        for (const auto& [layer, policy] : layered(case_.policies, false)) {
            for (const CompiledStatement& statement : policy->statements()) {
                for (const ArnPattern& each : statement.resources()) onResource += each.weight() * asked.resource.size();
                for (const Pattern& each : statement.actions()) onAction += each.weight() * asked.action.size();
                for (const Condition& each : statement.conditions())
                    if (each.weight() != 0 && asked.context.find(each.key()) != nullptr) onKey[each.key().folded()] += each.weight();
            }
        }
        if (onResource > most) return wrong(CaseError::TooMuchWork, request.member("resource"));
        if (onAction > most) return wrong(CaseError::TooMuchWork, request.member("action"));
        std::size_t all = 0;
        for (Value member = request.member("context").first(); member; member = member.next()) {
            const auto weight = onKey.find(foldedAscii(member.name()));
            if (weight == onKey.end()) continue;
            all += weight->second * member.text().size();
            if (all > most) return wrong(CaseError::TooMuchWork, member);
        }
        return {};
    }

    Status readFacts(Value facts) {
        if (!facts) return {};
        if (!facts.is(ValueKind::Object)) return wrong(CaseError::WrongType, facts, "object");
        GW_CHECK(onlyKnown(
            facts, {"anonymous", "service_linked_role", "management_account", "federated_by", "lambda_authorizer"}));
        Facts& into = case_.request.facts;
        GW_CHECK(readFlag(facts.member("anonymous"), into.anonymous));
        GW_CHECK(readFlag(facts.member("service_linked_role"), into.serviceLinkedRole));
        GW_CHECK(readFlag(facts.member("management_account"), into.managementAccount));
        if (const Value account = facts.member("lambda_authorizer")) {
            GW_TRY(into.lambdaAuthorizer, text(facts, "lambda_authorizer"));
            if (!isAccountId(into.lambdaAuthorizer)) return wrong(CaseError::BadAccount, account);
        }
        if (into.anonymous) case_.request.principal = Principal();
        return readMaker(facts.member("federated_by"));
    }

    Status readFlag(Value flag, bool& into) const {
        if (!flag) return {};
        into = flag.is(ValueKind::True);
        return into || flag.is(ValueKind::False) ? Status() : wrong(CaseError::WrongType, flag, "boolean");
    }

    Status readMaker(Value user) {
        if (!user) return {};
        if (!user.is(ValueKind::String)) return wrong(CaseError::WrongType, user, "string");
        Principal& session = case_.request.principal;
        const auto maker = Principal::parse(user.text());
        if (!maker || maker->kind() != PrincipalKind::User || session.kind() != PrincipalKind::FederatedUser ||
            maker->account() != session.account())
            return wrong(CaseError::BadPrincipal, user, "ARN of a user, for a federated user of the same account");
        session.setFederatedBy(std::string(user.text()));
        return {};
    }

    // What an organisation attaches to accounts: the caller's are bound by SCPs and the resource's by RCPs (AWS Organizations
    // User Guide, "Service control policies", "Resource control policies").
    Status readAccounts(Value accounts) {
        if (!accounts) return {};
        if (!accounts.is(ValueKind::Object)) return wrong(CaseError::WrongType, accounts, "object");
        Request& request = case_.request;
        const std::string resourceAccount(resourceAccountOf(request, ArnParts::split(request.resource)));
        bool managesResource = false;
        for (Value account = accounts.first(); account; account = account.next()) {
            if (!isAccountId(account.name()))
                return fail(Error(CaseError::BadAccount)
                                .with("pointer", source_.pointerTo(account))
                                .with("seen", std::string(account.name())));
            if (!account.is(ValueKind::Object)) return wrong(CaseError::WrongType, account, "object");
            GW_CHECK(onlyKnown(account, {"scp", "rcp", "management_account"}));
            const bool callers = account.name() == request.principal.account(), resources = account.name() == resourceAccount;
            std::optional<std::vector<std::vector<PolicyRef>>> scp, rcp;
            bool management = false;
            GW_CHECK(readLevels(account.member("scp"), DocumentKind::Scp, scp));
            GW_CHECK(readLevels(account.member("rcp"), DocumentKind::Rcp, rcp));
            GW_CHECK(readFlag(account.member("management_account"), management));
            GW_CHECK(bind(account.member("scp"), callers, std::move(scp), case_.policies.scp));
            GW_CHECK(bind(account.member("rcp"), resources, std::move(rcp), case_.policies.rcp));
            if (callers && management) request.facts.managementAccount = true;
            managesResource = managesResource || (resources && management);
        }
        if (managesResource) case_.policies.rcp.reset();
        return {};
    }

    // Twice would leave one of them out.
    template <class Levels>
    Status bind(Value written, bool binds, Levels levels, Levels& into) const {
        if (!binds || !levels) return {};
        if (into) return wrong(CaseError::SaidTwice, written);
        into = std::move(levels);
        return {};
    }

    // Nothing where the document is unusable, which goes to the errors.
    Result<std::optional<PolicyRef>> readPolicy(Value entry, DocumentKind kind) {
        Value document = entry;
        std::string name;
        if (entry.is(ValueKind::Object) && entry.member("policy")) {
            document = entry.member("policy");
            if (const Value given = entry.member("name"); given.is(ValueKind::String)) name = given.text();
        }
        if (!document.is(ValueKind::Object) && !document.is(ValueKind::String)) {
            auto status = wrong(CaseError::WrongType, document, "policy document");
            return fail(std::move(status).error());
        }
        const std::string pointer = source_.pointerTo(entry);
        if (name.empty()) name = pointer.substr(1);
        auto policy = cache_.get(document.text(), kind, name);
        if (policy) return std::optional<PolicyRef>(std::move(*policy));
        case_.errors.push_back(Error(CaseError::BadPolicy).with("pointer", source_.pointerTo(document)).with("seen", name).because(policy.error()));
        // What can only narrow must not vanish for a fault in it: it then allows nothing.
        if (kind != DocumentKind::Boundary && kind != DocumentKind::Session) return std::optional<PolicyRef>();
        GW_TRY(auto nothing, cache_.get(allowsNothing, kind, name));
        return std::optional<PolicyRef>(std::move(nothing));
    }

    Status readList(Value list, DocumentKind kind, std::vector<PolicyRef>& into) {
        if (!list || list.is(ValueKind::Null)) return {};
        if (!list.is(ValueKind::Array)) return wrong(CaseError::WrongType, list, "array");
        for (Value each = list.first(); each; each = each.next()) {
            GW_TRY(auto policy, readPolicy(each, kind));
            if (policy) into.push_back(std::move(*policy));
        }
        return {};
    }

    Status readOne(Value value, DocumentKind kind, std::optional<PolicyRef>& into) {
        if (!value || value.is(ValueKind::Null)) return {};
        GW_TRY(into, readPolicy(value, kind));
        return {};
    }

    // A principal has one at most (IAM User Guide, "Permissions boundaries for IAM entities"): a document, or a list of one.
    Status readBoundary(Value value) {
        if (!value.is(ValueKind::Array)) return readOne(value, DocumentKind::Boundary, case_.policies.boundary);
        if (value.size() > 1) return wrong(CaseError::WrongType, value, "at most one boundary");
        return readOne(value.first(), DocumentKind::Boundary, case_.policies.boundary);
    }

    Status readLevels(Value levels, DocumentKind kind, std::optional<std::vector<std::vector<PolicyRef>>>& into) {
        if (!levels || levels.is(ValueKind::Null)) return {};
        if (!levels.is(ValueKind::Array)) return wrong(CaseError::WrongType, levels, "array");
        if (levels.size() == 0) return {};
        into.emplace();
        for (Value level = levels.first(); level; level = level.next()) GW_CHECK(readList(level, kind, into->emplace_back()));
        return {};
    }

    const SourceTree& source_;
    PolicyCache& cache_;
    Case& case_;
};

} // namespace

Result<PolicyRef> PolicyCache::get(std::string_view text, DocumentKind kind, std::string_view name) {
    key_.assign(1, static_cast<char>('a' + static_cast<int>(kind)));
    key_ += name;
    key_ += '\n';
    key_ += text;
    if (const auto known = known_.find(key_); known != known_.end()) return known->second;
    auto parsed = CompiledPolicy::parse(std::string(text), kind, std::string(name));
    // A small one costs more than its text.
    const std::size_t size = key_.size() + 256;
    if (size > capacity_ / 4) {
        key_ = {};
        return parsed;
    }
    if (kept_ + size > capacity_) {
        known_.clear();
        kept_ = 0;
    }
    kept_ += size;
    return known_.emplace(key_, std::move(parsed)).first->second;
}

std::vector<std::string> ignoreUnknownKeys(Request& request, const Catalogue& catalogue) {
    std::vector<Key> ignored;
    const std::string action = foldedAscii(request.action);
    for (const Context::Entry& entry : request.context.entries())
        if (entry.value && !catalogue.mayHave(action, entry.key.folded())) ignored.push_back(entry.key);
    std::vector<std::string> names;
    for (Key& key : ignored) {
        names.push_back(key.written());
        request.context.set(std::move(key), std::nullopt);
    }
    return names;
}

Status readCase(Value line, PolicyCache& cache, const SourceTree& source, Case& into) {
    return CaseReader(source, cache, into).read(line);
}

} // namespace gw::policy

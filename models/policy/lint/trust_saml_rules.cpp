// Trust in a SAML provider (IAM User Guide, "Create a role for SAML 2.0 federation" and "Available keys for SAML-based AWS
// STS federation").
#include "models/policy/lint/check.h"

#include "models/policy/arn_pattern.h"
#include "models/policy/federation.h"
#include "models/policy/lint/guards.h"
#include "saml/base/ascii_classes.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace gw::policy::lint {
namespace {

constexpr std::string_view assumeWithSaml = "sts:AssumeRoleWithSAML";

constexpr auto signInHosts =
    std::to_array<std::string_view>({"signin.aws.amazon.com", "signin.amazonaws.cn", "signin.amazonaws-us-gov.com"});

// "https://signin.aws.amazon.com/saml" of every partition: a wildcard in the region's label is the one that is meant.
bool isWildAudience(std::string_view value) {
    const std::size_t star = value.find_first_of("*?");
    if (star == std::string_view::npos) return false;
    static constexpr std::string_view https = "https://";
    if (!value.starts_with(https)) return true;
    const std::string_view rest = value.substr(https.size());
    const std::string_view label = rest.substr(0, rest.find('.'));
    const std::string_view after = rest.substr(label.size());
    return after.find_first_of("*?") != std::string_view::npos || !after.starts_with(".signin.");
}

// Of no region, an address for one provider included.
bool isGlobalAudience(std::string_view value) {
    return std::any_of(signInHosts.begin(), signInHosts.end(), [&](std::string_view host) {
        const std::string start = "https://" + std::string(host) + "/saml";
        return value == start || value.starts_with(start + "/acs/");
    });
}

std::string filled(std::string_view pattern, std::string_view run) {
    std::string text;
    for (const char each : pattern) text += each == '*' ? std::string(run) : std::string(1, each == '?' ? 'x' : each);
    return text;
}

struct Audience {
    std::string_view text;
    Value value;
};

// The patterns that the statement, or a denial of all others, holds the audience to, where they are wider than AWS's addresses.
std::vector<Audience> wildAudiences(const Document& document, const StatementText& statement) {
    std::vector<Audience> found;
    for (const StatementText& each : document.statements()) {
        const bool denies = each.effect == Effect::Deny;
        if (!denies && each.index != statement.index) continue;
        for (const ConditionText& condition : each.conditions) {
            const auto op = Operator::parse(condition.op.text);
            if (!op || op->comparison != Comparison::StringLike || op->negated != denies ||
                !isKey(condition.key.text, "saml:aud"))
                continue;
            for (const Text& value : condition.values)
                if (isWildAudience(value.text)) found.push_back({value.text, value.value});
        }
    }
    return found;
}

// An action by which a role is assumed, and by whom.
enum class Assuming { Plain, Saml, Web };
constexpr auto assumingActions =
    std::to_array<std::pair<std::string_view, Assuming>>({{"sts:AssumeRole", Assuming::Plain},
                                                          {"sts:AssumeRoleWithSAML", Assuming::Saml},
                                                          {"sts:AssumeRoleWithWebIdentity", Assuming::Web}});

// Nothing for an entry that says nothing of it: everybody, what is malformed, what no principal has.
std::optional<Assuming> assumingOf(const PrincipalText& principal) {
    if (principal.text.text == "*") return std::nullopt;
    if (principal.type == NamedPrincipal::Type::Aws || principal.type == NamedPrincipal::Type::Service) return Assuming::Plain;
    const Federation federation = federationOf(principal.type, principal.text.text);
    if (federation == Federation::Saml) return Assuming::Saml;
    if (federation == Federation::Web) return Assuming::Web;
    return std::nullopt;
}

// [\w._-]{1,128} (IAM API Reference, CreateSAMLProvider).
bool isProviderName(std::string_view name) {
    return !name.empty() && name.size() <= 128 && std::all_of(name.begin(), name.end(), [](char each) {
        return isAlphanumeric(each) || each == '_' || each == '.' || each == '-';
    });
}

bool isMalformed(const PrincipalText& principal) {
    if (principal.type != NamedPrincipal::Type::Federated) return false;
    const std::string_view text = principal.text.text;
    const Federation federation = federationOf(principal.type, text);
    if (federation == Federation::Malformed || text == "*") return true;
    const auto parts = federation == Federation::Saml ? ArnParts::split(text) : std::nullopt;
    return parts && !isProviderName(parts->resource.substr(std::string_view("saml-provider/").size()));
}

class SamlTrust {
public:
    explicit SamlTrust(Check& check) : check_(check), witnesses_(check.witnesses()) {}

    void run() {
        for (const StatementText& statement : check_.document.statements()) {
            if (!statement.principals || statement.notPrincipal) continue;
            checkPrincipals(statement);
            checkKeys(statement);
            const bool saml = statement.effect == Effect::Allow && reaches(statement, assumeWithSaml) &&
                              std::any_of(statement.principals->begin(), statement.principals->end(),
                                          [](const PrincipalText& each) { return federationOf(each.type, each.text.text) == Federation::Saml; });
            if (!saml) continue;
            anySaml_ = true;
            checkAudience(statement);
            checkGate(statement);
            checkActions(statement);
        }
        if (!anySaml_) return;
        for (const char* rule : {"trust-saml-audience-acs-missing", "trust-saml-provider-missing"}) check_.needs(rule, "provider");
        check_.needs("trust-saml-tagsession-unbounded", "estate");
        check_.needs("sess-max-too-long", "role");
    }

private:
    void checkPrincipals(const StatementText& statement) {
        for (const PrincipalText& each : *statement.principals) {
            if (isMalformed(each)) check_.add(rules::samlProviderSyntax, each.text.value, each.text.text);
            if (statement.effect == Effect::Deny) continue;
            if (isMismatched(statement, each)) check_.add(rules::samlActionMismatch, each.text.value, each.text.text);
            if (federationOf(each.type, each.text.text) != Federation::Saml || each.text.text == "*") continue;
            const auto parts = ArnParts::split(each.text.text);
            // A provider vouches for roles of its own account, so two accounts in one policy cannot both be right.
            if (account_.empty()) account_ = check_.settings.account.empty() ? std::string(parts->account) : check_.settings.account;
            if (parts->account != account_) check_.add(rules::samlProviderOtherAccount, each.text.value, each.text.text, {{"expected", account_}});
        }
        if (check_.settings.account.empty() && !account_.empty() && !told_) {
            told_ = true;
            check_.needs(rules::samlProviderOtherAccount, "account");
        }
    }

    // Whether the principal cannot call any of what it is given, or is given by name what nobody named beside it can call.
    static bool isMismatched(const StatementText& statement, const PrincipalText& principal) {
        const auto own = assumingOf(principal);
        if (!own) return false;
        bool any = false, fits = false;
        for (const auto& [action, assuming] : assumingActions) {
            any = any || reaches(statement, action);
            fits = fits || (assuming == *own && reaches(statement, action));
        }
        if (!fits) return any;
        return !statement.notAction && std::any_of(statement.actions.begin(), statement.actions.end(), [&](const Text& each) {
            const auto named = std::find_if(assumingActions.begin(), assumingActions.end(), [&](const auto& known) {
                return foldedAscii(known.first) == foldedAscii(each.text);
            });
            return named != assumingActions.end() &&
                   std::none_of(statement.principals->begin(), statement.principals->end(), [&](const PrincipalText& other) {
                       const auto theirs = assumingOf(other);
                       return !theirs || *theirs == named->second;
                   });
        });
    }

    // By the statement's own providers; an entry for all of them is none.
    static std::vector<Witnesses::Asked> askedBy(const StatementText& statement, std::string_view action) {
        std::vector<Witnesses::Asked> all;
        for (const PrincipalText& each : *statement.principals) {
            if (federationOf(each.type, each.text.text) != Federation::Saml) continue;
            if (const auto caller = Principal::parse(each.text.text); caller && caller->kind() == PrincipalKind::SamlProvider)
                all.push_back({*caller, action, anyRole(caller->account(), caller->partition())});
        }
        return all;
    }

    // By the statement alone; nothing where no provider of it gets through.
    std::optional<Request> letThrough(const StatementText& statement, const ValuesOf& values,
                                      std::string_view action = assumeWithSaml) {
        for (const Witnesses::Asked& each : askedBy(statement, action))
            if (auto found = witnesses_.find(statement.index, each, values)) return found;
        return std::nullopt;
    }

    void checkAudience(const StatementText& statement) {
        const auto wild = wildAudiences(check_.document, statement);
        const auto isWide = [&](std::string_view text) {
            return std::any_of(wild.begin(), wild.end(), [&](const Audience& each) { return covers(each.text, text); });
        };
        for (const std::string& foreign :
             {"https://" + witnesses_.unlikely() + ".example/saml", "urn:" + witnesses_.unlikely(), witnesses_.unlikely()}) {
            if (isWide(foreign)) continue;
            if (const auto found = letThrough(statement, withAudience(foreign)))
                return check_.add(rules::samlNoAudience, statement.value, {}, {witnessFact(*found)});
        }
        // Every sign-in has an address: who takes only those without one has not tested it.
        const auto [global, regional] = addresses();
        std::vector<std::string> known = global;
        known.insert(known.end(), regional.begin(), regional.end());
        if (const auto found = letThrough(statement, withoutKey("saml:aud"));
            found && !letThrough(statement, withValues("saml:aud", known)))
            return check_.add(rules::samlNoAudience, statement.value, {}, {witnessFact(*found)});
        for (const Audience& each : wild)
            for (const std::string_view run : {std::string_view("x"), std::string_view(witnesses_.unlikely())})
                if (const auto found = letThrough(statement, withAudience(filled(each.text, run)))) {
                    check_.add(rules::samlAudienceWildcard, each.value, each.text, {witnessFact(*found)});
                    break;
                }
        checkRegions(statement);
    }

    // AWS's own and those that are written, of no region and of one.
    std::pair<std::vector<std::string>, std::vector<std::string>> addresses() const {
        std::vector<std::string> global, regional;
        const auto add = [&](std::string text) { (isGlobalAudience(text) ? global : regional).push_back(std::move(text)); };
        for (const std::string_view each : valuesOn(check_.document, "saml:aud")) add(filled(each, "eu-central-1"));
        for (const std::string_view host : signInHosts) {
            add("https://" + std::string(host) + "/saml");
            add("https://eu-central-1." + std::string(host) + "/saml");
        }
        return {std::move(global), std::move(regional)};
    }

    // Whether a provider is left without any address when the global one fails, whatever statement takes it.
    void checkRegions(const StatementText& statement) {
        const auto [global, regional] = addresses();
        for (const Witnesses::Asked& each : askedBy(statement, assumeWithSaml)) {
            const auto takes = [&](const std::vector<std::string>& some) {
                return witnesses_.find(each, withValues("saml:aud", some)).has_value();
            };
            if (takes(global) && !takes(regional)) return check_.add(rules::samlAudienceGlobalOnly, statement.value);
        }
    }

    void checkGate(const StatementText& statement) {
        if (const auto found = letThrough(statement, ofAnyPerson(witnesses_)))
            check_.add(rules::samlIdpOnlyGate, statement.value, {}, {witnessFact(*found)});
        checkSubject(statement);
    }

    // Who asks for a subject means one person: of one kind, and of one provider.
    void checkSubject(const StatementText& statement) {
        const bool asks =
            hasKey(statement, {"saml:sub"}) ||
            std::any_of(check_.document.statements().begin(), check_.document.statements().end(),
                        [](const StatementText& each) { return each.effect == Effect::Deny && hasKey(each, {"saml:sub"}); });
        if (!asks) return;
        auto found = letThrough(
            statement,
            withValues("saml:sub_type", {"transient", "urn:oasis:names:tc:SAML:1.1:nameid-format:" + witnesses_.unlikely()}));
        std::string_view missing = "saml:sub_type";
        if (!found) {
            found = letThrough(statement, withValues("saml:namequalifier", {witnesses_.unlikely()}));
            missing = "saml:namequalifier";
        }
        if (found)
            check_.add(rules::samlTransientSubject, statement.value, {},
                       {{"missing", std::string(missing)}, witnessFact(*found)});
    }

    // Whether each provider of the statement may do this beside its sign-in, by whatever statement.
    bool grants(const StatementText& statement, std::string_view action) {
        const auto asked = askedBy(statement, action);
        return std::all_of(asked.begin(), asked.end(),
                           [&](const Witnesses::Asked& each) { return witnesses_.find(each).has_value(); });
    }

    void checkActions(const StatementText& statement) {
        const bool tags = hasKey(statement, {"aws:RequestTag/", "aws:TagKeys", "sts:TransitiveTagKeys"});
        if (tags && !grants(statement, "sts:TagSession")) check_.add(rules::samlTagSession, statement.value);
        if (grants(statement, "sts:SetSourceIdentity")) return;
        check_.add(hasKey(statement, {"sts:SourceIdentity"}) ? rules::samlSourceIdentity : rules::sessNoSourceIdentity, statement.value);
    }

    void checkKeys(const StatementText& statement) {
        const Catalogue* catalogue = check_.catalogue();
        for (const ConditionText& condition : statement.conditions) {
            const std::string_view key = condition.key.text;
            const auto tell = [&](const Rule& rule) { check_.add(rule, condition.key.value, key, {}, PointAt::Name); };
            if (isKey(key, "sts:DurationSeconds") && reaches(statement, assumeWithSaml)) tell(rules::samlUnknownKey);
            if (!isKey(key, "saml:")) continue;
            const KeyInfo* info = catalogue == nullptr ? nullptr : catalogue->anyKey(key);
            if (catalogue != nullptr && info == nullptr) tell(rules::samlUnknownKey);
            const auto op = Operator::parse(condition.op.text);
            if (!op || op->comparison == Comparison::Null) continue;
            if (info != nullptr && info->list && op->quantifier == Quantifier::None) tell(rules::samlListKey);
            if (op->quantifier != Quantifier::ForAllValues || statement.effect == Effect::Deny) continue;
            if (letThrough(statement, withoutKey(key))) tell(rules::samlForAllValues);
        }
    }

    Check& check_;
    Witnesses& witnesses_;
    std::string account_;
    bool anySaml_ = false, told_ = false;
};

} // namespace

void checkSamlTrust(Check& check) {
    if (check.is({DocumentKind::Trust})) return SamlTrust(check).run();
    const auto isGone = [](std::string_view key) {
        return isKey(key, "saml:") && !isKey(key, "saml:sub") && !isKey(key, "saml:sub_type") &&
               !isKey(key, "saml:namequalifier");
    };
    const auto tellVariables = [&](const Text& text) {
        if (!check.document.hasVariables() || text.text.find("${") == std::string_view::npos) return;
        const Pattern pattern(text.text, {.wildcards = false, .variables = true, .foldCase = false});
        for (const Pattern::Variable& each : pattern.variables())
            if (isGone(each.key.folded())) check.add(rules::samlKeyOutsideTrust, text.value, each.key.written());
    };
    for (const StatementText& statement : check.document.statements()) {
        if (reaches(statement, assumeWithSaml)) continue;
        for (const ConditionText& condition : statement.conditions) {
            if (isGone(condition.key.text))
                check.add(rules::samlKeyOutsideTrust, condition.key.value, condition.key.text, {}, PointAt::Name);
            for (const Text& each : condition.values) tellVariables(each);
        }
        if (statement.resources)
            for (const Text& each : *statement.resources) tellVariables(each);
    }
}

} // namespace gw::policy::lint

// Trust in a SAML provider (IAM User Guide, "Create a role for SAML 2.0 federation" and "Available keys for SAML-based AWS
// STS federation").
#include "models/policy/lint/check.h"

#include "models/policy/arn_pattern.h"
#include "models/policy/federation.h"

#include <algorithm>
#include <optional>

namespace gw::policy::lint {
namespace {

constexpr std::string_view assumeWithSaml = "sts:AssumeRoleWithSAML";

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

bool isGlobalAudience(std::string_view value) {
    return value == "https://signin.aws.amazon.com/saml" || value == "https://signin.amazonaws.cn/saml" ||
           value == "https://signin.amazonaws-us-gov.com/saml";
}

class SamlTrust {
public:
    explicit SamlTrust(Check& check) : check_(check) {}

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
        const bool withSaml = reaches(statement, assumeWithSaml), withWeb = reaches(statement, "sts:AssumeRoleWithWebIdentity");
        const bool plain = reaches(statement, "sts:AssumeRole");
        for (const PrincipalText& each : *statement.principals) {
            const Federation federation = federationOf(each.type, each.text.text);
            if (federation == Federation::Malformed) check_.add(rules::samlProviderSyntax, each.text.value, each.text.text);
            if (statement.effect == Effect::Deny) continue;
            const bool aws = each.type == NamedPrincipal::Type::Aws && each.text.text != "*";
            const bool mismatched = (federation == Federation::Saml && each.text.text != "*" && !withSaml && (plain || withWeb)) ||
                                    (federation == Federation::Web && !withWeb && (plain || withSaml)) ||
                                    (aws && !plain && (withSaml || withWeb));
            if (mismatched) check_.add(rules::samlActionMismatch, each.text.value, each.text.text);
            if (federation != Federation::Saml || each.text.text == "*") continue;
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

    void checkAudience(const StatementText& statement) {
        bool any = false, global = true;
        for (const ConditionText& condition : statement.conditions) {
            if (!isKey(condition.key.text, "saml:aud")) continue;
            const auto op = Operator::parse(condition.op.text);
            if (!op || op->negated || op->ifExists || op->comparison == Comparison::Null) continue;
            any = true;
            for (const Text& value : condition.values) {
                global = global && isGlobalAudience(value.text);
                if (op->comparison == Comparison::StringLike && isWildAudience(value.text))
                    check_.add(rules::samlAudienceWildcard, value.value, value.text);
            }
        }
        if (!any) return check_.add(rules::samlNoAudience, statement.value);
        if (global) check_.add(rules::samlAudienceGlobalOnly, statement.value);
    }

    void checkGate(const StatementText& statement) {
        const bool person = std::any_of(statement.conditions.begin(), statement.conditions.end(),
                                        [](const ConditionText& each) { return isPersonKey(each.key.text); });
        if (!person) check_.add(rules::samlIdpOnlyGate, statement.value);
        if (hasKey(statement, {"saml:sub"}) && !hasKey(statement, {"saml:sub_type"})) check_.add(rules::samlTransientSubject, statement.value);
    }

    bool grants(std::string_view action) const {
        const auto& all = check_.document.statements();
        return std::any_of(all.begin(), all.end(),
                           [&](const StatementText& each) { return each.effect == Effect::Allow && reaches(each, action); });
    }

    void checkActions(const StatementText& statement) {
        const bool tags = hasKey(statement, {"aws:RequestTag/", "aws:TagKeys", "sts:TransitiveTagKeys"});
        if (tags && !grants("sts:TagSession")) check_.add(rules::samlTagSession, statement.value);
        if (grants("sts:SetSourceIdentity")) return;
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
            const bool guarded = std::any_of(statement.conditions.begin(), statement.conditions.end(), [&](const ConditionText& other) {
                const auto guard = Operator::parse(other.op.text);
                return guard && guard->comparison == Comparison::Null && isKey(other.key.text, key) && other.values.size() == 1 &&
                       foldedAscii(other.values.front().text) == "false";
            });
            if (!guarded) tell(rules::samlForAllValues);
        }
    }

    Check& check_;
    std::string account_;
    bool anySaml_ = false, told_ = false;
};

} // namespace

void checkSamlTrust(Check& check) {
    if (check.is({DocumentKind::Trust})) return SamlTrust(check).run();
    for (const StatementText& statement : check.document.statements())
        for (const ConditionText& condition : statement.conditions)
            if (isKey(condition.key.text, "saml:") && !isKey(condition.key.text, "saml:sub") && !isKey(condition.key.text, "saml:sub_type") &&
                !isKey(condition.key.text, "saml:namequalifier") && !reaches(statement, assumeWithSaml))
                check.add(rules::samlKeyOutsideTrust, condition.key.value, condition.key.text, {}, PointAt::Name);
}

} // namespace gw::policy::lint

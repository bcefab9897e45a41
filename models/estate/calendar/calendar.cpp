#include "models/estate/calendar.h"

#include "models/estate/ways_in.h"
#include "models/policy/aws_time.h"
#include "models/policy/clock_key.h"
#include "models/policy/values.h"
#include "saml/base/json.h"
#include "saml/dsig/sha256_hex.h"
#include "saml/metadata/entity_descriptor.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <tuple>

namespace gw::estate {

std::string_view dateKindName(DateKind kind) {
    static constexpr auto names =
        std::to_array<std::string_view>({"signing-certificate", "metadata-validity", "provider-validity", "attestation",
                                         "secret-rotation", "grant-start", "grant-end"});
    return names[static_cast<std::size_t>(kind)];
}

int reminderDays(DateKind kind) {
    switch (kind) {
    case DateKind::SigningCertificate:
    case DateKind::MetadataValidity:
    case DateKind::ProviderValidity:
        return 30;
    case DateKind::Attestation:
        return 7;
    default:
        return 1;
    }
}

namespace {

// The first day of the quarter after `now`.
UtcTime nextQuarter(UtcTime now) {
    using namespace std::chrono;
    const year_month_day today(floor<days>(sys_time<seconds>(seconds(now.unixSeconds()))));
    const unsigned month = static_cast<unsigned>(today.month());
    const year_month first(today.year(), std::chrono::month((month - 1) / 3 * 3 + 1));
    const sys_days start = (first + months(3)) / 1;
    return UtcTime::fromUnixSeconds(duration_cast<seconds>(start.time_since_epoch()).count());
}

class CalendarMaker {
public:
    CalendarMaker(const Estate& estate, const CalendarSettings& settings) : estate_(estate), settings_(settings) {}

    std::vector<CalendarEntry> run() {
        for (const SamlProvider& each : estate_.samlProviders()) provider(each);
        for (const Resource& each : estate_.resources())
            if (each.kind == ResourceKind::Secret) secret(each);
        attestations();
        grants();
        std::sort(entries_.begin(), entries_.end(), [](const CalendarEntry& a, const CalendarEntry& b) {
            return std::tie(a.at, a.object, a.kind, a.uid) < std::tie(b.at, b.object, b.kind, b.uid);
        });
        const auto same = std::unique(entries_.begin(), entries_.end(),
                                      [](const auto& a, const auto& b) { return a.uid == b.uid && a.at == b.at; });
        entries_.erase(same, entries_.end());
        return std::move(entries_);
    }

private:
    void add(DateKind kind, UtcTime at, const std::string& object, std::string detail, const Source& source,
             std::size_t count = 1) {
        CalendarEntry entry;
        entry.kind = kind;
        entry.at = at;
        entry.object = object;
        entry.uid = saml::sha256Hex(std::string(dateKindName(kind)) + "\n" + object + "\n" + detail) + "@gatewarden.invalid";
        entry.detail = std::move(detail);
        entry.source = source;
        entry.count = count;
        entries_.push_back(std::move(entry));
    }

    void provider(const SamlProvider& provider) {
        if (const auto until = policy::timeAsAwsWritesIt(provider.validUntil))
            add(DateKind::ProviderValidity, *until, provider.arn, {}, provider.source);
        if (provider.metadata.empty()) return;
        // As of a time at which nothing was over yet: what is past is told, too.
        const auto metadata = saml::parseMetadata(provider.metadata, UtcTime());
        if (!metadata) return;
        if (metadata->validUntil) add(DateKind::MetadataValidity, *metadata->validUntil, provider.arn, {}, provider.source);
        for (const saml::Certificate& each : metadata->signingKeys)
            add(DateKind::SigningCertificate, each.notAfter(), provider.arn, each.fingerprint(), provider.source);
    }

    void secret(const Resource& secret) {
        if (secret.spec.empty()) return;
        const auto spec = parseJson(secret.spec);
        if (!spec || !spec->is_object() || !spec->value("RotationEnabled", false)) return;
        const auto time = [&](const char* name) -> std::optional<UtcTime> {
            const auto member = spec->find(name);
            if (member == spec->end()) return std::nullopt;
            return member->is_string()   ? policy::timeAsAwsWritesIt(member->get_ref<const std::string&>())
                   : member->is_number() ? policy::timeAsAwsWritesIt(member->dump())
                                         : std::nullopt;
        };
        std::optional<UtcTime> next = time("NextRotationDate");
        if (const auto last = time("LastRotatedDate"); !next && last) {
            const auto rules = spec->find("RotationRules");
            constexpr std::int64_t most = 1'000; // AWS's own bound
            if (rules != spec->end() && rules->is_object() && rules->contains("AutomaticallyAfterDays") &&
                (*rules)["AutomaticallyAfterDays"].is_number_integer()) {
                const auto days = (*rules)["AutomaticallyAfterDays"].get<std::int64_t>();
                if (days > 0 && days <= most) next = *last + std::chrono::hours(24 * days);
            }
        }
        if (next) add(DateKind::SecretRotation, *next, secret.arn, {}, secret.source);
    }

    [[nodiscard]] std::optional<UtcTime> attestedAt(const Role& role) const {
        if (const auto known = settings_.attested.find(role.arn); known != settings_.attested.end()) return known->second;
        if (settings_.attestedTag.empty()) return std::nullopt;
        const std::string wanted = foldedAscii(settings_.attestedTag);
        for (const auto& [key, value] : role.tags)
            if (foldedAscii(key) == wanted)
                if (const auto time = policy::timeAsAwsWritesIt(value)) return time;
        return std::nullopt;
    }

    void attestations() {
        std::size_t others = 0;
        for (const Role& each : estate_.roles()) {
            if (!each.trust || isServiceLinked(each)) continue;
            const auto attested = attestedAt(each);
            if (!attested) {
                ++others;
                continue;
            }
            add(DateKind::Attestation, *attested + std::chrono::hours(24 * settings_.attestationDays), each.arn, {},
                each.trust->source);
        }
        if (others > 0) add(DateKind::Attestation, nextQuarter(settings_.now), {}, {}, {}, others);
    }

    void grants() {
        const auto all = [&](const Object& owner, const IdentityPolicies& policies) {
            for (const PolicyDocument& each : policies.inlinePolicies) document(owner.arn, each, policy::DocumentKind::Identity);
        };
        for (const Role& each : estate_.roles()) {
            all(each, each.policies);
            if (each.trust) document(each.arn, *each.trust, policy::DocumentKind::Trust);
        }
        for (const User& each : estate_.users()) all(each, each.policies);
        for (const Group& each : estate_.groups()) all(each, each.policies);
        for (const ManagedPolicy& each : estate_.managedPolicies())
            document(each.arn, each.document, policy::DocumentKind::Identity);
        for (const Resource& each : estate_.resources())
            if (each.policy) document(each.arn, *each.policy, policy::DocumentKind::Resource);
    }

    void document(const std::string& owner, const PolicyDocument& document, policy::DocumentKind kind) {
        if (!document.known) return;
        const auto mentions = [&](std::string_view word) {
            return std::search(document.text.begin(), document.text.end(), word.begin(), word.end(), [](char a, char b) {
                       return (a >= 'A' && a <= 'Z' ? static_cast<char>(a - 'A' + 'a') : a) == b;
                   }) != document.text.end();
        };
        if (!mentions("currenttime") && !mentions("epochtime")) return;
        const auto policy = estate_.compiled(document, kind);
        if (!policy) return;
        for (const policy::StatementText& statement : (*policy)->document().statements()) {
            if (statement.effect == policy::Effect::Deny) continue;
            for (const policy::ConditionText& each : statement.conditions) condition(owner, document, statement, each);
        }
    }

    void condition(const std::string& owner, const PolicyDocument& document, const policy::StatementText& statement,
                   const policy::ConditionText& one) {
        const std::string op = foldedAscii(one.op.text);
        if (!policy::isClock(policy::Key(one.key.text))) return;
        const bool ends = op.starts_with("datelessthan") || op.starts_with("numericlessthan");
        const bool starts = op.starts_with("dategreaterthan") || op.starts_with("numericgreaterthan");
        if (!ends && !starts) return;
        // Of several values any is enough: the latest end, the earliest start.
        std::optional<UtcTime> at;
        for (const policy::Text& each : one.values) {
            const auto milliseconds = policy::parseDate(each.text);
            if (!milliseconds || *milliseconds < 0) continue;
            const UtcTime time = UtcTime::fromUnixMilliseconds(*milliseconds);
            if (!at || (ends ? *at < time : time < *at)) at = time;
        }
        if (!at) return;
        const std::string where = statement.sid ? std::string(statement.sid->text) : std::to_string(statement.index + 1);
        add(ends ? DateKind::GrantEnd : DateKind::GrantStart, *at, owner, document.id() + ", statement " + where,
            document.source);
    }

    const Estate& estate_;
    const CalendarSettings& settings_;
    std::vector<CalendarEntry> entries_;
};

} // namespace

std::vector<CalendarEntry> calendarOf(const Estate& estate, const CalendarSettings& settings) {
    return CalendarMaker(estate, settings).run();
}

} // namespace gw::estate

#include "models/policy/lint/guards.h"

#include "models/policy/arn_pattern.h"
#include "models/policy/federation.h"
#include "models/policy/lint/check.h"
#include "models/policy/values.h"

#include <algorithm>
#include <array>

namespace gw::policy::lint {
namespace {

constexpr std::size_t mostOfOne = 8;

std::optional<ContextValue> one(std::string value) {
    return ContextValue::one(std::move(value));
}

MayHold absentOr(std::string value) {
    return {std::nullopt, one(std::move(value))};
}

// Absent, and a list of this.
MayHold absentOrList(std::string value) {
    return {std::nullopt, ContextValue::many({std::move(value)})};
}

// An ARN that the pattern matches and that is the foreign account's; nothing where the pattern names another.
std::optional<std::string> foreignArn(std::string_view pattern) {
    const auto fill = [](std::string_view text, std::string_view run) {
        std::string filled;
        for (const char each : text) filled += each == '*' ? std::string(run) : std::string(1, each == '?' ? 'x' : each);
        return filled;
    };
    if (pattern == "*") return "arn:aws:sns:eu-central-1:" + std::string(foreignAccount) + ":any";
    const auto parts = ArnParts::split(pattern);
    if (!parts || pattern.find("${") != std::string_view::npos) return std::nullopt;
    const bool own = !parts->account.empty() && !covers(parts->account, foreignAccount);
    // A bucket's ARN has no account: it is anybody's where it has no name either.
    const bool named = parts->account.empty() && !parts->resource.starts_with('*');
    if (own || named) return std::nullopt;
    const std::string account = parts->account.empty() ? std::string() : std::string(foreignAccount);
    return "arn:" + fill(parts->partition, "aws") + ":" + fill(parts->service, "sns") + ":" +
           fill(parts->region, "eu-central-1") + ":" + account + ":" + fill(parts->resource, "any");
}

// Of no network that the document names, but where that is nearly all of them.
std::vector<std::string> elsewhere(const Document& document) {
    std::vector<Network> named;
    for (const std::string_view each : valuesOn(document, "aws:SourceIp"))
        if (const auto network = Network::parse(each); network && network->bits() > 1) named.push_back(*network);
    std::vector<std::string> addresses;
    for (const char* each : {"100.20.30.40", "198.51.100.77", "203.0.113.77", "2001:db8::77"}) {
        const auto address = Network::parse(each);
        if (std::none_of(named.begin(), named.end(), [&](const Network& network) { return network.holds(*address); }))
            addresses.emplace_back(each);
    }
    return addresses;
}

bool isOrganization(std::string_view folded) {
    return folded == "aws:principalorgid" || folded == "aws:sourceorgid";
}

bool isOrganizationPath(std::string_view folded) {
    return folded == "aws:principalorgpaths" || folded == "aws:sourceorgpaths";
}

// What an organization's keys hold elsewhere; nothing for other keys.
std::optional<MayHold> ofAnotherOrganization(std::string_view folded) {
    if (isOrganization(folded)) return absentOr("o-nobodysown0");
    if (isOrganizationPath(folded)) return absentOrList("o-nobodysown0/r-none/ou-none-nobodys0/");
    return std::nullopt;
}

std::optional<MayHold> ofNoSecondFactor(std::string_view folded) {
    if (folded == "aws:multifactorauthpresent") return absentOr("false");
    if (folded == "aws:multifactorauthage") return MayHold{std::nullopt};
    return std::nullopt;
}

bool isFreeForStrangers(std::string_view folded) {
    static constexpr auto free =
        std::to_array<std::string_view>({"aws:currenttime", "aws:epochtime", "aws:referer", "aws:requestedregion",
                                         "aws:tokenissuetime", "aws:useragent", "sts:rolesessionname"});
    return std::find(free.begin(), free.end(), folded) != free.end();
}

} // namespace

std::vector<std::string_view> valuesOn(const Document& document, std::string_view key) {
    std::vector<std::string_view> values;
    for (const StatementText& statement : document.statements())
        for (const ConditionText& condition : statement.conditions)
            if (isKey(condition.key.text, key))
                for (const Text& each : condition.values)
                    if (std::find(values.begin(), values.end(), each.text) == values.end()) values.push_back(each.text);
    return values;
}

ValuesOf ofStranger(const Witnesses& witnesses) {
    MayHold addresses;
    for (std::string& each : elsewhere(witnesses.document())) addresses.push_back(one(std::move(each)));
    return [addresses = std::move(addresses), unlikely = witnesses.unlikely()](const Key& key) -> std::optional<MayHold> {
        const std::string& folded = key.folded();
        if (isFreeForStrangers(folded)) return std::nullopt;
        if (auto values = ofAnotherOrganization(folded)) return values;
        if (auto values = ofNoSecondFactor(folded)) return values;
        if (folded == "aws:sourceip") return addresses;
        if (folded == "aws:securetransport") return MayHold{one("true")};
        if (folded == "aws:userid") return MayHold{one("AROANOBODYSROLE00000:" + unlikely)};
        if (folded == "sts:externalid" || folded == "sts:sourceidentity") return absentOr(unlikely);
        return MayHold{std::nullopt};
    };
}

std::vector<Principal> strangers(const Witnesses& witnesses) {
    std::vector<std::string> texts;
    const std::string start = "arn:aws:iam::" + std::string(foreignAccount) + ":";
    texts.push_back(start + "role/" + witnesses.unlikely());
    texts.push_back(start + "user/" + witnesses.unlikely());
    for (const std::string_view each : valuesOn(witnesses.document(), "aws:PrincipalArn"))
        if (auto arn = foreignArn(each); arn && texts.size() < mostOfOne) texts.push_back(std::move(*arn));
    std::vector<Principal> all;
    for (const std::string& each : texts)
        if (auto principal = Principal::parse(each); principal && principal->belongsToAccount())
            all.push_back(std::move(*principal));
    return all;
}

std::optional<Principal> callerOf(const Principal& named) {
    if (named.kind() != PrincipalKind::Root) return named;
    return Principal::parse("arn:" + named.partition() + ":iam::" + named.account() + ":role/anyone-at-all");
}

ValuesOf withoutConfirmation(const Witnesses& witnesses) {
    return [unlikely = witnesses.unlikely()](const Key& key) -> std::optional<MayHold> {
        if (auto values = ofAnotherOrganization(key.folded())) return values;
        if (key.folded() == "sts:externalid") return absentOr(unlikely);
        return ofNoSecondFactor(key.folded());
    };
}

ValuesOf forAnotherAccount(const Witnesses& witnesses) {
    MayHold sources{std::nullopt};
    for (const std::string_view each : valuesOn(witnesses.document(), "aws:SourceArn"))
        if (auto arn = foreignArn(each); arn && sources.size() < mostOfOne) sources.push_back(one(std::move(*arn)));
    sources.push_back(one("arn:aws:sns:eu-central-1:" + std::string(foreignAccount) + ":" + witnesses.unlikely()));
    return [sources = std::move(sources), unlikely = witnesses.unlikely()](const Key& key) -> std::optional<MayHold> {
        if (auto values = ofAnotherOrganization(key.folded())) return values;
        if (key.folded() == "aws:sourceaccount") return absentOr(std::string(foreignAccount));
        if (key.folded() == "aws:sourcearn") return sources;
        if (key.folded() == "sts:externalid") return absentOr(unlikely);
        return std::nullopt;
    };
}

ValuesOf ofAnyPerson(const Witnesses& witnesses) {
    return [unlikely = witnesses.unlikely()](const Key& key) -> std::optional<MayHold> {
        if (!isPersonKey(key.folded())) return std::nullopt;
        // Every sign-in has these.
        if (key.folded() == "saml:sub" || key.folded() == "sts:rolesessionname") return MayHold{one(unlikely)};
        return MayHold{std::nullopt, one(unlikely)};
    };
}

ValuesOf withAudience(std::string audience) {
    return withValues("saml:aud", {std::move(audience)});
}

ValuesOf withoutKey(std::string_view key) {
    return [wanted = Key(key)](const Key& asked) -> std::optional<MayHold> {
        return asked == wanted ? std::optional(MayHold{std::nullopt}) : std::nullopt;
    };
}

ValuesOf withoutNamed(std::string_view key, std::string unlikely) {
    return [wanted = Key(key), held = absentOr(std::move(unlikely))](const Key& asked) -> std::optional<MayHold> {
        return asked == wanted ? std::optional(held) : std::nullopt;
    };
}

ValuesOf inAnyCircumstances() {
    return [](const Key& key) -> std::optional<MayHold> {
        return isOfTheAsked(key.folded()) ? std::optional(MayHold{std::nullopt}) : std::nullopt;
    };
}

bool isOfTheAsked(std::string_view key) {
    const std::string folded = foldedAscii(key);
    if (!folded.starts_with("aws:")) return true;
    static constexpr auto asked = std::to_array<std::string_view>(
        {"aws:resourcetag/", "aws:requesttag/", "aws:tagkeys", "aws:resource", "aws:calledvia", "aws:viaawsservice"});
    return std::any_of(asked.begin(), asked.end(), [&](std::string_view each) { return folded.starts_with(each); });
}

ValuesOf withValues(std::string_view key, std::vector<std::string> values) {
    MayHold held;
    for (std::string& each : values) held.push_back(one(std::move(each)));
    return [wanted = Key(key), held = std::move(held)](const Key& asked) -> std::optional<MayHold> {
        return asked == wanted ? std::optional(held) : std::nullopt;
    };
}

ValuesOf withAnyTags(const Witnesses& witnesses) {
    return [unlikely = witnesses.unlikely()](const Key& key) -> std::optional<MayHold> {
        const std::string& folded = key.folded();
        if (folded == "aws:tagkeys") return MayHold{ContextValue::many({unlikely})};
        if (folded == "sts:transitivetagkeys") return MayHold{ContextValue::many({unlikely})};
        if (folded.starts_with("aws:requesttag/")) return MayHold{one(unlikely)};
        return std::nullopt;
    };
}

} // namespace gw::policy::lint

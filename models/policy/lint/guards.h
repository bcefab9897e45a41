// What the keys that guard a role or a resource hold where the guard does not: for Witnesses.
#pragma once

#include "models/policy/lint/witness.h"

#include <string>
#include <string_view>
#include <vector>

namespace gw::policy::lint {

// An account that nobody named.
inline constexpr std::string_view foreignAccount = "987654321098";

// Of whoever has an AWS account and nothing more: no tags, no second factor, no secret, another organization, another network.
// What callers choose for themselves or every request has is free.
[[nodiscard]] ValuesOf ofStranger(const Witnesses& witnesses);
// Callers of the foreign account by whom it could be tried: they may give their roles and users any name.
[[nodiscard]] std::vector<Principal> strangers(const Witnesses& witnesses);

// The caller that an entry of AWS stands for: of an account one of its roles.
[[nodiscard]] std::optional<Principal> callerOf(const Principal& named);

// Of a call from a known account: without an external id, a second factor or the organization.
[[nodiscard]] ValuesOf withoutConfirmation(const Witnesses& witnesses);
// Of a service's call for another account than that of the role.
[[nodiscard]] ValuesOf forAnotherAccount(const Witnesses& witnesses);
// Of a sign-in of anybody: no claim that tells one person or group from others has a value that was named.
[[nodiscard]] ValuesOf ofAnyPerson(const Witnesses& witnesses);
// Of a sign-in with this recipient.
[[nodiscard]] ValuesOf withAudience(std::string audience);
// Of one without the key.
[[nodiscard]] ValuesOf withoutKey(std::string_view key);
// Without the key, or with a value that nobody named.
[[nodiscard]] ValuesOf withoutNamed(std::string_view key, std::string unlikely);
// With the key, and one of these values.
[[nodiscard]] ValuesOf withValues(std::string_view key, std::vector<std::string> values);
// Of a sign-in with tags that nobody bounded.
[[nodiscard]] ValuesOf withAnyTags(const Witnesses& witnesses);

// Of somebody under whatever circumstances a caller can be in (a network, an hour, a second factor, tags of their own), and
// without what hangs on the resource or on what is asked for.
[[nodiscard]] ValuesOf inAnyCircumstances();
// Keys that tell of the resource or of what is asked for; all others tell of the caller's circumstances.
[[nodiscard]] bool isOfTheAsked(std::string_view key);

// Values of all conditions of the document on the key.
[[nodiscard]] std::vector<std::string_view> valuesOn(const Document& document, std::string_view key);

} // namespace gw::policy::lint

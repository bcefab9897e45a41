// The steps behind makeQuestion.
#pragma once

#include "models/estate/question.h"

#include <functional>

namespace gw::estate {

// Makes a document ready, where Estate::compiled() is not to keep it.
using Compile = std::function<Result<policy::PolicyRef>(const PolicyDocument&, policy::DocumentKind)>;

// Identity policies and boundary of the principal, and what it is; gaps where something is not known.
void addOwnPolicies(const Estate& estate, Question& question, const Compile& compile = {});
// The service control policies that bind it.
void addPrincipalOrganization(const Estate& estate, Question& question, const Compile& compile = {});
// Both.
void addPrincipalPolicies(const Estate& estate, Question& question, const Compile& compile = {});
// The policy of the resource, or the trust policy of the role that is to be assumed.
void addResourcePolicy(const Estate& estate, Question& question);
// The policy of the network by which a call to a Lattice service comes, and the key that names it.
void addNetwork(const Estate& estate, Question& question);
// The resource control policies of the resource's account.
void addResourceOrganization(const Estate& estate, Question& question);
// Keys that follow from the estate, where the request does not tell them.
void addContext(const Estate& estate, Question& question);

// "arn:…:********3333:…": the account that it must be; nothing where the estate leaves several, or none.
[[nodiscard]] std::string unmasked(const Estate& estate, const policy::Principal& principal, const std::string& resource);
[[nodiscard]] bool isMasked(std::string_view arn);

} // namespace gw::estate

// One line of `gatewardenctl iam eval`: a request with all that decides on it ("gw-iam-case/1"). Beside what every case has:
//   "network"   the auth policy of the VPC Lattice service network, beside that of the service in "resource"
//   "accounts"  {account: {"scp"?, "rcp"?, "management_account"?}}: what an organisation attaches to each. Of them the SCPs of
//               the caller's account and the RCPs of the resource's bind, as if they stood in "scp" and "rcp"
//   "facts"     {"federated_by": ARN of the user who asked for a federated user's session,
//                "lambda_authorizer": account of the authorizer of API Gateway that returned "identity"}
#pragma once

#include "models/policy/answer.h"
#include "models/policy/catalogue.h"
#include "models/policy/source_tree.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace gw::policy {

// Facts: "pointer", and "seen" or "expected". TooMuchWork: that value of the request against so many patterns would take
// minutes; no request that AWS accepts comes near it.
#define GW_CASE_ERRORS(X)                                                                                                        \
    X(EmptyLine, "empty_line")                                                                                                   \
    X(LineTooLong, "line_too_long")                                                                                              \
    X(NotAnObject, "not_an_object")                                                                                              \
    X(UnknownKey, "unknown_key")                                                                                                 \
    X(WrongType, "wrong_type")                                                                                                   \
    X(Missing, "missing")                                                                                                        \
    X(BadPrincipal, "bad_principal")                                                                                             \
    X(BadAction, "bad_action")                                                                                                   \
    X(BadResource, "bad_resource")                                                                                               \
    X(BadAccount, "bad_account")                                                                                                 \
    X(BadSchema, "bad_schema")                                                                                                   \
    X(SaidTwice, "said_twice")                                                                                                   \
    X(DuplicateKey, "duplicate_key")                                                                                             \
    X(BadPolicy, "bad_policy")                                                                                                   \
    X(TooMuchWork, "too_much_work")
GW_ERROR_ENUM(CaseError, "iam_case", GW_CASE_ERRORS);

// Policies come again from line to line: each text is compiled once. Not thread safe.
class PolicyCache {
public:
    // `capacity` in octets of text; what is kept of them takes some thirty times that. Larger policies are not kept.
    explicit PolicyCache(std::size_t capacity = std::size_t{4} << 20U) : capacity_(capacity) {}
    [[nodiscard]] Result<PolicyRef> get(std::string_view text, DocumentKind kind, std::string_view name);

private:
    std::size_t capacity_, kept_ = 0;
    std::string key_;
    std::unordered_map<std::string, Result<PolicyRef>> known_;
};

struct Case {
    std::string id;
    Request request;
    PolicySet policies;
    // BadPolicy, its cause telling what is wrong with the document: that policy is left out of the decision.
    std::vector<Error> errors;
};

// The id is filled in as soon as it is known, so that a refused line can be told by it.
[[nodiscard]] Status readCase(Value line, PolicyCache& cache, const SourceTree& source, Case& into);

// Makes those keys absent that calls of the action never have, and names them as they were written.
[[nodiscard]] std::vector<std::string> ignoreUnknownKeys(Request& request, const Catalogue& catalogue);

} // namespace gw::policy

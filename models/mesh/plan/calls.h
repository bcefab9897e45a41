// Steps as calls of AWS's APIs: what reads the object of a step, what the answers tell, and what changes it (API Reference of IAM,
// API Gateway, VPC Lattice and Lambda).
#pragma once

#include "models/mesh/plan/plan.h"
#include "saml/base/json.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gw::mesh {

// "iam:PutRolePolicy", "apigateway:UpdateRestApi", …: service and operation, in their order.
[[nodiscard]] std::vector<std::string_view> callNames(const Step& step);

// Whether the object is an API of the second generation: HTTP or WebSocket.
[[nodiscard]] bool isSecondGeneration(const Step& step);

enum class CallMethod : std::uint8_t { Get, Post, Put, Patch, Delete };

struct ApiCall {
    std::string_view service, operation;
    CallMethod method = CallMethod::Post;
    std::string path = "/";                                      // encoded
    std::vector<std::pair<std::string, std::string>> parameters; // of IAM's form; else of the query; not encoded
    Json body = Json::object();
};

// What an answer held; nothing: AWS says that there is no such thing.
using Read = std::optional<Json>;

// The call that is still needed to know what the step's object holds, after the answers so far. Nothing: they tell all of it.
[[nodiscard]] std::optional<ApiCall> nextRead(const Step& step, std::span<const Read> answers);

struct Found {
    std::string text;                  // as Step::before has it
    std::string revision;              // of a function's policy, which a change must name
    std::vector<std::string> versions; // of a managed policy, but for the default one; the oldest first
    std::string mark;                  // of a deployment: its description
    bool inactive = false;             // VPC Lattice does not look at the policy
};
[[nodiscard]] Found foundIn(const Step& step, std::span<const Read> answers);

// What takes the step, in order; `mark` is what a deployment is known by afterwards.
[[nodiscard]] std::vector<ApiCall> changeCalls(const Step& step, const Found& found, std::string_view mark);

} // namespace gw::mesh

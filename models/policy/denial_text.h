// A denial as people paste it: AWS's sentence, anywhere in a longer text, or the document that
// sts:DecodeAuthorizationMessage gives. (IAM User Guide, "Troubleshoot access denied error messages")
#pragma once

#include "models/policy/evaluator.h"

#include <optional>
#include <string>
#include <string_view>

namespace gw::policy {

#define GW_DENIAL_ERRORS(X)                                                                                                      \
    X(NotADenial, "not_a_denial")                                                                                                \
    X(Encoded, "encoded")                                                                                                        \
    X(TooLarge, "too_large")                                                                                                     \
    X(BadPrincipal, "bad_principal")
// Encoded: the text holds an encoded message only, which an AWS call must decode first.
GW_ERROR_ENUM(DenialError, "denial", GW_DENIAL_ERRORS);

struct Denial {
    Request request; // "*" as the resource where the text names none
    bool namesResource = false;
    std::optional<Layer> layer; // which AWS says denied or did not allow
    bool explicitDeny = false;
};

[[nodiscard]] Result<Denial> readDenial(std::string_view text);

} // namespace gw::policy

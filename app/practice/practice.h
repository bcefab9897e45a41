// The practice environment: a provider with a login page and real signatures, and an AWS endpoint with a strict STS,
// both on loopback, over an invented organisation. Never used to claim conformance.
#pragma once

#include "models/sessions/providers/provider.h"
#include "saml/base/clock.h"
#include "saml/base/random.h"
#include "saml/base/result.h"

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>

namespace gw::practice {

// Facts: "reason" of CannotListen, "path" of CannotMakeKeys, "where" (a JSON pointer) of BadOrganisation.
#define GW_PRACTICE_ERRORS(X)                                                                                                    \
    X(CannotListen, "cannot_listen")                                                                                             \
    X(CannotMakeKeys, "cannot_make_keys")                                                                                        \
    X(BadOrganisation, "bad_organisation")
GW_ERROR_ENUM(PracticeError, "practice", GW_PRACTICE_ERRORS);

// How the practice servers misbehave, so that errors can be seen and tested.
struct Misbehaviour {
    enum class Response {
        Good,
        Expired,
        NotYetValid,
        WrongAudience,
        WrongRecipient,
        WrongSignature,
        UnknownKey,
        NoRoles,
        MalformedRole,
        TwoAssertions,
        Doctype,
        Truncated,
        NotBase64,
        Oversized,
        Encrypted
    };
    enum class Sts { Good, Throttled, ServerError, AccessDenied, RegionDisabled, Garbage };
    Response response = Response::Good;
    Sts sts = Sts::Good;
    std::chrono::milliseconds providerDelay{0};
    std::chrono::milliseconds stsDelay{0};
    std::chrono::seconds clockOffset{0}; // of both servers
};

class Practice {
public:
    // `folder` holds the keys, made at the first start (mode 0600), which takes some 100 ms. Both servers run in a thread
    // of their own: `clock` and `random` are used from there and must outlive the object. May be called from any thread.
    [[nodiscard]] static Result<std::unique_ptr<Practice>> start(const std::filesystem::path& folder, const Clock& clock,
                                                                 Random& random);
    virtual ~Practice() = default;

    // Ready to be used as any other: login URL, metadata URL, STS endpoint.
    [[nodiscard]] virtual sessions::Provider provider() const = 0;
    [[nodiscard]] virtual std::string awsEndpoint() const = 0;
    // From the next request on. Thread safe.
    virtual void misbehave(const Misbehaviour& how) = 0;
};

} // namespace gw::practice

// One question: may this principal do this action on this resource, under these circumstances?
#pragma once

#include "models/policy/arn_pattern.h"
#include "models/policy/context.h"
#include "models/policy/principal.h"
#include "models/policy/scope.h"
#include "saml/base/utc_time.h"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gw::policy {

// What the documents cannot tell.
struct Facts {
    bool anonymous = false;         // no credentials
    bool serviceLinkedRole = false; // exempt from the organisation's policies
    bool managementAccount = false; // the principal's account manages the organisation
    // The account of the Lambda authorizer of API Gateway that vouches for a caller without credentials; its policies are those
    // that the authorizer returned. Empty: there is none.
    std::string lambdaAuthorizer;
    friend bool operator==(const Facts&, const Facts&) = default;
};

struct Request {
    Principal principal;
    std::string action;          // "service:Action", case does not matter
    std::string resource;        // an ARN, or "*"
    std::string resourceAccount; // where the ARN does not tell; empty: the principal's own
    Context context;
    Facts facts;
};

// The account that owns the resource: as told, as the ARN says, or the caller's own, since some ARNs, such as a bucket's, name
// none. Empty where nothing tells.
[[nodiscard]] std::string_view resourceAccountOf(const Request& request, const std::optional<ArnParts>& resource);

struct WorldRules {
    // A closed world: keys that are not supplied and do not follow from the request are absent from it.
    bool complete = false;
    // For aws:CurrentTime and aws:EpochTime; where it is missing they are as unknown as any other key.
    std::optional<UtcTime> now;
    // Which keys calls have, which actions have resources, and which services resource control policies bind; may be null.
    const Catalogue* catalogue = nullptr;
};

// A request made ready for many policies. Borrows the request.
class RequestView {
public:
    RequestView(const Request& request, const WorldRules& world);
    RequestView(const RequestView&) = delete;
    RequestView& operator=(const RequestView&) = delete;

    [[nodiscard]] const Request& request() const { return *request_; }
    [[nodiscard]] const Principal& principal() const { return request_->principal; }
    // In lower case.
    [[nodiscard]] std::string_view action() const { return action_; }
    [[nodiscard]] std::string_view service() const { return action().substr(0, action().find(':')); }
    [[nodiscard]] std::string_view resource() const { return request_->resource; }
    [[nodiscard]] const std::optional<ArnParts>& resourceParts() const { return parts_; }
    [[nodiscard]] std::string_view resourceAccount() const { return resourceAccount_; }
    [[nodiscard]] bool sameAccount() const { return sameAccount_; }
    // The same request for another action, such as sts:TagSession beside an AssumeRole.
    void setAction(std::string_view folded) {
        action_ = folded;
        wildcardOnly_.reset();
    }
    // Whether the action is known to have no resource, so that only "*" in a policy means it.
    [[nodiscard]] bool isWildcardOnly() const;
    [[nodiscard]] const Catalogue* catalogue() const { return catalogue_; }
    [[nodiscard]] Scope& scope() { return scope_; }
    [[nodiscard]] const Scope& scope() const { return scope_; }

private:
    void derive(const WorldRules& world);
    void add(const Key& key, std::string_view value) { derived_[derivedCount_++] = {&key, value}; }
    void addAbsent(const Key& key) { derived_[derivedCount_++] = {&key, {}, true}; }

    const Request* request_;
    std::string action_, asked_;
    const Catalogue* catalogue_;
    mutable std::optional<bool> wildcardOnly_;
    std::optional<ArnParts> parts_;
    std::string_view resourceAccount_;
    bool sameAccount_ = true;
    std::array<DerivedKey, 12> derived_;
    std::size_t derivedCount_ = 0;
    std::string userId_, currentTime_, epochTime_;
    Scope scope_;
};

} // namespace gw::policy

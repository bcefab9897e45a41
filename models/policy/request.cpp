#include "models/policy/request.h"

#include "models/policy/catalogue.h"
#include "models/policy/unknown_place.h"

namespace gw::policy {
namespace {

struct Keys {
    Key principalArn{"aws:PrincipalArn"}, principalAccount{"aws:PrincipalAccount"}, principalType{"aws:PrincipalType"},
        username{"aws:username"}, isService{"aws:PrincipalIsAWSService"}, serviceName{"aws:PrincipalServiceName"},
        resourceAccount{"aws:ResourceAccount"}, viaService{"aws:ViaAWSService"}, userId{"aws:userid"}, currentTime{"aws:CurrentTime"},
        epochTime{"aws:EpochTime"}, organization{"aws:PrincipalOrgID"}, organizationPaths{"aws:PrincipalOrgPaths"};
};

const Keys& keys() {
    static const Keys all;
    return all;
}

std::string_view typeOf(PrincipalKind kind) {
    switch (kind) {
    case PrincipalKind::Anonymous:
        return "Anonymous";
    case PrincipalKind::Root:
        return "Account";
    case PrincipalKind::User:
        return "User";
    case PrincipalKind::Role:
    case PrincipalKind::RoleSession:
        return "AssumedRole";
    case PrincipalKind::FederatedUser:
        return "FederatedUser";
    default:
        return {};
    }
}

} // namespace

std::string_view resourceAccountOf(const Request& request, const std::optional<ArnParts>& resource) {
    std::string_view account = request.resourceAccount;
    if (account.empty() && resource) account = resource->account;
    return account.empty() || account == "aws" ? std::string_view(request.principal.account()) : account;
}

RequestView::RequestView(const Request& request, const WorldRules& world)
    : request_(&request), action_(foldedAscii(request.action)), catalogue_(world.catalogue), parts_(ArnParts::split(request.resource)),
      scope_(request.context, {}, world.complete) {
    resourceAccount_ = resourceAccountOf(request, parts_);
    sameAccount_ = !resourceAccount_.empty() && resourceAccount_ == request.principal.account();
    derive(world);
    if (catalogue_ != nullptr) asked_ = action_;
    scope_ = Scope(request.context, std::span(derived_.data(), derivedCount_), world.complete, catalogue_, asked_);
}

bool RequestView::isWildcardOnly() const {
    if (!wildcardOnly_) wildcardOnly_ = catalogue_ != nullptr && catalogue_->isWildcardOnly(action_);
    return *wildcardOnly_;
}

void RequestView::derive(const WorldRules& world) {
    const Keys& known = keys();
    const Principal& caller = principal();
    if (caller.belongsToAccount() && caller.account() != unknownAccount) {
        add(known.principalArn, caller.principalArn());
        add(known.principalAccount, caller.account());
    }
    if (const std::string_view type = typeOf(caller.kind()); !type.empty()) add(known.principalType, type);
    if (caller.kind() == PrincipalKind::User) add(known.username, caller.name());
    // Of the others it is not in the ARN (IAM User Guide, "Variables and tags", "Principal key values").
    if (caller.kind() == PrincipalKind::Root) add(known.userId, caller.account());
    if (caller.kind() == PrincipalKind::Anonymous) add(known.userId, "anonymous");
    if (caller.kind() == PrincipalKind::FederatedUser) {
        userId_ = caller.account();
        userId_ += ':';
        userId_ += caller.name();
        add(known.userId, userId_);
    }
    // Anonymous requests have an account and a type, too; what only signed ones have, and the name that only users have, is not
    // unknown but absent (IAM User Guide, "AWS global condition context keys").
    if (caller.kind() == PrincipalKind::Anonymous) {
        add(known.principalAccount, "anonymous");
        for (const Key* key : {&known.principalArn, &known.isService, &known.organization, &known.organizationPaths})
            addAbsent(*key);
    }
    if (caller.kind() != PrincipalKind::User && (caller.belongsToAccount() || caller.kind() == PrincipalKind::Anonymous))
        addAbsent(known.username);
    if (caller.belongsToAccount() || caller.kind() == PrincipalKind::Service)
        add(known.isService, caller.kind() == PrincipalKind::Service ? "true" : "false");
    if (caller.kind() == PrincipalKind::Service) add(known.serviceName, caller.text());
    if (!resourceAccount_.empty() && resourceAccount_ != unknownAccount) add(known.resourceAccount, resourceAccount_);
    add(known.viaService, "false");
    if (!world.now) return;
    currentTime_ = world.now->toRfc3339();
    epochTime_ = std::to_string(world.now->unixSeconds());
    add(known.currentTime, currentTime_);
    add(known.epochTime, epochTime_);
}

} // namespace gw::policy

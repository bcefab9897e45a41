#include "models/estate/inventory.h"

#include <algorithm>
#include <tuple>

namespace gw::estate {
namespace {

const char* actionFor(ResourceKind kind) {
    switch (kind) {
    case ResourceKind::RestApi:
    case ResourceKind::HttpApi:
    case ResourceKind::WebSocketApi:
    case ResourceKind::Route:
        return "execute-api:Invoke";
    case ResourceKind::Function:
        return "lambda:InvokeFunction";
    case ResourceKind::Bucket:
        return "s3:ListBucket";
    case ResourceKind::Key:
        return "kms:Decrypt";
    case ResourceKind::Queue:
        return "sqs:SendMessage";
    case ResourceKind::Topic:
        return "sns:Publish";
    case ResourceKind::Secret:
        return "secretsmanager:GetSecretValue";
    case ResourceKind::LatticeService:
        return "vpc-lattice-svcs:Invoke";
    case ResourceKind::VirtualNode:
    case ResourceKind::VirtualGateway:
        return "appmesh:StreamAggregatedResources";
    default:
        return "";
    }
}

std::string accountName(const Estate& estate, const std::string& id) {
    const Account* account = estate.account(id);
    return account == nullptr || account->name.empty() ? id : account->name;
}

} // namespace

std::vector<PrincipalItem> principalsOf(const Estate& estate) {
    std::vector<PrincipalItem> items;
    items.reserve(estate.roles().size() + estate.users().size());
    const auto add = [&](const Object& each, policy::PrincipalKind kind) {
        items.push_back({each.arn, each.name, each.account, accountName(estate, each.account), kind});
    };
    for (const Role& each : estate.roles()) add(each, policy::PrincipalKind::Role);
    for (const User& each : estate.users()) add(each, policy::PrincipalKind::User);
    std::sort(items.begin(), items.end(), [](const PrincipalItem& a, const PrincipalItem& b) {
        return std::tie(a.accountName, a.name, a.arn) < std::tie(b.accountName, b.name, b.arn);
    });
    return items;
}

std::vector<ResourceItem> resourcesOf(const Estate& estate) {
    std::vector<ResourceItem> items;
    items.reserve(estate.resources().size());
    for (const Resource& each : estate.resources()) {
        ResourceItem item{each.arn,  each.name,           {}, each.account, accountName(estate, each.account), each.region,
                          each.kind, actionFor(each.kind)};
        if (each.kind == ResourceKind::Route) {
            const Resource* api = estate.resourceFor(each.arn);
            item.parent = (api == nullptr || api->name.empty() ? each.api : api->name) + ", " + each.stage;
        }
        items.push_back(std::move(item));
    }
    std::sort(items.begin(), items.end(), [](const ResourceItem& a, const ResourceItem& b) {
        return std::tie(a.accountName, a.kind, a.parent, a.name, a.arn) <
               std::tie(b.accountName, b.kind, b.parent, b.name, b.arn);
    });
    return items;
}

} // namespace gw::estate

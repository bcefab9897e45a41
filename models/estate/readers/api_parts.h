// What the readers of both generations of API Gateway share: parts of an API wait until all files are read, since account,
// region and stages come from others.
#pragma once

#include "models/estate/readers/described.h"

#include <string>
#include <string_view>

namespace gw::estate {

// "arn:aws:execute-api:REGION:ACCOUNT:ID", which requests to the API begin with.
[[nodiscard]] std::string apiArn(const std::string& region, const std::string& account, const std::string& id);

// The one that the file's name tells; null, and a problem, where it tells none.
[[nodiscard]] PendingApi* pendingApi(const DumpFile& file, const Node& root, ResourceKind kind, Reading& into);

[[nodiscard]] Authorization authorizationOf(const Node& node, std::string_view type, std::string_view authorizer,
                                            std::string_view scopes, std::string_view apiKey);

void addPart(const DumpFile& file, const Node& node, ResourceKind kind, std::string_view id, std::string_view name, PendingApi& api);
void addDomain(const DumpFile& file, const Node& node, std::string_view nameMember, Reading& into);
// Paths of the domain in the file's name to APIs: "mappings" in the domain's spec.
void addMappings(const DumpFile& file, const Node& items, Reading& into);

} // namespace gw::estate

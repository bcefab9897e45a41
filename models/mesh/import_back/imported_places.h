// What resources of policies are in the map: routes, services, functions, tasks; and the sections that name them.
#pragma once

#include "models/mesh/import_back/imported.h"

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gw::mesh {

struct RoutePlace {
    std::string region, account, api, stage;
    std::string method; // "*": any
    std::string path;   // as the map writes it; empty: all
    [[nodiscard]] std::string object() const { return "arn:aws:apigateway:" + region + "::/restapis/" + api; }
};
// Nothing where the map would write another resource for it.
[[nodiscard]] std::optional<RoutePlace> routePlaceOf(std::string_view resource);

struct LatticePlace {
    std::string service, path; // path as the map writes it; empty: all
};
[[nodiscard]] std::optional<LatticePlace> latticePlaceOf(std::string_view resource);

// Of one function, its alias or its version.
[[nodiscard]] bool isFunctionWord(std::string_view arn);
// What an edge can name in place as an ARN.
[[nodiscard]] bool isArnWord(std::string_view resource);
// "role:ARN", "account:ID", "service:NAME", "anyone"; empty: the map has no word for it.
[[nodiscard]] std::string callerWord(std::string_view principal);

// Sections that edges need, each once.
class NodeBook {
public:
    static constexpr std::string_view routePrefix = "route-";
    [[nodiscard]] static std::vector<std::string> everyMethod();

    explicit NodeBook(std::set<std::string> taken) : taken_(std::move(taken)) {}
    // The id of each.
    std::string route(const RoutePlace& place);
    std::string service(const std::string& arn, const std::string& network, std::uint16_t port);
    // Of `on`: the ARN itself where it means no more than the ARN there.
    std::string resource(const std::string& pattern);
    std::string functionUrl(const std::string& arn);
    std::string task(const std::string& arn, const std::string& cluster, const std::vector<std::string>& passes);
    std::string provider(const std::string& arn, const std::vector<std::string>& audiences);
    std::string claim(const std::string& key, const std::vector<std::string>& values);
    std::string role(const std::string& arn, const std::vector<std::string>& providers, bool tags, bool sourceIdentity);
    void workload(const std::string& role, std::string_view runsOn);
    // Of a task that is in the book already.
    [[nodiscard]] std::vector<std::string> passesOf(const std::string& task) const;
    [[nodiscard]] std::vector<ImportedNode> take() { return std::move(nodes_); }

private:
    std::string add(std::string_view kind, std::string_view name, const std::string& entries);
    std::set<std::string> taken_;
    std::vector<ImportedNode> nodes_;
    std::map<std::string, std::string> ids_; // by kind and entries
    std::map<std::string, std::vector<std::string>> passes_;
};

} // namespace gw::mesh

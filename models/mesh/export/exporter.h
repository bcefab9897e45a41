// What every format for AWS shares: artefacts taken apart, and what the estate knows of what they are about.
#pragma once

#include "models/estate/estate.h"
#include "models/mesh/export/export.h"
#include "saml/base/json.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gw::mesh {

struct DeployedAt {
    std::string account, region;
    friend auto operator<=>(const DeployedAt&, const DeployedAt&) = default;
    [[nodiscard]] std::string folder() const { return account + '/' + region + '/'; }
};

struct RoleName {
    std::string partition, account, path, name; // path "/" or "/…/"
    [[nodiscard]] DeployedAt at() const;
};

struct ApiName {
    std::string partition, account, region, id;
    bool rest = true;
    [[nodiscard]] DeployedAt at() const { return {account, region}; }
    // As the estate has it.
    [[nodiscard]] std::string arn() const { return "arn:" + partition + ":execute-api:" + region + ':' + account + ':' + id; }
};

// A route that must ask for the caller's signature, or must not, and does not do so yet.
struct RouteChange {
    const estate::Resource* route = nullptr;
    std::string authorization;
};

struct ApiRoutes {
    std::vector<RouteChange> changes;
    std::vector<std::string> stages; // that the map names, or all that there are
    bool known = true;               // false: nothing tells the routes, or the ids of all
};

class Exporter {
public:
    Exporter(const Compilation& compilation, const estate::Estate* estate) : compilation_(compilation), estate_(estate) {}
    virtual ~Exporter() = default;
    Exporter(const Exporter&) = delete;
    Exporter& operator=(const Exporter&) = delete;
    [[nodiscard]] Export run();

protected:
    virtual void trust(const Artefact& artefact, const RoleName& role) = 0;
    virtual void inlinePolicy(const Artefact& artefact, const RoleName& role) = 0;
    // `arn` is that of the policy, as a plan has it.
    virtual void managedPolicy(const Artefact& artefact, const RoleName& role, const std::string& arn) = 0;
    virtual void apiPolicy(const Artefact& artefact, const ApiName& api) = 0;
    virtual void routes(const Artefact& artefact, const ApiName& api, const ApiRoutes& routes) = 0;
    virtual void authPolicy(const Artefact& artefact, const DeployedAt& at, bool network) = 0;
    // Each as AddPermission takes it, without the function (plan/permission.h).
    virtual void permissions(const Artefact& artefact, const DeployedAt& at, const std::vector<Json>& permissions) = 0;
    virtual void finish() = 0;

    void lose(const Artefact& artefact, ExportLossKind kind, bool carried = false);
    void write(std::string path, const Json& document);
    // Null: it is not there, or nothing tells.
    [[nodiscard]] const estate::Role* existing(const RoleName& role) const;
    [[nodiscard]] bool has(const RoleName& role, std::string_view inlinePolicy) const;
    [[nodiscard]] const estate::Resource* existing(std::string_view arn) const;
    [[nodiscard]] bool isPolicyThere(std::string_view managedArn) const;
    // A statement of that name in the function's policy.
    [[nodiscard]] bool isStatementThere(std::string_view function, std::string_view id) const;
    [[nodiscard]] const estate::Estate* estate() const { return estate_; }

private:
    void one(const Artefact& compiled);
    // With what others have written in the same place, as a plan leaves it there.
    [[nodiscard]] Artefact besideOthers(const Artefact& artefact, const std::optional<RoleName>& role) const;

    const Compilation& compilation_;
    const estate::Estate* estate_;
    Export export_;
};

// Of an artefact about an API; others of the compilation tell its account.
[[nodiscard]] std::optional<ApiName> apiNameOf(const Artefact& artefact, const Compilation& compilation);
[[nodiscard]] ApiRoutes routesOf(const Artefact& artefact, const ApiName& api, const estate::Estate* live);
// Of the artefact, as an object and as one line.
[[nodiscard]] Json documentOf(const Artefact& artefact);
[[nodiscard]] std::string lineOf(const Artefact& artefact);
// "/gatewarden/" and the name, out of a policy's ARN.
struct PolicyName {
    std::string path, name;
};
[[nodiscard]] PolicyName policyNameOf(std::string_view arn);
// A function's ARN without its alias or version, and that.
struct FunctionName {
    std::string arn, name, qualifier;
};
[[nodiscard]] FunctionName functionNameOf(std::string_view arn);
// What is no letter or digit is `instead`, or left out where that is 0; another name where this one was given out already.
[[nodiscard]] std::string freshName(std::string_view name, char instead, std::set<std::string>& taken);

[[nodiscard]] Export cloudFormationOf(const Compilation& compilation, const estate::Estate* estate);
[[nodiscard]] Export terraformOf(const Compilation& compilation, const estate::Estate* estate);
[[nodiscard]] Export cliInputOf(const Compilation& compilation, const estate::Estate* estate);

} // namespace gw::mesh

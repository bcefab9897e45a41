// Terraform's objects put into an estate: what a state or plan manages (terraform_identities.cpp, terraform_services.cpp) and
// what it looked up (terraform_lookups.cpp).
#pragma once

#include "models/estate/sources/declared.h"

#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gw::estate {

class TerraformReader {
public:
    TerraformReader(const DumpFile& file, const std::shared_ptr<const SourceFile>& source, TemplatePlace place, EstateParts& parts)
        : file_(file), declared_(parts, source, std::move(place)), parts_(parts) {}
    void state(const Node& root);
    // `before`: of a plan, where what it looked up stands.
    void shown(const Node& values, const Node& before);
    // What a configuration in JSON says in so many words; an expression in it is unknown.
    void configured(const Node& resources);

private:
    void module(const Node& node, bool managed, std::size_t depth);
    void keep(const Node& resource, const Node& attributes, bool managed);
    // What was looked up exists, whoever declares it; what the look-up does not tell of it stays unknown. What is declared in
    // the same state comes after it, and wins. False: of a type that is not read.
    [[nodiscard]] bool existing(std::string_view type, const Datum& values);
    void existingPrincipal(std::string_view kind, const std::string& name, const std::string& arn, const Datum& values);
    void existingApi(bool rest, const Datum& values);
    void existingContainer(std::string_view kind, const std::string& arn, const Datum& values);
    [[nodiscard]] bool existingStore(std::string_view kind, const std::string& arn, const Datum& values);
    void run();
    void one(std::string_view type, const Datum& values);
    // In a plan the ARN is not known before it is carried out.
    [[nodiscard]] std::string arnOr(const Datum& values, std::string_view service, const std::string& resource, bool region = true) const;
    [[nodiscard]] static std::string pathOf(const Datum& values);
    // What a plan does not know yet is left out of it.
    [[nodiscard]] static Datum orUnknown(const Datum& values, std::string_view name);
    void identity(std::string_view kind, const Datum& values);
    [[nodiscard]] static Declared::Owner ownerOf(std::string_view word) { return word == "role" ? Declared::Owner::Role : word == "user" ? Declared::Owner::User : Declared::Owner::Group; }
    void member(const Datum& user, const Datum& group);
    void principal(std::string_view kind, const Datum& values);
    // Whether a policy of that owner is declared as a resource of its own.
    [[nodiscard]] bool isBeside(std::string_view kind, const std::string& owner, std::string_view policy);
    void mesh(std::string_view kind, const Datum& values);
    [[nodiscard]] static std::string meshPath(std::string_view kind, const Datum& values);
    void lattice(std::string_view kind, const Datum& values);
    [[nodiscard]] std::string apiArn(std::string_view id) const { return declared_.arn("execute-api", id); }
    void stage(std::string_view type, const Datum& values);
    void gateway(std::string_view kind, const Datum& values);
    void route(const std::string& api, const std::string& method, const std::string& path, const Datum& values, std::string_view authorization);
    void function(std::string_view kind, const Datum& values);
    [[nodiscard]] std::string functionArn(std::string_view written) const;
    void container(std::string_view kind, const Datum& values);
    void storage(std::string_view kind, const Datum& values);
    void store(ResourceKind kind, std::string arn, std::string name, const Datum& values);

    const DumpFile& file_;
    Declared declared_;
    EstateParts& parts_;
    std::vector<std::pair<std::string, Datum>> resources_;
    std::map<std::string, std::vector<std::string>, std::less<>> stages_; // by API
    std::map<std::string, std::string, std::less<>> paths_;               // by id of the resource
    std::set<std::string, std::less<>> beside_;
};

// Whether objects of the type are looked at; never those that are secrets.
[[nodiscard]] bool isReadType(std::string_view type);

} // namespace gw::estate

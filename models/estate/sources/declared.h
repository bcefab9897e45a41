// What templates and states declare, put together under the names that AWS will know it by: policies that are declared beside
// their roles come to them, whatever the order.
#pragma once

#include "models/estate/estate_parts.h"
#include "models/estate/sources/datum.h"
#include "models/estate/sources/template_values.h"

#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace gw::estate {

class Declared {
public:
    Declared(EstateParts& parts, std::shared_ptr<const SourceFile> file, TemplatePlace place);

    enum class Owner { Role, User, Group };

    // The one of that name, new where there is none. A name may be an ARN.
    [[nodiscard]] Role& role(std::string_view name, const Datum& at);
    [[nodiscard]] User& user(std::string_view name, const Datum& at);
    [[nodiscard]] Group& group(std::string_view name, const Datum& at);
    [[nodiscard]] IdentityPolicies& policiesOf(Owner owner, std::string_view name, const Datum& at);
    void attach(Owner owner, const Datum& name, const Datum& policyArn);
    void addInline(Owner owner, const Datum& name, std::string policyName, const Datum& document);
    void addManagedPolicy(std::string arn, std::string name, const Datum& document);

    [[nodiscard]] Resource& resource(ResourceKind kind, std::string arn, std::string name, const Datum& at);
    // By its ARN; new where there is none.
    void setPolicy(ResourceKind kind, const std::string& arn, const Datum& document);
    // A statement of a function's policy, as add-permission makes it.
    void addPermission(const std::string& functionArn, const Datum& permission);
    // Names where a resource has a role.
    static void use(Resource& resource, std::string slot, const Datum& role);

    [[nodiscard]] PolicyDocument document(const Datum& value, std::string name, std::string arn, std::string owner) const;
    [[nodiscard]] Source at(const Datum& datum) const { return {file_, datum.pointer, datum.position}; }
    [[nodiscard]] std::string arn(std::string_view service, std::string_view resource, bool region = true) const;
    [[nodiscard]] const TemplatePlace& place() const { return place_; }
    [[nodiscard]] EstateParts& parts() { return parts_; }
    // What is declared in several pieces becomes one.
    void finish();

private:
    EstateParts& parts_;
    std::shared_ptr<const SourceFile> file_;
    TemplatePlace place_;
    std::map<std::string, std::size_t, std::less<>> roles_, users_, groups_, resources_;
    struct Permissions {
        std::string statements;
        bool known = true;
        Source source;
    };
    std::map<std::string, Permissions, std::less<>> permissions_; // by function
};

// For `spec`: in the spelling of AWS's interfaces, without the values of environment and stage variables.
[[nodiscard]] std::string specOf(Datum properties);
[[nodiscard]] Tags tagsIn(const Datum& tags);

} // namespace gw::estate

// The resources of a template put into an estate.
#pragma once

#include "models/estate/sources/declared.h"
#include "models/estate/sources/template_values.h"

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace gw::estate {

class TemplateReader {
public:
    TemplateReader(const Datum& root, TemplatePlace place, const std::shared_ptr<const SourceFile>& file, EstateParts& parts, const TemplateExports* exports)
        : root_(root), values_(root, place, exports), declared_(parts, file, place), parts_(parts) {}
    void run();

private:
    [[nodiscard]] bool isMade(const Datum& resource);
    [[nodiscard]] std::string arnText(std::string_view logicalId);
    void one(const std::string& logicalId, const Datum& resource);
    void identity(const std::string& logicalId, std::string_view kind, const Datum& properties, const Datum& resource);
    // What a role, a user and a group have alike.
    void principal(Declared::Owner owner, const std::string& name, const Datum& properties, const Datum& resource);
    void policy(const std::string& logicalId, std::string_view kind, const Datum& properties);
    void mesh(const std::string& logicalId, std::string_view kind, const Datum& properties, const Datum& resource);
    void lattice(const std::string& logicalId, std::string_view kind, const Datum& properties, const Datum& resource);
    std::string apiArn(std::string_view id) const { return declared_.arn("execute-api", id); }
    void stage(const std::string& logicalId, const Datum& resource);
    [[nodiscard]] static bool isServerlessApi(std::string_view type) { return type == "AWS::Serverless::Api" || type == "AWS::Serverless::HttpApi"; }
    void api(const std::string& logicalId, std::string_view type, const Datum& properties, const Datum& resource);
    // What SAM adds to the routes that say nothing themselves.
    [[nodiscard]] static Datum withDefault(const Datum& auth, Datum route);
    void authorizer(const std::string& api, const std::string& id, const std::string& name, const Datum& properties, const Datum& at);
    void gateway(const std::string& logicalId, std::string_view kind, const Datum& properties, const Datum& resource);
    // By the resources above it, as far as the template has them.
    [[nodiscard]] std::string pathOf(std::string_view id, std::size_t depth);
    void route(const std::string& api, const std::string& method, const std::string& path, const Datum& properties, const Datum& resource);
    void function(const std::string& logicalId, std::string_view type, const Datum& properties, const Datum& resource);
    // Of a name or an ARN, without an alias.
    [[nodiscard]] std::string functionArn(std::string_view written) const;
    // The role that SAM makes for a function that has none.
    [[nodiscard]] std::string functionRole(const std::string& logicalId, const Datum& properties, const Datum& resource);
    void container(const std::string& logicalId, std::string_view kind, const Datum& properties, const Datum& resource);
    void storage(const std::string& logicalId, std::string_view type, const Datum& properties, const Datum& resource);

    const Datum& root_;
    TemplateValues values_;
    Declared declared_;
    EstateParts& parts_;
    std::map<std::string, std::vector<std::string>, std::less<>> stages_; // by API
    std::map<std::string, std::string, std::less<>> paths_;
};

} // namespace gw::estate

// Which services, actions, resource types and condition keys AWS has. Data, not code: resources/catalogue/catalogue.jsonl,
// made by resources/scripts/catalogue.py, can be replaced without a rebuild.
#pragma once

#include "models/policy/source_tree.h"
#include "saml/base/result.h"

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace gw::policy {

#define GW_CATALOGUE_ERRORS(X)                                                                                                   \
    X(NotACatalogue, "not_a_catalogue")                                                                                          \
    X(BadLine, "bad_line")
GW_ERROR_ENUM(CatalogueError, "catalogue", GW_CATALOGUE_ERRORS);

enum class KeyType { String, Arn, Bool, Numeric, Date, IpAddress, Binary };

struct KeyInfo {
    std::string name; // "aws:RequestTag/${TagKey}": what stands in ${…} may be any text
    std::string folded;
    KeyType type = KeyType::String;
    bool list = false; // several values in one request: needs ForAllValues or ForAnyValue
    // Whether a key of a policy or request, in any case, is this one.
    [[nodiscard]] bool covers(std::string_view key) const;
    // The same for a key in lower case.
    [[nodiscard]] bool coversFolded(std::string_view key) const;
};

enum class AccessLevel { Read, List, Write, Tagging, PermissionsManagement };

struct ResourceType {
    std::string name;
    std::string arn; // "arn:${Partition}:iam::${Account}:role/${RoleNameWithPath}"
    std::vector<std::size_t> keys;
    // Whether an ARN can be one of this type.
    [[nodiscard]] bool covers(std::string_view resource) const;
};

struct ActionInfo {
    struct Use {
        std::size_t type = 0;
        bool required = false;
    };
    std::string name;
    AccessLevel level = AccessLevel::Read;
    std::vector<Use> types; // empty: the action has no resource but "*"
    std::vector<std::size_t> keys;
};

struct ServiceInfo {
    std::string prefix, name;
    std::vector<KeyInfo> keys;
    std::vector<ResourceType> types;
    std::map<std::string, ActionInfo, std::less<>> actions; // by the folded name
    [[nodiscard]] const ActionInfo* action(std::string_view foldedName) const;
};

// Thread safe; a service is read when it is first asked for.
class Catalogue {
public:
    [[nodiscard]] static Result<std::unique_ptr<Catalogue>> read(std::string text);

    // "2026-09-26"
    [[nodiscard]] const std::string& date() const { return date_; }
    [[nodiscard]] const std::string& source() const { return source_; }
    // In the order of their prefixes.
    [[nodiscard]] std::vector<std::string_view> services() const;
    // By the prefix in lower case; null where there is none.
    [[nodiscard]] const ServiceInfo* service(std::string_view prefix) const;
    // "service:Action" in any case.
    [[nodiscard]] const ActionInfo* action(std::string_view name) const;
    [[nodiscard]] bool isUnderRcp(std::string_view service) const { return rcp_.contains(service); }
    // Of the keys that are not a service's own.
    [[nodiscard]] const KeyInfo* globalKey(std::string_view key) const;
    // The key for this action, or a global one; nothing where the request of such a call does not have it.
    [[nodiscard]] const KeyInfo* key(std::string_view action, std::string_view key) const;
    // The key, whatever action it belongs to.
    [[nodiscard]] const KeyInfo* anyKey(std::string_view key) const;
    // False only where a call of this action, as the catalogue knows it, never has this key of a service. Both in lower case.
    [[nodiscard]] bool mayHave(std::string_view foldedAction, std::string_view foldedKey) const;
    // Whether the action is known and has no resource but "*". In lower case.
    [[nodiscard]] bool isWildcardOnly(std::string_view foldedAction) const;

private:
    Catalogue() = default;
    [[nodiscard]] const KeyInfo* actionKey(std::string_view foldedAction, std::string_view foldedKey) const;
    struct Line {
        std::string_view text;
        std::unique_ptr<ServiceInfo> service;
    };
    std::string text_, date_, source_;
    std::set<std::string, std::less<>> rcp_;
    std::vector<KeyInfo> global_;
    std::map<std::string, std::set<std::string>, std::less<>> foreign_;
    mutable std::mutex mutex_;
    mutable std::map<std::string, Line, std::less<>> lines_;
};

} // namespace gw::policy

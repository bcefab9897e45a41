#include "models/cloud/aws/xml_answer.h"

#include "saml/base/percent.h"

#include <QByteArray>
#include <QString>
#include <QXmlStreamReader>

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <vector>

namespace gw::cloud {
namespace {

constexpr std::size_t maxDepth = 32;

template <std::size_t N>
bool isOneOf(std::string_view name, const std::array<std::string_view, N>& names) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

// What the XML does not tell: which empty elements are lists, and which texts are no strings (service models of IAM, SNS, S3,
// EC2).
bool isList(std::string_view name) {
    static constexpr auto names = std::to_array<std::string_view>(
        {"Roles", "Users", "Groups", "Policies", "AttachedManagedPolicies", "AttachedPolicies", "PolicyNames", "AccountAliases",
         "Tags", "InstanceProfiles", "Topics", "Buckets", "ServicesLastAccessed"});
    return name.ends_with("List") || isOneOf(name, names);
}

bool isTruth(std::string_view name) {
    static constexpr auto names =
        std::to_array<std::string_view>({"IsTruncated", "IsAttachable", "IsDefaultVersion", "BlockPublicAcls", "IgnorePublicAcls",
                                         "BlockPublicPolicy", "RestrictPublicBuckets", "privateDnsEnabled", "requesterManaged"});
    return isOneOf(name, names);
}

bool isNumber(std::string_view name) {
    static constexpr auto names = std::to_array<std::string_view>(
        {"MaxSessionDuration", "AttachmentCount", "PermissionsBoundaryUsageCount", "TotalAuthenticatedEntities"});
    return isOneOf(name, names);
}

bool isDocument(std::string_view name) {
    static constexpr auto names = std::to_array<std::string_view>({"AssumeRolePolicyDocument", "PolicyDocument", "Document"});
    return isOneOf(name, names);
}

struct Open {
    std::string name;
    Json children = Json::object(); // an array, once a member came
    std::string text;
    bool leaf = true;
};

Json scalar(std::string_view name, const std::string& text, bool inMap) {
    if (inMap) return text;
    if (isTruth(name) && (text == "true" || text == "false")) return text == "true";
    if (isNumber(name)) {
        std::int64_t number = 0;
        const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (failed == std::errc() && end == text.data() + text.size()) return number;
    }
    if (isDocument(name)) {
        std::string decoded = percentDecoded(text, PlusSign::Itself);
        // A document that is no good JSON stays a text: its readers say what is wrong with it.
        if (auto document = parseJson(decoded)) return std::move(*document);
        return decoded;
    }
    if (text.empty() && isList(name)) return Json::array();
    return text;
}

void put(Open& parent, std::string_view name, Json value) {
    parent.leaf = false;
    if (name == "member" || name == "item" || (name == "Bucket" && parent.name == "Buckets")) {
        if (!parent.children.is_array()) parent.children = Json::array();
        parent.children.push_back(std::move(value));
    } else if (name == "entry" && value.is_object() && value.contains("key") && value["key"].is_string()) {
        const auto key = value["key"].get<std::string>();
        if (parent.children.is_object()) parent.children[key] = value.contains("value") ? std::move(value["value"]) : Json("");
    } else if (parent.children.is_object()) {
        parent.children[std::string(name)] = std::move(value);
    }
}

} // namespace

std::optional<Json> jsonOfXml(std::string_view xml) {
    QXmlStreamReader reader(QByteArray::fromRawData(xml.data(), static_cast<qsizetype>(xml.size())));
    reader.setEntityExpansionLimit(1);
    std::vector<Open> open;
    std::optional<Json> root;
    while (!reader.atEnd()) {
        switch (reader.readNext()) {
        case QXmlStreamReader::DTD:
            return std::nullopt;
        case QXmlStreamReader::StartElement:
            if (open.size() == maxDepth) return std::nullopt;
            open.push_back({reader.name().toString().toStdString(), Json::object(), {}, true});
            break;
        case QXmlStreamReader::Characters:
            if (!open.empty()) open.back().text += reader.text().toString().toStdString();
            break;
        case QXmlStreamReader::EndElement: {
            Open done = std::move(open.back());
            open.pop_back();
            const bool inMap = !open.empty() && open.back().name == "entry";
            Json value = done.leaf ? scalar(done.name, done.text, inMap) : std::move(done.children);
            if (open.empty())
                root = std::move(value);
            else
                put(open.back(), done.name, std::move(value));
            break;
        }
        default:
            break;
        }
    }
    if (reader.hasError() || !root || !root->is_object()) return std::nullopt;
    return root;
}

Json withNamesOfEc2(const Json& answer) {
    if (answer.is_array()) {
        Json list = Json::array();
        for (const Json& each : answer) list.push_back(withNamesOfEc2(each));
        return list;
    }
    if (!answer.is_object()) return answer;
    Json object = Json::object();
    for (const auto& each : answer.items()) {
        std::string name = each.key();
        if (!name.empty() && name[0] >= 'a' && name[0] <= 'z') name[0] = static_cast<char>(name[0] - 'a' + 'A');
        constexpr std::string_view set = "Set";
        if (!name.ends_with(set)) {
            object[name] = withNamesOfEc2(each.value());
            continue;
        }
        name.erase(name.size() - set.size());
        if (name.ends_with('y'))
            name.replace(name.size() - 1, 1, "ies");
        else
            name += name.ends_with('x') || name.ends_with('s') ? "es" : "s";
        object[name] = each.value().is_array() ? withNamesOfEc2(each.value()) : Json::array();
    }
    return object;
}

} // namespace gw::cloud

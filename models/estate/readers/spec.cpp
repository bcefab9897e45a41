#include "models/estate/readers/described.h"

#include "models/estate/mesh_variables.h"
#include "models/estate/readers/secrets.h"
#include "models/policy/arn_pattern.h"
#include "saml/base/ascii.h"
#include "saml/base/json_quote.h"

#include <algorithm>
#include <array>

namespace gw::estate {
namespace {

using policy::Value;
using policy::ValueKind;

// What is done with the values below a member.
enum class Care {
    None,
    Values, // of a map: names stay, values do not
    Hinted, // those whose name tells a secret
    Pairs   // a list of {name, value}: the values go
};

Care careOf(std::string_view name, std::string_view parent) {
    if ((name == "Variables" && parent == "Environment") || name == "variables" || name == "stageVariables" ||
        name == "StageVariables" || name == "stageVariableOverrides" || name == "requestTemplates" || name == "RequestTemplates")
        return Care::Values;
    if (name == "environment") return Care::Pairs;
    if (name == "options" || name == "dockerLabels" || name == "driverOpts" || name == "labels" || name == "requestParameters" ||
        name == "RequestParameters" || name == "responseParameters" || name == "ResponseParameters")
        return Care::Hinted;
    return Care::None;
}

bool isSecretMember(std::string_view name) {
    static constexpr auto secrets = std::to_array<std::string_view>(
        {"ClientSecret", "SecretString", "SecretBinary", "activationCode", "Password", "password", "PrivateKey"});
    return std::find(secrets.begin(), secrets.end(), name) != secrets.end();
}

bool tellsSecret(std::string_view name) {
    const std::string folded = foldedAscii(name);
    for (const char* hint : {"secret", "token", "password", "passwd", "apikey", "api-key", "api_key", "authorization", "credential"})
        if (folded.find(hint) != std::string::npos) return true;
    return false;
}

// {"name", "value"} of a container's environment.
bool isMeshNode(Value pair) {
    return estate::isMeshNode(pair.member("name").text(), pair.member("value").text());
}

class SpecWriter {
public:
    explicit SpecWriter(const DumpFile& file) : file_(file) {}

    // Trees are bounded in depth, and so is this.
    void write(Value value, std::string_view parent, Care care) {
        if (value.is(ValueKind::Object)) {
            object(value, parent, care);
        } else if (value.is(ValueKind::Array)) {
            out += '[';
            for (Value each = value.first(); each; each = each.next()) {
                if (out.back() != '[') out += ',';
                write(each, parent, care);
            }
            out += ']';
        } else {
            out += file_.written(value.span());
        }
    }

    std::string out;

private:
    void object(Value value, std::string_view parent, Care care) {
        out += '{';
        for (Value each = value.first(); each; each = each.next()) {
            const std::string_view name = each.name();
            if (isSecretMember(name) || (care == Care::Pairs && name == "value" && !isMeshNode(value))) continue;
            if (out.back() != '{') out += ',';
            out += file_.written(each.nameSpan());
            out += ':';
            const bool scalar = !each.is(ValueKind::Object) && !each.is(ValueKind::Array);
            if (scalar && (care == Care::Values || (care == Care::Hinted && tellsSecret(name)))) {
                out += "null";
                continue;
            }
            const Care next = careOf(name, parent);
            write(each, name, next == Care::None ? care : next);
        }
        out += '}';
    }

    const DumpFile& file_;
};

bool isRole(std::string_view text) {
    const auto parts = policy::ArnParts::split(text);
    return parts && parts->service == "iam" && parts->resource.starts_with("role/") &&
           parts->resource.find_first_of("*?$") == std::string_view::npos;
}

void rolesBelow(Value value, const std::string& way, std::vector<RoleUse>& uses) {
    if (value.is(ValueKind::String)) {
        RoleUse use{way, std::string(value.text())};
        if (isRole(use.arn) && std::find(uses.begin(), uses.end(), use) == uses.end()) uses.push_back(std::move(use));
        return;
    }
    const bool object = value.is(ValueKind::Object);
    if (!object && !value.is(ValueKind::Array)) return;
    for (Value each = value.first(); each; each = each.next()) {
        if (!object) {
            rolesBelow(each, way, uses);
            continue;
        }
        // What programs get as text names no role for AWS.
        if (careOf(each.name(), {}) != Care::None || each.name() == "Environment" || each.name() == "Tags" || each.name() == "tags")
            continue;
        rolesBelow(each, way.empty() ? std::string(each.name()) : way + "." + std::string(each.name()), uses);
    }
}

} // namespace

bool isMeshNode(std::string_view variable, std::string_view value) {
    if (!isMeshVariable(variable) || value.size() > 1024) return false;
    const auto parts = policy::ArnParts::split(value);
    const std::string_view path = parts && parts->service == "appmesh" ? parts->resource : value;
    const std::size_t step = path.find("/virtual");
    return path.starts_with("mesh/") && step != std::string_view::npos && path.find('/', step + 1) != std::string_view::npos;
}

std::string specOf(const DumpFile& file, const Node& node) {
    SpecWriter writer(file);
    writer.write(node.value, {}, Care::None);
    return std::move(writer.out);
}

std::string withoutSecrets(std::string_view answer) {
    auto tree = policy::SourceTree::parse(std::string(answer));
    if (!tree) return std::string(answer);
    const DumpFile file(std::move(*tree), std::make_shared<SourceFile>());
    return specOf(file, file.root());
}

std::string joinSpecs(std::string newer, const std::string& older) {
    if (older.empty() || newer == older) return newer;
    if (newer.empty()) return older;
    const auto one = policy::SourceTree::parse(newer), other = policy::SourceTree::parse(older);
    if (!one || !other || !one->root().is(ValueKind::Object) || newer.back() != '}') return newer;
    newer.pop_back();
    for (Value each = other->root().first(); each; each = each.next()) {
        if (one->root().member(each.name())) continue;
        if (newer.back() != '{') newer += ',';
        const std::uint32_t begin = each.nameSpan().begin;
        newer.append(older, begin, each.span().end - begin);
    }
    return newer + '}';
}

std::vector<RoleUse> rolesIn(const Node& node) {
    std::vector<RoleUse> uses;
    rolesBelow(node.value, {}, uses);
    return uses;
}

Tags tagsIn(const Node& node) {
    Tags tags;
    for (const char* name : {"Tags", "tags", "UserPoolTags"}) {
        const Value list = node.value.member(name);
        for (Value each = list.first(); each; each = each.next()) {
            if (each.is(ValueKind::String)) {
                tags.emplace_back(each.name(), each.text());
                continue;
            }
            const Value key = each.member("Key") ? each.member("Key") : each.member("key");
            const Value value = each.member("Value") ? each.member("Value") : each.member("value");
            if (!key.text().empty()) tags.emplace_back(key.text(), value.text());
        }
    }
    return tags;
}

} // namespace gw::estate

// Terraform's state (version 4), what `terraform show -json` prints of a state or a plan, and configurations in JSON syntax. Only
// the types below are looked at, and of those what is known to be no secret: a state holds secrets in plain text.
#include "models/estate/sources/terraform.h"

#include "models/estate/sources/terraform_reader.h"
#include "models/policy/arn_pattern.h"

#include <algorithm>
#include <array>

namespace gw::estate {

using policy::ValueKind;

bool isReadType(std::string_view type) {
    static constexpr auto starts = std::to_array<std::string_view>({"aws_iam_", "aws_api_gateway_", "aws_apigatewayv2_", "aws_lambda_", "aws_ecs_", "aws_appmesh_",
                                                                    "aws_vpclattice_", "aws_sqs_queue", "aws_sns_topic", "aws_s3_bucket", "aws_kms_key",
                                                                    "aws_secretsmanager_secret"});
    static constexpr auto never = std::to_array<std::string_view>({"aws_iam_access_key", "aws_iam_user_login_profile", "aws_secretsmanager_secret_version",
                                                                   "aws_api_gateway_api_key", "aws_iam_service_specific_credential"});
    return std::any_of(starts.begin(), starts.end(), [&](std::string_view each) { return type.starts_with(each); }) &&
           std::find(never.begin(), never.end(), type) == never.end();
}

void TerraformReader::state(const Node& root) {
    forEach(root.member("resources"), [&](const Node& resource) {
        forEach(resource.member("instances"), [&](const Node& instance) { keep(resource, instance.member("attributes"), true); });
    });
    run();
}

void TerraformReader::shown(const Node& values, const Node& before) {
    module(before.member("root_module"), false, 0);
    module(values.member("root_module"), true, 0);
    run();
}

namespace {

// Each member of an object with its name; a value that is none has none.
template <class Each>
void forEachMember(const Node& object, Each each) {
    if (!object.value.is(ValueKind::Object)) return;
    for (policy::Value value = object.value.first(); value; value = value.next())
        each(value.name(), Node{value, object.pointer + "/" + std::string(value.name())});
}

// Strings are templates (Terraform, "Strings and Templates"): "$${" is "${", and "${…}" is worked out only when it is applied.
Datum withoutEscapes(Datum datum) {
    if (datum.is(Datum::Kind::String)) {
        std::string plain;
        for (std::size_t i = 0; i < datum.text.size(); ++i) {
            const char c = datum.text[i];
            const bool opens = (c == '$' || c == '%') && i + 1 < datum.text.size();
            if (opens && datum.text[i + 1] == '{') return datum.placed(Datum::unknown(datum.text));
            if (opens && datum.text[i + 1] == c && i + 2 < datum.text.size() && datum.text[i + 2] == '{') {
                plain.append({c, '{'});
                i += 2;
                continue;
            }
            plain += c;
        }
        datum.text = std::move(plain);
    }
    for (auto& [name, member] : datum.members) member = withoutEscapes(std::move(member));
    return datum;
}

} // namespace

void TerraformReader::configured(const Node& resources) {
    forEachMember(resources, [&](std::string_view type, const Node& named) {
        if (!isReadType(type)) return;
        forEachMember(named, [&](std::string_view, const Node& attributes) {
            if (attributes.value.is(ValueKind::Object))
                resources_.emplace_back(std::string(type), withoutEscapes(datumOf(file_, attributes)));
        });
    });
    run();
}

void TerraformReader::module(const Node& node, bool managed, std::size_t depth) {
    constexpr std::size_t mostModules = 64; // below each other
    if (depth > mostModules) return;
    forEach(node.member("resources"), [&](const Node& resource) { keep(resource, resource.member("values"), managed); });
    forEach(node.member("child_modules"), [&](const Node& child) { module(child, managed, depth + 1); });
}

void TerraformReader::keep(const Node& resource, const Node& attributes, bool managed) {
    const std::string type = resource.text("type"), mode = resource.text("mode");
    if (!isReadType(type) || !attributes.value.is(ValueKind::Object)) return;
    if (mode == "managed" && managed) resources_.emplace_back(type, datumOf(file_, attributes));
    if (mode != "data" || existing(type, datumOf(file_, attributes))) return;
    parts_.problems.push_back(file_.problem(EstateError::NotRecognised, resource).with("object", "data." + type + "." + resource.text("name")));
}

void TerraformReader::run() {
    for (const auto& [type, values] : resources_) {
        if (type == "aws_api_gateway_resource") paths_[std::string(values.string("id"))] = values.string("path");
        if (type == "aws_api_gateway_rest_api") paths_[std::string(values.string("root_resource_id"))] = "/";
        if (type == "aws_api_gateway_stage" || type == "aws_apigatewayv2_stage") stage(type, values);
    }
    for (const auto& [type, values] : resources_) one(type, values);
    declared_.finish();
}

void TerraformReader::one(std::string_view type, const Datum& values) {
    if (type.starts_with("aws_iam_")) return identity(type.substr(8), values);
    if (type.starts_with("aws_appmesh_")) return mesh(type.substr(12), values);
    if (type.starts_with("aws_vpclattice_")) return lattice(type.substr(15), values);
    if (type.starts_with("aws_api")) return gateway(type.substr(4), values);
    if (type.starts_with("aws_lambda_")) return function(type.substr(11), values);
    if (type.starts_with("aws_ecs_")) return container(type.substr(8), values);
    storage(type.substr(4), values);
}

namespace {

// The first ARN with an account says where it all is, and so does whoever looked up who or where he is.
void placeIn(const Node& resource, const Node& values, TemplatePlace& place) {
    const std::string type = resource.text("type");
    if (type == "aws_caller_identity" && place.account.empty()) place.account = accountIdIn(values.text("account_id"));
    if (type == "aws_region" && place.region.empty()) place.region = regionIn(values.text("name"));
    const std::string arn = values.text("arn");
    const auto parts = policy::ArnParts::split(arn);
    if (!isReadType(type) || !parts) return;
    if (place.account.empty() && policy::isAccountId(parts->account)) place.account = parts->account;
    if (place.region.empty()) place.region = parts->region;
}

TemplatePlace placeOf(const DumpFile& file, const Node& root) {
    TemplatePlace place;
    forEach(root.member("resources"), [&](const Node& resource) {
        if (!place.account.empty() && !place.region.empty()) return;
        forEach(resource.member("instances"), [&](const Node& each) { placeIn(resource, each.member("attributes"), place); });
    });
    for (const Node& shown : {root.member("values"), root.member("prior_state").member("values"), root.member("planned_values")})
        forEach(shown.member("root_module").member("resources"), [&](const Node& each) { placeIn(each, each.member("values"), place); });
    const Node provider = root.member("provider").member("aws");
    if (place.account.empty())
        place.account = accountIdIn(Node{provider.member("allowed_account_ids").value.first(), {}}.value.text());
    if (place.region.empty()) place.region = regionIn(provider.text("region"));
    const std::string name = file.path().substr(file.path().rfind('/') + 1);
    if (place.account.empty()) place.account = accountIdIn(name);
    if (place.region.empty()) place.region = regionIn(name);
    if (place.account.empty()) place.account = file.account();
    if (place.region.empty()) place.region = file.region();
    return place;
}

} // namespace

namespace {

// In JSON syntax: main.tf.json.
bool isConfiguration(const Node& root) {
    return root.member("resource").value.is(ValueKind::Object) && (root.member("terraform") || root.member("provider"));
}

} // namespace

bool isTerraform(const Node& root) {
    const bool listed = root.member("resources").value.is(ValueKind::Array) || root.member("modules").value.is(ValueKind::Array);
    if (listed && (root.member("terraform_version") || root.member("version").value.is(ValueKind::Number))) return true;
    if (isConfiguration(root)) return true;
    return root.member("format_version") && (root.member("values") || root.member("planned_values"));
}

std::string_view terraformVersion(const Node& root) {
    // Of a plan "format_version" tells, of which every 0 and 1 is read (Terraform, "JSON Output Format").
    const policy::Value written = root.member(root.member("format_version") ? "format_version" : "version").value;
    const std::string_view version = written.text().substr(0, 32);
    const bool shown = static_cast<bool>(root.member("format_version"));
    const bool known = shown ? version.starts_with("0.") || version.starts_with("1.") : version.empty() || version == "4";
    return known ? std::string_view() : version;
}

TemplatePlace terraformPlace(const DumpFile& file, const Node& root) {
    return placeOf(file, root);
}

void readTerraform(const DumpFile& file, const Node& root, TemplatePlace place, const std::shared_ptr<const SourceFile>& source, EstateParts& parts) {
    TerraformReader reader(file, source, std::move(place), parts);
    // Of a plan what will be; its prior state is what there is.
    if (const Node planned = root.member("planned_values"))
        reader.shown(planned, root.member("prior_state").member("values"));
    else if (const Node values = root.member("values"))
        reader.shown(values, {});
    else if (isConfiguration(root))
        reader.configured(root.member("resource"));
    else
        reader.state(root);
}

} // namespace gw::estate

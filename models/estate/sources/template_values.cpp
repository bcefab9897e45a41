#include "models/estate/sources/template_values.h"

#include "models/policy/unknown_place.h"
#include "saml/base/blanks.h"

#include <algorithm>
#include <utility>

namespace gw::estate {
namespace {

using Kind = Datum::Kind;

constexpr std::size_t mostDepth = 128;
constexpr std::size_t mostSteps = 4'000'000;
constexpr std::size_t mostProduced = std::size_t{64} << 20U; // octets that functions gave, all together

Datum listOf(std::string_view text, std::string_view separator) {
    Datum list;
    list.kind = Kind::Array;
    while (true) {
        const std::size_t end = separator.empty() ? std::string_view::npos : text.find(separator);
        list.members.emplace_back(std::string(), Datum::of(std::string(text.substr(0, end))));
        if (end == std::string_view::npos) return list;
        text.remove_prefix(end + separator.size());
    }
}

// {"Ref": …}, {"Fn::…": …}, {"Condition": …} and nothing else.
bool isFunction(const Datum& value) {
    return value.kind == Kind::Object && value.members.size() == 1 &&
           (value.members[0].first == "Ref" || value.members[0].first.starts_with("Fn::") ||
            (value.members[0].first == "Condition" && value.members[0].second.kind == Kind::String));
}

std::size_t sizeOf(const Datum& datum) {
    std::size_t size = datum.text.size() + sizeof(Datum);
    for (const Datum::Member& each : datum.members) size += each.first.size() + sizeOf(each.second);
    return size;
}

std::string hostOf(std::string_view url) {
    if (const std::size_t scheme = url.find("://"); scheme != std::string_view::npos) url.remove_prefix(scheme + 3);
    return std::string(url);
}

} // namespace

std::string TemplatePlace::partition() const {
    return region.starts_with("cn-") ? "aws-cn" : region.starts_with("us-gov-") ? "aws-us-gov" : "aws";
}

// Counts how deep and how long; ends what has no end.
struct TemplateValues::Deeper {
    explicit Deeper(TemplateValues& of) : values(of) {
        ++values.depth_;
        ++values.steps_;
    }
    ~Deeper() { --values.depth_; }
    Deeper(const Deeper&) = delete;
    Deeper& operator=(const Deeper&) = delete;
    [[nodiscard]] bool over() const { return values.depth_ > mostDepth || values.steps_ > mostSteps; }
    TemplateValues& values;
};

TemplateValues::TemplateValues(const Datum& root, TemplatePlace place, const TemplateExports* exports)
    : root_(root), place_(std::move(place)), exports_(exports) {}

Datum TemplateValues::resolve(const Datum& value) {
    const Deeper deeper(*this);
    if (deeper.over()) return value.placed(Datum::unknown("too deep"));
    if (isFunction(value)) {
        if (produced_ > mostProduced) return value.placed(Datum::unknown("too large"));
        Datum made = function(value.members[0].first, value.members[0].second, value);
        produced_ += sizeOf(made);
        return value.placed(std::move(made));
    }
    // Secrets and parameters that are looked up when the stack is made.
    if (value.kind == Kind::String && value.text.find("{{resolve:") != std::string::npos) return value.placed(Datum::unknown(value.text));
    if (value.kind != Kind::Object && value.kind != Kind::Array) return value;
    Datum made = value.placed({});
    made.kind = value.kind;
    for (const auto& [name, member] : value.members) {
        Datum one = resolve(member);
        if (one.kind == Kind::Unknown && one.text == "AWS::NoValue") continue;
        made.members.emplace_back(name, std::move(one));
    }
    return made;
}

Datum TemplateValues::function(std::string_view name, const Datum& argument, const Datum& whole) {
    if (name == "Ref") return argument.kind == Kind::String ? reference(argument.text) : Datum::unknown("Ref");
    if (name == "Condition" || name == "Fn::Equals" || name == "Fn::And" || name == "Fn::Or" || name == "Fn::Not") {
        const auto answer = truth(whole);
        Datum made = Datum::unknown(std::string(name));
        if (answer) made.kind = *answer ? Kind::True : Kind::False;
        return made;
    }
    if (name == "Fn::GetAtt") {
        if (argument.kind == Kind::String) {
            const std::size_t dot = argument.text.find('.');
            return attribute(argument.text.substr(0, dot), dot == std::string::npos ? std::string() : argument.text.substr(dot + 1));
        }
        if (argument.members.size() == 2) return attribute(argument.members[0].second.string(), resolve(argument.members[1].second).string());
    }
    if (name == "Fn::Sub") return substituted(argument);
    if (name == "Fn::If" && argument.members.size() == 3) {
        const auto answer = condition(argument.members[0].second.string());
        if (answer) return resolve(argument.members[*answer ? 1 : 2].second);
        Datum yes = resolve(argument.members[1].second);
        return yes.known() && jsonOf(yes) == jsonOf(resolve(argument.members[2].second)) ? yes : Datum::unknown(argument.members[0].second.text);
    }
    if (name == "Fn::FindInMap" && argument.members.size() >= 3) {
        const Datum map = resolve(argument.members[0].second), top = resolve(argument.members[1].second), second = resolve(argument.members[2].second);
        if (!map.known() || !top.known() || !second.known()) return Datum::unknown("FindInMap");
        const Datum* found = root_["Mappings"][map.string()][top.string()].find(second.string());
        return found != nullptr ? *found : Datum::unknown(std::string(map.string()));
    }
    if (name == "Fn::Join" && argument.members.size() == 2) {
        const Datum list = resolve(argument.members[1].second);
        if (list.kind != Kind::Array || !list.known()) return Datum::unknown("Join");
        std::string text;
        for (std::size_t i = 0; i < list.members.size(); ++i)
            text += (i > 0 ? std::string(argument.members[0].second.string()) : std::string()) + std::string(list.members[i].second.string());
        return Datum::of(std::move(text));
    }
    if (name == "Fn::Split" && argument.members.size() == 2) {
        const Datum text = resolve(argument.members[1].second);
        return text.kind == Kind::String ? listOf(text.text, argument.members[0].second.string()) : Datum::unknown("Split");
    }
    if (name == "Fn::Select" && argument.members.size() == 2) {
        const Datum index = resolve(argument.members[0].second), list = resolve(argument.members[1].second);
        const std::string_view digits = index.string();
        std::size_t at = 0;
        for (const char c : digits.substr(0, 9)) at = at * 10 + static_cast<std::size_t>(std::clamp(c - '0', 0, 9));
        if (list.kind == Kind::Array && !digits.empty() && at < list.members.size()) return list.members[at].second;
        return Datum::unknown("Select");
    }
    if (name == "Fn::ImportValue" && exports_ != nullptr) {
        const Datum exported = resolve(argument);
        if (exported.kind == Kind::String) return exports_->valueOf(place_, exported.text);
    }
    if (name == "Fn::ToJsonString") {
        const Datum value = resolve(argument);
        return value.known() ? Datum::of(jsonOf(value)) : Datum::unknown("ToJsonString");
    }
    return Datum::unknown(std::string(name.substr(name.starts_with("Fn::") ? 4 : 0)));
}

Datum TemplateValues::reference(std::string_view name) {
    // Which it is not, nobody knows.
    const bool untold = comparing_ && ((name == "AWS::AccountId" && place_.account == policy::unknownAccount) ||
                                       (name == "AWS::Region" && place_.region == policy::unknownRegion));
    if (untold) return Datum::unknown(std::string(name));
    if (name == "AWS::AccountId") return Datum::of(place_.account);
    if (name == "AWS::Region") return Datum::of(place_.region);
    if (name == "AWS::Partition") return Datum::of(place_.partition());
    if (name == "AWS::URLSuffix") return Datum::of(place_.partition() == "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com");
    if (name.starts_with("AWS::")) return Datum::unknown(std::string(name));
    if (const Datum* declared = root_["Parameters"].find(name)) return parameter(*declared, name);
    return refOf(name);
}

Datum TemplateValues::parameter(const Datum& declared, std::string_view name) {
    const std::string_view type = declared.string("Type");
    const Datum* value = declared.find("Default");
    const Datum& allowed = declared["AllowedValues"];
    if (value == nullptr && allowed.members.size() == 1) value = &allowed.members[0].second;
    // The value of the other kinds is the name of something that is looked up.
    if (value == nullptr || type.find("AWS::SSM::Parameter::Value") != std::string_view::npos) return Datum::unknown(std::string(name));
    if (type == "CommaDelimitedList" || type.starts_with("List<")) {
        Datum list = listOf(value->string(), ",");
        for (auto& [none, each] : list.members) each.text = trimmed(each.text);
        return list;
    }
    return Datum::of(std::string(value->string()));
}

std::optional<Placeholder> placeholderIn(std::string_view text, std::size_t from) {
    const std::size_t begin = text.find("${", from);
    const std::size_t end = begin == std::string_view::npos ? begin : text.find('}', begin);
    if (end == std::string_view::npos) return std::nullopt;
    Placeholder found{begin, end + 1, trimmed(text.substr(begin + 2, end - begin - 2)), false};
    if ((found.literal = found.name.starts_with('!'))) found.name.remove_prefix(1);
    return found;
}

Datum TemplateValues::substituted(const Datum& argument) {
    const bool listed = argument.kind == Kind::Array && !argument.members.empty();
    const Datum& pattern = listed ? argument.members[0].second : argument;
    const Datum none;
    const Datum& given = listed && argument.members.size() > 1 ? argument.members[1].second : none;
    if (pattern.kind != Kind::String) return Datum::unknown("Sub");
    const std::string_view written = pattern.text;
    std::string text;
    std::size_t at = 0;
    for (auto next = placeholderIn(written, 0); next; next = placeholderIn(written, at)) {
        text += written.substr(at, next->begin - at);
        at = next->end;
        const std::string_view name = next->name;
        if (next->literal) {
            text += "${" + std::string(name) + "}";
            continue;
        }
        const std::size_t dot = name.find('.');
        const Datum* own = given.find(name);
        const Datum value = own != nullptr ? resolve(*own) : dot == std::string_view::npos ? reference(name) : attribute(name.substr(0, dot), name.substr(dot + 1));
        if (value.string().empty() && value.kind != Kind::String) return Datum::unknown(std::string(name));
        text += value.string();
    }
    text += written.substr(at);
    return Datum::of(std::move(text));
}

std::optional<bool> TemplateValues::condition(std::string_view name) {
    if (const auto known = conditions_.find(name); known != conditions_.end()) return known->second;
    const Datum* declared = root_["Conditions"].find(name);
    if (declared == nullptr) return std::nullopt;
    // In a circle none is known.
    conditions_.emplace(name, std::nullopt);
    const auto answer = truth(*declared);
    conditions_.find(name)->second = answer;
    return answer;
}

std::optional<bool> TemplateValues::truth(const Datum& value) {
    const Deeper deeper(*this);
    if (deeper.over()) return std::nullopt;
    if (value.kind == Kind::True || value.string() == "true") return true;
    if (value.kind == Kind::False || value.string() == "false") return false;
    if (value.members.size() != 1) return std::nullopt;
    const auto& [name, argument] = value.members[0];
    if (name == "Condition") return condition(argument.string());
    if (name == "Fn::Equals" && argument.members.size() == 2) {
        const bool within = std::exchange(comparing_, true);
        const Datum a = resolve(argument.members[0].second), b = resolve(argument.members[1].second);
        comparing_ = within;
        if (!a.known() || !b.known()) return std::nullopt;
        return a.string() == b.string();
    }
    if (name == "Fn::Not" && argument.members.size() == 1) {
        const auto inner = truth(argument.members[0].second);
        return inner ? std::optional(!*inner) : std::nullopt;
    }
    if (name == "Fn::And" || name == "Fn::Or") {
        const bool deciding = name == "Fn::Or";
        bool open = false;
        for (const Datum::Member& each : argument.members) {
            const auto inner = truth(each.second);
            if (inner && *inner == deciding) return deciding;
            open = open || !inner;
        }
        return open ? std::nullopt : std::optional(!deciding);
    }
    return std::nullopt;
}

std::string TemplateValues::property(std::string_view logicalId, std::initializer_list<std::string_view> names) {
    const Datum& properties = root_["Resources"][logicalId]["Properties"];
    for (const std::string_view name : names)
        if (const Datum* written = properties.find(name)) {
            const Datum value = resolve(*written);
            if (!value.string().empty()) return std::string(value.string());
        }
    return {};
}

std::string TemplateValues::nameOf(std::string_view logicalId) {
    const Datum& resource = root_["Resources"][logicalId];
    const std::string_view type = resource.string("Type");
    if (!open_.insert(std::string(logicalId)).second) return std::string(logicalId);
    std::string name;
    const std::string_view kind = type.substr(type.rfind(':') + 1);
    if (type == "AWS::IAM::ManagedPolicy")
        name = property(logicalId, {"ManagedPolicyName"});
    else if (type == "AWS::ECS::TaskDefinition")
        name = property(logicalId, {"Family"});
    else if (type == "AWS::IAM::OIDCProvider")
        name = hostOf(property(logicalId, {"Url"}));
    else if (type.starts_with("AWS::Serverless::"))
        name = property(logicalId, {"FunctionName", "Name"});
    else
        name = property(logicalId, {std::string(kind) + "Name", "Name", "DomainName"});
    open_.erase(open_.find(logicalId));
    return name.empty() ? std::string(logicalId) : name;
}

std::string TemplateValues::arn(std::string_view service, std::string_view resource, bool region, bool account) const {
    return "arn:" + place_.partition() + ":" + std::string(service) + ":" + (region ? place_.region : "") + ":" + (account ? place_.account : "") + ":" +
           std::string(resource);
}

std::string TemplateValues::meshPath(std::string_view logicalId, std::string_view type) {
    const std::string name = nameOf(logicalId);
    if (type == "Mesh") return "mesh/" + name;
    const std::string mesh = "mesh/" + property(logicalId, {"MeshName"});
    if (type == "VirtualNode") return mesh + "/virtualNode/" + name;
    if (type == "VirtualService") return mesh + "/virtualService/" + name;
    if (type == "VirtualRouter") return mesh + "/virtualRouter/" + name;
    if (type == "VirtualGateway") return mesh + "/virtualGateway/" + name;
    if (type == "Route") return mesh + "/virtualRouter/" + property(logicalId, {"VirtualRouterName"}) + "/route/" + name;
    return mesh + "/virtualGateway/" + property(logicalId, {"VirtualGatewayName"}) + "/gatewayRoute/" + name;
}

Datum TemplateValues::arnOf(std::string_view logicalId) {
    const Datum& resource = root_["Resources"][logicalId];
    const std::string_view type = resource.string("Type");
    const Deeper deeper(*this);
    if (type.empty() || deeper.over()) return Datum::unknown(std::string(logicalId) + ".Arn");
    const std::string name = nameOf(logicalId);
    const auto path = [&] {
        std::string written = property(logicalId, {"Path"});
        return written.empty() ? std::string("/") : written;
    };
    if (type == "AWS::IAM::Role") return Datum::of(arn("iam", "role" + path() + name, false));
    if (type == "AWS::IAM::ManagedPolicy") return Datum::of(arn("iam", "policy" + path() + name, false));
    if (type == "AWS::IAM::User") return Datum::of(arn("iam", "user" + path() + name, false));
    if (type == "AWS::IAM::Group") return Datum::of(arn("iam", "group" + path() + name, false));
    if (type == "AWS::IAM::SAMLProvider") return Datum::of(arn("iam", "saml-provider/" + name, false));
    if (type == "AWS::IAM::OIDCProvider") return Datum::of(arn("iam", "oidc-provider/" + name, false));
    if (type == "AWS::S3::Bucket") return Datum::of(arn("s3", name, false, false));
    if (type == "AWS::Lambda::Function" || type == "AWS::Serverless::Function") return Datum::of(arn("lambda", "function:" + name));
    if (type == "AWS::SQS::Queue") return Datum::of(arn("sqs", name));
    if (type == "AWS::SNS::Topic") return Datum::of(arn("sns", name));
    if (type == "AWS::KMS::Key") return Datum::of(arn("kms", "key/" + std::string(logicalId)));
    if (type == "AWS::SecretsManager::Secret") return Datum::of(arn("secretsmanager", "secret:" + name));
    if (type == "AWS::DynamoDB::Table") return Datum::of(arn("dynamodb", "table/" + name));
    if (type == "AWS::StepFunctions::StateMachine") return Datum::of(arn("states", "stateMachine:" + name));
    if (type == "AWS::Logs::LogGroup") return Datum::of(arn("logs", "log-group:" + name + ":*"));
    if (type == "AWS::ECR::Repository") return Datum::of(arn("ecr", "repository/" + name));
    if (type == "AWS::ECS::Cluster") return Datum::of(arn("ecs", "cluster/" + name));
    if (type == "AWS::ECS::TaskDefinition") return Datum::of(arn("ecs", "task-definition/" + name));
    if (type == "AWS::ECS::Service") {
        const std::string cluster = property(logicalId, {"Cluster"});
        return Datum::of(arn("ecs", "service/" + (cluster.empty() ? "default" : cluster.substr(cluster.rfind('/') + 1)) + "/" + name));
    }
    if (type == "AWS::VpcLattice::Service") return Datum::of(arn("vpc-lattice", "service/" + name));
    if (type == "AWS::VpcLattice::ServiceNetwork") return Datum::of(arn("vpc-lattice", "servicenetwork/" + name));
    if (type == "AWS::VpcLattice::TargetGroup") return Datum::of(arn("vpc-lattice", "targetgroup/" + name));
    if (type.starts_with("AWS::AppMesh::")) return Datum::of(arn("appmesh", meshPath(logicalId, type.substr(14))));
    return Datum::unknown(std::string(logicalId) + ".Arn");
}

Datum TemplateValues::refOf(std::string_view logicalId) {
    const std::string_view type = root_["Resources"][logicalId].string("Type");
    if (type.empty()) return Datum::unknown(std::string(logicalId));
    if (type == "AWS::IAM::ManagedPolicy" || type == "AWS::IAM::SAMLProvider" || type == "AWS::IAM::OIDCProvider" || type == "AWS::SNS::Topic" ||
        type == "AWS::SecretsManager::Secret" || type == "AWS::ECS::TaskDefinition" || type == "AWS::ECS::Service" ||
        type == "AWS::StepFunctions::StateMachine" || type.starts_with("AWS::AppMesh::") || type.starts_with("AWS::VpcLattice::"))
        return arnOf(logicalId);
    if (type == "AWS::SQS::Queue") {
        return Datum::of("https://sqs." + place_.region + ".amazonaws.com/" + place_.account + "/" + nameOf(logicalId));
    }
    // APIs, keys and stages have ids that AWS gives; the logical one stands in, in every place alike.
    if (type.starts_with("AWS::ApiGateway") || type.starts_with("AWS::Serverless::") || type == "AWS::KMS::Key") {
        if (type.ends_with("::Stage") || type == "AWS::Serverless::Function") return Datum::of(nameOf(logicalId));
        return Datum::of(std::string(logicalId));
    }
    return Datum::of(nameOf(logicalId));
}

Datum TemplateValues::attribute(std::string_view logicalId, std::string_view name) {
    const Datum* resource = root_["Resources"].find(logicalId);
    const std::string whole = std::string(logicalId) + "." + std::string(name);
    if (resource == nullptr) return Datum::unknown(whole);
    const std::string_view type = resource->string("Type");
    if (name == "Arn" || name == "TopicArn" || (type == "AWS::ECS::Service" && name == "ServiceArn")) return arnOf(logicalId);
    if (name.ends_with("Name") || name == "Id" || name == "ApiId" || name == "RestApiId" || name == "KeyId") return name.ends_with("Name") ? Datum::of(nameOf(logicalId)) : Datum::of(std::string(logicalId));
    if (name == "RootResourceId") return Datum::of(std::string(logicalId) + ".RootResourceId");
    return Datum::unknown(whole);
}

void TemplateExports::add(const Datum& root, const TemplatePlace& place) {
    TemplateValues values(root, place);
    for (const auto& [logicalId, output] : root["Outputs"].members) {
        const Datum* value = output.find("Value");
        const std::string_view condition = output.string("Condition");
        if (value == nullptr || (!condition.empty() && values.condition(condition) == false)) continue;
        const Datum name = values.resolve(output["Export"]["Name"]);
        if (name.kind != Kind::String) continue;
        const auto [known, fresh] = exports_.try_emplace({place.account, place.region, name.text}, Export{&root, value});
        if (!fresh && known->second.root != &root) known->second.several = true;
    }
}

Datum TemplateExports::valueOf(const TemplatePlace& place, std::string_view name) const {
    constexpr std::size_t mostHops = 16;
    const Key key{place.account, place.region, std::string(name)};
    const auto found = exports_.find(key);
    if (found == exports_.end() || found->second.several || depth_ >= mostHops) return Datum::unknown("ImportValue");
    const auto [known, fresh] = known_.try_emplace(key, Datum::unknown("ImportValue"));
    if (!fresh) return known->second;
    ++depth_;
    Datum value = TemplateValues(*found->second.root, place, this).resolve(*found->second.value);
    --depth_;
    known->second = value;
    return value;
}

} // namespace gw::estate

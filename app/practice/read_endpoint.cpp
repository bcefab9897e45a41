#include "app/practice/read_endpoint.h"

#include "app/practice/last_accessed.h"
#include "app/practice/resource.h"
#include "models/cloud/read/plan.h"
#include "saml/base/json.h"
#include "saml/base/json_fields.h"
#include "saml/base/markup.h"
#include "saml/base/percent.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <vector>

namespace gw::practice {
namespace {

using cloud::AwsProtocol;
using cloud::PlannedCall;

std::vector<std::string_view> segments(std::string_view path) {
    std::vector<std::string_view> all;
    while (!path.empty()) {
        const std::size_t slash = std::min(path.find('/'), path.size());
        all.push_back(path.substr(0, slash));
        path.remove_prefix(std::min(slash + 1, path.size()));
    }
    return all;
}

// The names in a path that fit the places of a pattern, "/restapis/{0}/stages".
std::optional<cloud::Arguments> namesIn(std::string_view path, std::string_view pattern) {
    const auto parts = segments(path), wanted = segments(pattern);
    if (parts.size() != wanted.size()) return std::nullopt;
    cloud::Arguments names;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (wanted[i].starts_with('{'))
            names.push_back(percentDecoded(parts[i], PlusSign::Itself));
        else if (wanted[i] != parts[i])
            return std::nullopt;
    }
    return names;
}

struct Call {
    const PlannedCall* planned = nullptr;
    cloud::Arguments arguments;
    std::string operation;
    bool starts = false; // the job whose answer the planned call fetches
};

// A job is named after what it was started for, and done at once.
constexpr std::string_view jobPrefix = "practice-";
std::string jobNameOf(const std::string& arn) {
    return std::string(jobPrefix) + percentEncoded(arn);
}
std::string nameOfJob(std::string_view job) {
    return job.starts_with(jobPrefix) ? percentDecoded(job.substr(jobPrefix.size()), PlusSign::Itself) : std::string();
}

// What the parameter "NAME={0}" of a planned call holds in this request.
cloud::Arguments firstOf(const PlannedCall& planned, const std::function<std::string(const std::string&)>& value) {
    const std::size_t place = planned.parameters.find("={0}");
    if (place == std::string_view::npos) return {};
    const std::size_t begin = planned.parameters.rfind(' ', place) + 1;
    return {value(std::string(planned.parameters.substr(begin, place - begin)))};
}

// Calls of S3 for one bucket differ in what the query asks for.
bool asksFor(const PlannedCall& planned, std::string_view query) {
    const std::size_t end = planned.parameters.find('=');
    const auto fields = parseForm(query);
    return fields && end != std::string_view::npos && formValue(*fields, planned.parameters.substr(0, end)).has_value();
}

std::optional<Call> callOf(const HttpRequest& request, std::string_view service) {
    const auto form = parseForm(request.body);
    const auto body = parseJson(request.body);
    const std::string_view target = request.header("x-amz-target");
    for (const PlannedCall& each : cloud::readPlan()) {
        const cloud::AwsService& known = *cloud::awsService(each.service);
        if (cloud::signingName(known) != service) continue;
        Call call{&each, {}, cloud::callFor(each, {}, {}, {}).operation};
        if (known.protocol == AwsProtocol::RestXml && each.path != "/" && !asksFor(each, request.query)) continue;
        if (known.protocol == AwsProtocol::RestJson || known.protocol == AwsProtocol::RestXml) {
            const std::string_view pattern = each.path.starts_with("POST ") ? each.path.substr(5) : each.path;
            auto names = namesIn(request.path, pattern);
            if (!names) continue;
            call.arguments = std::move(*names);
            return call;
        }
        const bool query = known.protocol == AwsProtocol::Query || known.protocol == AwsProtocol::Ec2Query;
        if (query && form && !each.job.empty()) {
            const std::string action = formValue(*form, "Action").value_or("");
            call.starts = action == cloud::startOf(each, {}).operation;
            if (!call.starts && action != call.operation) continue;
            call.arguments = {call.starts ? formValue(*form, "Arn").value_or("")
                                          : nameOfJob(formValue(*form, "JobId").value_or(""))};
            if (call.starts) call.operation = action;
            return call;
        }
        if (query && form && formValue(*form, "Action") == call.operation) {
            call.arguments = firstOf(each, [&](const std::string& name) { return formValue(*form, name).value_or(""); });
            return call;
        }
        if (known.protocol == AwsProtocol::Json && target == std::string(known.version) + "." + call.operation && body && body->is_object()) {
            // The dumps hold service control policies only.
            if (each.call == "list-policies" && textField(*body, "Filter") != each.file) continue;
            call.arguments = firstOf(each, [&](const std::string& name) { return textField(*body, name.c_str()); });
            return call;
        }
    }
    return std::nullopt;
}

void writeXml(const Json& value, std::string& out, std::string_view element = "member") {
    if (value.is_array()) {
        for (const Json& each : value) {
            out.append("<").append(element).append(">");
            writeXml(each, out);
            out.append("</").append(element).append(">");
        }
    } else if (value.is_object()) {
        for (const auto& each : value.items()) {
            out += "<" + each.key() + ">";
            // IAM sends documents encoded.
            if (each.key().ends_with("Document") && each.value().is_object())
                out += percentEncoded(each.value().dump());
            else
                writeXml(each.value(), out, each.key() == "Buckets" ? "Bucket" : "member");
            out += "</" + each.key() + ">";
        }
    } else {
        out += escapedMarkup(value.is_string() ? value.get<std::string>() : value.dump());
    }
}

HttpResponse written(const Call& call, Json answer) {
    const cloud::AwsService& service = *cloud::awsService(call.planned->service);
    const auto xmlAnswer = [&](const std::string& root) {
        std::string xml = "<" + root + ">";
        writeXml(answer, xml);
        return HttpResponse{200, {{"Content-Type", "text/xml"}}, xml + "</" + root + ">", {}};
    };
    if (call.operation == "GetBucketPolicy")
        return {200, {{"Content-Type", "application/json"}}, textField(answer, "Policy"), {}};
    if (service.protocol == AwsProtocol::RestXml) return xmlAnswer(call.operation + "Result");
    // The organisation has nothing of EC2.
    if (service.protocol == AwsProtocol::Ec2Query) {
        answer = {{"requestId", "practice"}, {"vpcEndpointSet", ""}};
        return xmlAnswer(call.operation + "Response");
    }
    if (service.protocol == AwsProtocol::Query) {
        std::string xml = "<" + call.operation + "Response><" + call.operation + "Result>";
        writeXml(answer, xml);
        return {200, {{"Content-Type", "text/xml"}}, xml + "</" + call.operation + "Result></" + call.operation + "Response>", {}};
    }
    if (service.id == "apigateway" && answer.contains("items")) {
        answer["item"] = std::move(answer["items"]);
        answer.erase("items");
    }
    return {200, {{"Content-Type", "application/json"}}, answer.dump(), {}};
}

HttpResponse refused(const Call& call, int status, const std::string& code, const std::string& message) {
    const AwsProtocol protocol = cloud::awsService(call.planned->service)->protocol;
    if (protocol == AwsProtocol::RestXml)
        return {status,
                {{"Content-Type", "application/xml"}},
                "<Error><Code>" + code + "</Code><Message>" + escapedMarkup(message) + "</Message></Error>",
                {}};
    if (protocol != AwsProtocol::Json && protocol != AwsProtocol::RestJson)
        return {status,
                {{"Content-Type", "text/xml"}},
                "<ErrorResponse><Error><Type>Sender</Type><Code>" + code + "</Code><Message>" + escapedMarkup(message) +
                    "</Message></Error></ErrorResponse>",
                {}};
    return {status, {{"Content-Type", "application/json"}, {"x-amzn-ErrorType", code}}, Json{{"message", message}}.dump(), {}};
}

} // namespace

ReadEndpoint::ReadEndpoint() {
    for (auto& [path, text] : estateDumps()) dumps_.emplace(path, std::move(text));
}

HttpResponse ReadEndpoint::answer(const HttpRequest& request, std::string_view service, std::string_view region,
                                  const std::string& account) const {
    const auto call = callOf(request, service);
    if (!call)
        return {400, {{"Content-Type", "application/json"}}, R"({"__type":"UnknownOperationException","message":"The practice endpoint knows no such call"})", {}};
    const PlannedCall& planned = *call->planned;
    const std::string file = cloud::fileFor(planned, call->arguments, {}, {});
    std::string name = file.substr(file.rfind('/') + 1);
    if (planned.call == "list-policies" && planned.file == "SERVICE_CONTROL_POLICY") name = "list-policies.json";
    const std::string folder = planned.scope == PlannedCall::Scope::Organization ? "organizations/"
                               : planned.scope == PlannedCall::Scope::Account    ? account + "/"
                                                                                 : account + "/" + std::string(region) + "/";
    if (!planned.job.empty() && !dumps_.contains(folder + name)) {
        const auto details = dumps_.find(folder + "get-account-authorization-details.json");
        auto used = details == dumps_.end() ? std::nullopt : lastAccessedBy(call->arguments[0], details->second);
        if (!used) return refused(*call, 404, "NoSuchEntity", "The practice organisation has no such role");
        if (!call->starts) return written(*call, std::move(*used));
    }
    if (call->starts) return written(*call, {{"JobId", jobNameOf(call->arguments[0])}});
    if (const auto dump = dumps_.find(folder + name); dump != dumps_.end())
        if (auto json = parseJson(dump->second); json && json->is_object()) return written(*call, std::move(*json));
    if (planned.call == "list-buckets") return written(*call, {{"Buckets", bucketsBelow(folder)}});
    if (planned.call == "get-bucket-policy") return refused(*call, 404, "NoSuchBucketPolicy", "The bucket policy does not exist");
    if (planned.call == "get-public-access-block")
        return refused(*call, 404, "NoSuchPublicAccessBlockConfiguration", "The public access block configuration was not found");
    if (planned.call == "describe-organization") {
        // As the ARNs of its accounts have it: "arn:aws:organizations::MANAGEMENT:account/o-…/…".
        const auto accounts = dumps_.find("organizations/list-accounts.json");
        const std::string_view text = accounts == dumps_.end() ? std::string_view() : std::string_view(accounts->second);
        constexpr std::string_view start = "arn:aws:organizations::";
        const std::size_t at = text.find(start);
        if (at == std::string_view::npos) return refused(*call, 400, "AWSOrganizationsNotInUseException", "No organization");
        const std::string_view rest = text.substr(at + start.size());
        const std::size_t id = rest.find("/o-") + 1;
        return written(*call, {{"Organization", {{"Id", rest.substr(id, rest.find('/', id) - id)}, {"MasterAccountId", rest.substr(0, 12)}}}});
    }
    if (planned.call == "get-policy" || planned.call == "get-auth-policy")
        return refused(*call, 404, "ResourceNotFoundException", "The resource you requested does not exist.");
    if (planned.call == "get-saml-provider") return refused(*call, 404, "NoSuchEntity", "The provider has no metadata here");
    return written(*call, Json::object());
}

// Those that have a policy are all that the organisation tells of.
Json ReadEndpoint::bucketsBelow(const std::string& folder) const {
    const std::string start = folder + "get-bucket-policy-";
    Json buckets = Json::array();
    for (auto dump = dumps_.lower_bound(start); dump != dumps_.end() && dump->first.starts_with(start); ++dump) {
        const std::string name = dump->first.substr(start.size());
        buckets.push_back({{"Name", name.substr(0, name.rfind(".json"))}});
    }
    return buckets;
}

} // namespace gw::practice

#include "models/cloud/read/plan.h"

#include "models/cloud/aws/signature.h"
#include "saml/base/json_fields.h"
#include "saml/base/percent.h"

#include <algorithm>
#include <charconv>
#include <set>

namespace gw::cloud {
namespace {

// The next word of a text, which it is taken from.
std::string_view takeWord(std::string_view& text) {
    const std::size_t begin = std::min(text.find_first_not_of(' '), text.size());
    text.remove_prefix(begin);
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(end);
    return word;
}

std::string filled(std::string_view text, const Arguments& arguments, std::string_view region, bool inPath) {
    std::string out;
    while (!text.empty()) {
        const std::size_t open = std::min(text.find('{'), text.size());
        out += text.substr(0, open);
        text.remove_prefix(open);
        if (text.empty()) break;
        const std::size_t close = text.find('}');
        const std::string_view name = text.substr(1, close - 1);
        std::size_t index = 0;
        std::from_chars(name.data(), name.data() + name.size(), index);
        const std::string value = name == "region"           ? std::string(region)
                                  : index < arguments.size() ? arguments[index]
                                                             : std::string();
        out += inPath ? percentEncoded(value) : value;
        text.remove_prefix(close + 1);
    }
    return out;
}

std::string operationIn(std::string_view action) {
    return std::string(action.substr(action.find(':') + 1));
}

// "ListRoles": what the action is called, except where several calls share one, and of S3, whose actions have names of their own.
std::string operationOf(const PlannedCall& planned) {
    if (planned.service != "apigateway" && planned.service != "apigatewayv2" && planned.service != "s3")
        return operationIn(planned.action);
    std::string name;
    bool first = true;
    for (const char c : planned.call) {
        if (c != '-') name += first && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        first = c == '-';
    }
    return name;
}

std::vector<std::string> listOf(std::string_view value, const Arguments& arguments) {
    if (value.starts_with('{') && value.ends_with("..}")) {
        std::size_t from = 0;
        std::from_chars(value.data() + 1, value.data() + value.size(), from);
        return {arguments.begin() + static_cast<std::ptrdiff_t>(std::min(from, arguments.size())), arguments.end()};
    }
    std::vector<std::string> list;
    while (!value.empty()) {
        const std::size_t bar = std::min(value.find('|'), value.size());
        list.emplace_back(value.substr(0, bar));
        value.remove_prefix(std::min(bar + 1, value.size()));
    }
    return list;
}

void addParameter(AwsCall& call, std::string_view word, const Arguments& arguments, std::string_view region) {
    const std::size_t equals = word.find('=');
    std::string_view name = word.substr(0, equals), value = word.substr(equals + 1);
    const bool json = call.service->protocol == AwsProtocol::Json;
    if (name.ends_with("[]")) {
        name.remove_suffix(2);
        const auto list = listOf(value, arguments);
        if (json)
            call.body[std::string(name)] = list;
        else
            for (std::size_t i = 0; i < list.size(); ++i)
                call.parameters.emplace_back(std::string(name) + ".member." + std::to_string(i + 1), list[i]);
        return;
    }
    std::string text = filled(value, arguments, region, false);
    if (!json) return call.parameters.emplace_back(name, std::move(text)), void();
    std::int64_t number = 0;
    const auto [end, failed] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (failed == std::errc() && end == value.data() + value.size())
        call.body[std::string(name)] = number;
    else
        call.body[std::string(name)] = std::move(text);
}

// What may stand in a file's name as it is.
bool isPlain(std::string_view text) {
    return !text.empty() && text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-+=,@") ==
                                std::string_view::npos;
}

std::string lastName(std::string_view text) {
    return std::string(text.substr(text.find_last_of("/:") + 1));
}

std::string plainOf(std::string text) {
    std::replace_if(text.begin(), text.end(), [](char c) { return !isPlain(std::string_view(&c, 1)); }, '-');
    return text;
}

std::string suffixFor(const PlannedCall& planned, const Arguments& arguments) {
    constexpr std::size_t longest = 120;
    if (planned.file == "{0}") return plainOf(lastName(arguments.empty() ? std::string_view() : arguments[0]).substr(0, longest));
    if (!planned.file.empty()) return std::string(planned.file);
    std::string name, all;
    bool plain = true;
    for (const std::string& each : arguments) {
        plain = plain && isPlain(each);
        name += (name.empty() ? "" : "-") + lastName(each);
        all += each + '\n';
    }
    if (plain && name.size() <= longest) return name;
    // The digest tells apart what became alike.
    return plainOf(name.substr(0, longest / 2)) + "-" + sha256Hex(all).substr(0, 8);
}

} // namespace

AwsCall callFor(const PlannedCall& planned, const Arguments& arguments, std::string_view region, std::string_view page) {
    AwsCall call;
    call.service = awsService(planned.service);
    call.operation = operationOf(planned);
    std::string_view path = planned.path;
    if (path.starts_with("POST ")) {
        call.method = HttpRequest::Method::Post;
        path.remove_prefix(5);
    }
    if (!path.empty()) call.path = filled(path, arguments, region, true);
    for (std::string_view rest = planned.parameters, word = takeWord(rest); !word.empty(); word = takeWord(rest))
        addParameter(call, word, arguments, region);
    if (page.empty()) return call;
    const std::string name(planned.page.substr(0, planned.page.find('=')));
    if (call.service->protocol == AwsProtocol::Json)
        call.body[name] = page;
    else
        call.parameters.emplace_back(name, page);
    return call;
}

AwsCall startOf(const PlannedCall& planned, const Arguments& arguments) {
    AwsCall call;
    call.service = awsService(planned.service);
    std::string_view rest = planned.job;
    call.operation = operationIn(takeWord(rest));
    for (std::string_view word = takeWord(rest); word.find('=') != std::string_view::npos; word = takeWord(rest))
        addParameter(call, word, arguments, {});
    return call;
}

std::string jobIn(const PlannedCall& planned, const Json& answer) {
    return textField(answer, std::string(planned.job.substr(planned.job.rfind(' ') + 1)).c_str());
}

JobState jobState(const PlannedCall& planned, const Json& answer) {
    const std::size_t equals = std::min(planned.state.find('='), planned.state.size());
    if (equals == planned.state.size()) return JobState::Done;
    const std::string state = textField(answer, std::string(planned.state.substr(0, equals)).c_str());
    const std::string_view states = planned.state.substr(equals + 1);
    const std::size_t bar = states.find('|');
    if (state == states.substr(0, bar)) return JobState::Runs;
    return state == states.substr(bar + 1) ? JobState::Done : JobState::Failed;
}

bool follows(const PlannedCall& child, const PlannedCall& parent) {
    std::string_view rest = child.after;
    std::string_view name = takeWord(rest);
    const std::size_t colon = name.find(':');
    const std::string_view service = colon == std::string_view::npos ? child.service : name.substr(0, colon);
    if (colon != std::string_view::npos) name.remove_prefix(colon + 1);
    return !name.empty() && service == parent.service && name == parent.call;
}

std::vector<Arguments> argumentsAfter(const PlannedCall& child, const Json& answer, const Arguments& ofParent) {
    std::vector<Arguments> all;
    std::string_view rest = child.after;
    takeWord(rest);
    std::string_view list = takeWord(rest);
    list.remove_suffix(2); // "[]"
    std::vector<std::string_view> names;
    for (std::string_view word = takeWord(rest); !word.empty(); word = takeWord(rest)) names.push_back(word);
    const auto found = answer.find(std::string(list));
    if (found == answer.end() || !found->is_array()) return all;
    for (const Json& each : *found) {
        Arguments arguments;
        for (const std::string_view name : names) {
            std::string text;
            if (name.starts_with('^')) {
                const auto index = static_cast<std::size_t>(name[1] - '0');
                if (index < ofParent.size()) text = ofParent[index];
            } else if (name == ".") {
                if (each.is_string()) text = each.get<std::string>();
            } else if (each.is_object()) {
                text = textField(each, std::string(name).c_str());
            }
            if (text.empty()) break;
            arguments.push_back(std::move(text));
        }
        if (arguments.size() != names.size()) continue;
        const std::size_t shared = names.size() - 1;
        if (child.batch > 1 && !all.empty() && all.back().size() < shared + child.batch)
            all.back().push_back(std::move(arguments.back()));
        else
            all.push_back(std::move(arguments));
    }
    return all;
}

std::string addPage(const PlannedCall& planned, Json& whole, Json page) {
    const std::string token(planned.page.substr(std::min(planned.page.find('=') + 1, planned.page.size())));
    std::string next = token.empty() ? std::string() : textField(page, token.c_str());
    if (!token.empty()) page.erase(token);
    if (page.contains("IsTruncated")) page["IsTruncated"] = false;
    if (page.contains("Truncated")) page["Truncated"] = false;
    const bool first = whole.is_null();
    if (first) whole = std::move(page);
    for (std::string_view rest = planned.lists, word = takeWord(rest); !word.empty(); word = takeWord(rest)) {
        // Some services leave an empty list out; the answer is told by it.
        Json& list = whole[std::string(word)];
        if (!list.is_array()) list = Json::array();
        if (first) continue;
        const auto more = page.find(std::string(word));
        if (more == page.end() || !more->is_array()) continue;
        for (Json& each : *more) list.push_back(std::move(each));
    }
    return next;
}

std::size_t objectsIn(const PlannedCall& planned, const Json& answer) {
    if (planned.lists.empty()) return 1;
    std::size_t count = 0;
    for (std::string_view rest = planned.lists, word = takeWord(rest); !word.empty(); word = takeWord(rest))
        if (const auto list = answer.find(std::string(word)); list != answer.end() && list->is_array()) count += list->size();
    return count;
}

std::string fileFor(const PlannedCall& planned, const Arguments& arguments, std::string_view account, std::string_view region) {
    using Scope = PlannedCall::Scope;
    std::string path = planned.scope == Scope::Organization ? std::string("organizations") : std::string(account);
    if (planned.scope == Scope::Region) path.append("/").append(region);
    if (planned.scope != Scope::Organization) path.append("/").append(planned.service);
    path.append("/").append(planned.call);
    if (const std::string suffix = suffixFor(planned, arguments); !suffix.empty()) path.append("-").append(suffix);
    return path + (planned.kept == PlannedCall::Kept::ForCallsOnly ? ".names" : ".json");
}

std::vector<std::string> readActions() {
    std::set<std::string> actions;
    for (const PlannedCall& each : readPlan()) {
        actions.emplace(each.action);
        if (!each.job.empty()) actions.emplace(each.job.substr(0, each.job.find(' ')));
    }
    return {actions.begin(), actions.end()};
}

std::string readPolicy() {
    const Json policy = {{"Version", "2012-10-17"},
                         {"Statement", Json::array({{{"Sid", "ReadTheEstate"}, {"Effect", "Allow"}, {"Action", readActions()}, {"Resource", "*"}}})}};
    return policy.dump(2) + "\n";
}

} // namespace gw::cloud

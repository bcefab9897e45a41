#include "models/mesh/observed/access_line.h"

#include "models/mesh/envoy/denial.h"
#include "saml/base/ascii.h"
#include "saml/base/ascii_classes.h"
#include "saml/base/blanks.h"
#include "saml/base/json.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>

namespace gw::mesh {
namespace {

// Members by their names without case, underscores, hyphens and what API Gateway's variables have before the last dot.
using Members = std::map<std::string, std::string>;

std::string plainKey(std::string_view key) {
    std::string plain;
    for (const char c : key.substr(key.rfind('.') + 1))
        if (isAlphanumeric(c)) plain += c;
    return foldedAscii(plain);
}

void collect(const Json& object, Members& into, int depth) { // NOLINT(misc-no-recursion): three levels
    constexpr int deepest = 3;
    if (depth > deepest) return;
    for (const auto& [key, value] : object.items()) {
        if (value.is_object()) collect(value, into, depth + 1);
        std::string text;
        if (value.is_string()) text = value.get<std::string>();
        else if (value.is_number()) text = value.dump();
        else continue;
        if (text != "-" && !text.empty()) into.emplace(plainKey(key), std::move(text));
    }
}

std::string first(const Members& members, std::initializer_list<const char*> names) {
    for (const char* name : names)
        if (const auto found = members.find(name); found != members.end()) return found->second;
    return {};
}

int numberIn(std::string_view text) {
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() ? number : 0;
}

// "30/Nov/2026:12:00:00 +0000"
std::optional<UtcTime> commonTime(std::string_view text) {
    static constexpr auto months = std::to_array<std::string_view>({"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"});
    if (text.size() != 26 || text[2] != '/' || text[6] != '/' || text[11] != ':') return std::nullopt;
    const auto month = std::find(months.begin(), months.end(), text.substr(3, 3));
    if (month == months.end()) return std::nullopt;
    const auto number = static_cast<int>(month - months.begin()) + 1;
    const std::string rfc = std::string(text.substr(7, 4)) + (number < 10 ? "-0" : "-") + std::to_string(number) + "-" + std::string(text.substr(0, 2)) + "T" +
                            std::string(text.substr(12, 8)) + std::string(text.substr(21, 3)) + ":" + std::string(text.substr(24, 2));
    const auto time = UtcTime::parse(rfc);
    return time ? std::optional(*time) : std::nullopt;
}

std::optional<UtcTime> timeIn(const std::string& text) {
    if (text.empty()) return std::nullopt;
    if (const auto time = commonTime(text)) return time;
    if (const auto time = UtcTime::parse(text)) return *time;
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size() || number <= 0 || number > 99'999'999'999'999) return std::nullopt;
    constexpr std::int64_t secondsEnd = 100'000'000'000;
    return number < secondsEnd ? UtcTime::fromUnixSeconds(number) : UtcTime::fromUnixMilliseconds(number);
}

std::string_view withoutQuery(std::string_view path) {
    return path.substr(0, path.find('?'));
}

// What the dry runs of several filters say: through only where all would have let it.
void readShadow(const Members& members, AccessLine& line) {
    constexpr std::string_view result = "result";
    for (const auto& [key, value] : members) {
        const bool ours = key == "shadow" || key == "shadowdeny";
        if ((!ours && !key.ends_with("shadowengineresult")) || (value != "allowed" && value != "denied")) continue;
        const std::string stem = ours ? key + "policy" : key.substr(0, key.size() - std::string_view("engine").size() - result.size()) + "effectivepolicyid";
        const auto found = members.find(stem);
        const std::string policy = found == members.end() ? std::string() : found->second;
        const bool lets = value == "allowed";
        // Of several that deny, the one that says by which policy.
        if (!lets && (line.shadow != std::optional(false) || line.shadowPolicy.empty())) line.shadowPolicy = policy;
        if (lets && line.shadow != std::optional(false) && line.shadowPolicy.empty()) line.shadowPolicy = policy;
        line.shadow = lets && line.shadow.value_or(true);
    }
}

Result<AccessLine> fromJson(std::string_view text) {
    const auto json = parseJson(text, 16);
    if (!json || !json->is_object()) return fail(AccessLineError::Malformed);
    Members members;
    collect(*json, members, 0);
    AccessLine line;
    line.time = timeIn(first(members, {"requesttime", "starttime", "time", "timestamp", "requesttimeepoch"}));
    line.method = first(members, {"httpmethod", "requestmethod", "method"});
    std::string path = first(members, {"path", "requestpath", "resourcepath", "xenvoyoriginpath"});
    const std::string route = first(members, {"routekey"});
    if (const std::size_t blank = route.find(' '); blank != std::string::npos) {
        if (line.method.empty()) line.method = route.substr(0, blank);
        if (path.empty()) path = route.substr(blank + 1);
    }
    line.status = numberIn(first(members, {"responsecode", "status", "statuscode"}));
    line.service = first(members, {"servicearn"});
    const std::string detail = first(members, {"detail", "responsecodedetails"});
    if (line.service.find(":vpc-lattice:") != std::string::npos) {
        line.source = AccessLine::Source::Lattice;
        line.caller = first(members, {"callerprincipal"});
        line.denied = !first(members, {"authdeniedreason"}).empty();
    } else if (!first(members, {"apiid", "requestid", "resourceid"}).empty() && members.find("responsecodedetails") == members.end()) {
        line.api = first(members, {"apiid"});
        line.stage = first(members, {"stage"});
        line.caller = first(members, {"userarn", "callerarn", "principalarn", "caller", "user"});
        // "/prod/refunds": some formats have the stage before the path.
        const std::string stage = "/" + line.stage + "/";
        if (!line.stage.empty() && path.starts_with(stage)) path.erase(0, stage.size() - 1);
        line.denied = line.status == 401 || line.status == 403;
    } else {
        line.source = AccessLine::Source::Proxy;
        line.caller = first(members, {"peer", "downstreampeerurisan", "sourceprincipal", "peernames", "downstreampeerdnssan"});
        line.caller = line.caller.substr(0, line.caller.find(','));
        line.server = first(members, {"server", "authority", "requestedservername"});
        if (const auto denial = readProxyDenial(detail.empty() ? text : std::string_view(detail))) {
            line.denied = true;
            line.policy = std::string(denial->policy);
        }
        readShadow(members, line);
    }
    line.path = std::string(withoutQuery(path));
    if (line.method.empty() || line.status == 0) return fail(AccessLineError::NoRequest);
    return line;
}

// ADDRESS CALLER USER [TIME] "METHOD PATH PROTOCOL" STATUS … (API Gateway, "Set up CloudWatch logging": CLF)
Result<AccessLine> fromCommon(std::string_view text) {
    const std::size_t open = text.find('['), close = text.find(']', open), quote = text.find('"', close), end = text.find('"', quote + 1);
    if (open == std::string_view::npos || close == std::string_view::npos || quote == std::string_view::npos || end == std::string_view::npos)
        return fail(AccessLineError::NoLine);
    AccessLine line;
    line.time = commonTime(text.substr(open + 1, close - open - 1));
    std::string_view request = text.substr(quote + 1, end - quote - 1);
    const std::size_t blank = request.find(' ');
    if (!line.time || blank == std::string_view::npos) return fail(AccessLineError::NoLine);
    line.method = std::string(request.substr(0, blank));
    request.remove_prefix(blank + 1);
    line.path = std::string(withoutQuery(request.substr(0, request.find(' '))));
    const std::string_view rest = trimmed(text.substr(end + 1));
    line.status = numberIn(rest.substr(0, rest.find(' ')));
    std::string_view before = trimmed(text.substr(0, open));
    before.remove_prefix(std::min(before.find(' ') + 1, before.size()));
    const std::string_view caller = before.substr(0, before.find(' '));
    if (caller != "-") line.caller = std::string(caller);
    line.denied = line.status == 401 || line.status == 403;
    if (line.status == 0) return fail(AccessLineError::NoRequest);
    return line;
}

} // namespace

Result<AccessLine> readAccessLine(std::string_view text) {
    text = trimmed(text);
    const std::size_t brace = text.find('{');
    // Before it a time, and no line of the other format.
    if (brace != std::string_view::npos && text.ends_with('}') && text.substr(0, brace).find('"') == std::string_view::npos) return fromJson(text.substr(brace));
    if (brace == 0) return fail(AccessLineError::Malformed);
    return fromCommon(text);
}

} // namespace gw::mesh

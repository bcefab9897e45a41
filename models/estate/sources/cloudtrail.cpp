// CloudTrail's records in the wrappings that people have them in: log files, lookup-events, JSON lines, and the rows that
// Lake and Athena answer with. Read by simdjson's on-demand interface, which looks at what is asked for only.
#include "models/estate/sources/file_form.h"
#include "models/estate/sources/source_readers.h"
#include "models/policy/arn_pattern.h"
#include "models/policy/aws_time.h"
#include "saml/base/blanks.h"
#include "saml/base/json.h"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace gw::estate {
namespace {

namespace od = simdjson::ondemand;

bool sameName(std::string_view a, std::string_view lower) {
    return a.size() == lower.size() && std::equal(a.begin(), a.end(), lower.begin(), [](char x, char y) {
               return (x >= 'A' && x <= 'Z' ? static_cast<char>(x - 'A' + 'a') : x) == y;
           });
}

// Octets with the room behind them that the parser may look into.
class Padded {
public:
    od::parser parser;
    od::document document;

    [[nodiscard]] bool open(std::string_view text) {
        text_.reserve(text.size() + simdjson::SIMDJSON_PADDING);
        text_.assign(text);
        return parser.iterate(simdjson::padded_string_view(text_, text_.capacity())).get(document) == simdjson::SUCCESS;
    }
    [[nodiscard]] std::size_t offsetOf(const char* at) const { return static_cast<std::size_t>(at - text_.data()); }
    [[nodiscard]] std::string_view text() const { return text_; }

private:
    std::string text_;
};

std::string_view stringOf(od::value& value) {
    std::string_view text;
    return value.get_string().get(text) == simdjson::SUCCESS ? text : std::string_view();
}

// The value of a name in a struct as Athena and Lake print it: "{type=Role, arn=arn:…, …}".
std::string_view printedMember(std::string_view text, std::string_view name) {
    for (std::size_t at = text.find(name); at != std::string_view::npos; at = text.find(name, at + 1)) {
        const std::size_t end = at + name.size();
        if (end >= text.size() || text[end] != '=' || at == 0 || (text[at - 1] != '{' && text[at - 1] != ' ')) continue;
        const std::string_view rest = text.substr(end + 1);
        const std::size_t stop = std::min(rest.find(", "), rest.find('}'));
        return rest.substr(0, stop);
    }
    return {};
}

// "arn:aws:iam::A:role/R" of "arn:aws:sts::A:assumed-role/R/S": the path is not in it.
std::string roleOfSession(std::string_view arn) {
    const auto parts = policy::ArnParts::split(arn);
    if (!parts || parts->service != "sts" || !parts->resource.starts_with("assumed-role/")) return {};
    const std::string_view name = parts->resource.substr(13, parts->resource.find('/', 13) - 13);
    return "arn:" + std::string(parts->partition) + ":iam::" + std::string(parts->account) + ":role/" + std::string(name);
}

struct Identity {
    std::string_view type, arn, issuer;

    // Of the role or user that stands behind it.
    [[nodiscard]] std::string principal() const {
        if (!issuer.empty()) return std::string(issuer);
        if (arn.find(":assumed-role/") != std::string_view::npos) return roleOfSession(arn);
        return arn.find(":user/") != std::string_view::npos ? std::string(arn) : std::string();
    }
};

class EventReader {
public:
    EventReader(const RawFile& raw, UsageCollector& usage) : raw_(raw), usage_(usage) {}

    std::size_t events = 0;

    // An event, or a row of columns that are called like an event's members. False: it has no name, source or time.
    bool event(od::object object, std::size_t offset, std::string pointer) {
        Identity identity;
        std::string_view source, name, time, error;
        std::string_view parameters, response; // JSON text
        UsageCollector::Event event;
        event.resources = std::move(resources_);
        event.resources.clear();
        for (auto field : object) {
            std::string_view key;
            if (field.unescaped_key().get(key) != simdjson::SUCCESS) return false;
            od::value value;
            if (field.value().get(value) != simdjson::SUCCESS) return false;
            switch (key.size()) {
            case 9:
                if (sameName(key, "eventtime"))
                    time = stringOf(value);
                else if (sameName(key, "eventname"))
                    name = stringOf(value);
                else if (sameName(key, "errorcode"))
                    error = stringOf(value);
                else if (sameName(key, "resources"))
                    resources(value, event.resources);
                break;
            case 11:
                if (sameName(key, "eventsource")) source = stringOf(value);
                break;
            case 12:
                if (sameName(key, "useridentity")) readIdentity(value, identity);
                break;
            case 16:
                if (sameName(key, "responseelements")) response = documentIn(value);
                break;
            case 17:
                if (sameName(key, "requestparameters")) parameters = documentIn(value);
                break;
            default:
                break;
            }
        }
        const auto at = policy::timeAsAwsWritesIt(time);
        const bool usable = at && !source.empty() && !name.empty();
        if (usable) {
            event.at = *at;
            event.source = source;
            event.name = name;
            event.denied = error.find("AccessDenied") != std::string_view::npos || error.find("Unauthorized") != std::string_view::npos;
            principal_ = identity.principal();
            event.principal = principal_;
            usage_.add(event);
            ++events;
            if (source.starts_with("sts.")) tokenCall(event, !error.empty(), parameters, response, offset, std::move(pointer));
        }
        resources_ = std::move(event.resources);
        return usable;
    }

    // For the lines of what lies inside this text.
    void textIs(std::string_view text) {
        text_ = text;
        counted_ = 0;
        line_ = 1;
        lineStart_ = 0;
    }

private:
    void readIdentity(od::value& value, Identity& identity) {
        od::object object;
        if (value.get_object().get(object) != simdjson::SUCCESS) {
            // Lake's answers print structures. Its members are in small letters.
            const std::string_view text = stringOf(value);
            identity.type = printedMember(text, "type");
            identity.arn = printedMember(text, "arn");
            if (const std::size_t at = text.find("sessionissuer={"); at != std::string_view::npos)
                identity.issuer = printedMember(text.substr(at + 14), "arn");
            return;
        }
        for (auto field : object) {
            std::string_view key;
            od::value member;
            if (field.unescaped_key().get(key) != simdjson::SUCCESS || field.value().get(member) != simdjson::SUCCESS) return;
            if (key == "type")
                identity.type = stringOf(member);
            else if (key == "arn")
                identity.arn = stringOf(member);
            else if (sameName(key, "sessioncontext"))
                readContext(member, identity);
        }
    }

    static void readContext(od::value& value, Identity& identity) {
        od::object object;
        if (value.get_object().get(object) != simdjson::SUCCESS) return;
        for (auto field : object) {
            std::string_view key;
            od::value member;
            if (field.unescaped_key().get(key) != simdjson::SUCCESS || field.value().get(member) != simdjson::SUCCESS) return;
            if (!sameName(key, "sessionissuer")) continue;
            od::object issuer;
            od::value arn;
            if (member.get_object().get(issuer) != simdjson::SUCCESS) continue;
            if (issuer.find_field_unordered("arn").get(arn) == simdjson::SUCCESS) identity.issuer = stringOf(arn);
        }
    }

    static void resources(od::value& value, std::vector<std::string_view>& arns) {
        od::array array;
        if (value.get_array().get(array) != simdjson::SUCCESS) return;
        for (auto each : array) {
            od::object object;
            if (each.get_object().get(object) != simdjson::SUCCESS) return;
            for (auto field : object) {
                std::string_view key;
                od::value member;
                if (field.unescaped_key().get(key) != simdjson::SUCCESS || field.value().get(member) != simdjson::SUCCESS) return;
                if (key.size() == 3 && sameName(key, "arn"))
                    if (const std::string_view arn = stringOf(member); arn.starts_with("arn:")) arns.push_back(arn);
            }
        }
    }

    // Of an object its text; of a string, as tables hold it, what the string says.
    static std::string_view documentIn(od::value& value) {
        od::object object;
        if (value.get_object().get(object) != simdjson::SUCCESS) return stringOf(value);
        std::string_view text;
        return object.raw_json().get(text) == simdjson::SUCCESS ? text : std::string_view();
    }

    template <class Take>
    void members(std::string_view json, Take take) {
        if (json.empty() || !inner_.open(json)) return;
        od::object object;
        if (inner_.document.get_object().get(object) != simdjson::SUCCESS) return;
        for (auto field : object) {
            std::string_view key;
            od::value value;
            if (field.unescaped_key().get(key) != simdjson::SUCCESS || field.value().get(value) != simdjson::SUCCESS) return;
            take(key, value);
        }
    }

    void tokenCall(const UsageCollector::Event& event, bool failed, std::string_view parameters, std::string_view response,
                   std::size_t offset, std::string pointer) {
        const bool saml = event.name == "AssumeRoleWithSAML";
        if (!saml && (event.name != "AssumeRole" || event.principal.find(":role/") == std::string_view::npos)) return;
        RecordedSignIn call;
        call.at = event.at;
        call.failed = failed;
        members(parameters, [&](std::string_view key, od::value& value) {
            if (key == "roleArn")
                call.role = stringOf(value);
            else if (key == "principalArn")
                call.provider = stringOf(value);
            else if (key == "roleSessionName")
                call.sessionName = stringOf(value);
            else if (key == "sourceIdentity")
                call.sourceIdentity = stringOf(value);
            else if (key == "durationSeconds") {
                std::int64_t seconds = 0;
                if (value.get_int64().get(seconds) == simdjson::SUCCESS) call.seconds = seconds;
            }
        });
        if (call.role.empty()) return;
        call.source = {raw_.file, std::move(pointer), positionOf(offset)};
        if (!saml) {
            // From a role to a role AWS refuses more than an hour: that call is told, no other that failed.
            constexpr std::int64_t longestChain = 3'600;
            if (!failed || call.seconds.value_or(0) > longestChain)
                usage_.add(RecordedChain{std::string(event.principal), call.role, call.seconds, call.at, call.source});
            return;
        }
        members(response, [&](std::string_view key, od::value& value) {
            if (key == "subject")
                call.subject = stringOf(value);
            else if (key == "subjectType")
                call.subjectType = stringOf(value);
            else if (key == "issuer")
                call.issuer = stringOf(value);
            else if (key == "audience")
                call.audience = stringOf(value);
            else if (key == "sourceIdentity" && call.sourceIdentity.empty())
                call.sourceIdentity = stringOf(value);
        });
        usage_.add(std::move(call));
    }

    // Counted on from the last one, since offsets grow.
    policy::Position positionOf(std::size_t offset) {
        if (offset < counted_ || offset > text_.size()) return {};
        for (; counted_ < offset; ++counted_) {
            if (text_[counted_] != '\n') continue;
            ++line_;
            lineStart_ = counted_ + 1;
        }
        return {line_, static_cast<std::uint32_t>(offset - lineStart_ + 1)};
    }

    const RawFile& raw_;
    UsageCollector& usage_;
    Padded inner_;
    std::string principal_;
    std::vector<std::string_view> resources_;
    std::string_view text_;
    std::size_t counted_ = 0, lineStart_ = 0;
    std::uint32_t line_ = 1;
};

constexpr std::size_t askedEvery = 1024; // events

class CloudTrailFile {
public:
    CloudTrailFile(const RawFile& raw, UsageCollector& usage, const std::function<bool()>& goesOn) : raw_(raw), reader_(raw, usage), goesOn_(goesOn) {}

    bool read() {
        std::string_view text = raw_.text;
        if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
        if (!outer_.open(text)) return false;
        reader_.textIs(outer_.text());
        od::json_type type{};
        if (outer_.document.type().get(type) != simdjson::SUCCESS) return false;
        if (type == od::json_type::array) {
            od::array rows;
            if (outer_.document.get_array().get(rows) != simdjson::SUCCESS) return false;
            list(rows, "");
            return finish();
        }
        od::object object;
        if (type != od::json_type::object || outer_.document.get_object().get(object) != simdjson::SUCCESS) return false;
        if (root(object)) return finish();
        outer_.document.rewind();
        if (outer_.document.get_object().get(object) != simdjson::SUCCESS) return false;
        reader_.event(object, 0, "");
        return finish();
    }

    // One document a line. Bad lines are told, the others count.
    bool readLines() {
        std::string_view text = raw_.text;
        reader_.textIs({});
        std::size_t number = 0, bad = 0;
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t end = std::min(text.find('\n', at), text.size());
            const std::string_view line = trimmed(text.substr(at, end - at));
            at = end + 1;
            if (number++ % askedEvery == 0 && !goesOn_()) return true;
            if (line.empty()) continue;
            const std::size_t before = reader_.events;
            faulty_ = false;
            if (!outer_.open(line) || (object(), faulty_ || reader_.events == before)) {
                if (number == 1 && reader_.events == 0) return false;
                if (++bad == 1) firstBad_ = number;
            }
        }
        if (bad > 0)
            problems_.push_back(problemOf(EstateError::Malformed, raw_).with("line", std::to_string(firstBad_)).with("column", "1").with("seen", std::to_string(bad)));
        return reader_.events > 0;
    }

    [[nodiscard]] std::vector<Error>& problems() { return problems_; }

private:
    void object() {
        od::object object;
        if (outer_.document.get_object().get(object) != simdjson::SUCCESS) {
            faulty_ = true;
            return;
        }
        if (root(object)) return;
        outer_.document.rewind();
        if (outer_.document.get_object().get(object) == simdjson::SUCCESS) reader_.event(object, 0, "");
    }

    // The known wrappings; false where it is none of them.
    bool root(od::object& object) {
        bool known = false;
        for (auto field : object) {
            std::string_view key;
            od::value value;
            if (field.unescaped_key().get(key) != simdjson::SUCCESS || field.value().get(value) != simdjson::SUCCESS) {
                faulty_ = true;
                return known;
            }
            if (key != "Records" && key != "Events" && key != "QueryResultRows" && key != "ResultSet") continue;
            od::array rows;
            known = true;
            if (key == "ResultSet") {
                resultSet(value);
            } else if (value.get_array().get(rows) == simdjson::SUCCESS) {
                if (key == "Events")
                    lookedUp(rows);
                else if (key == "QueryResultRows")
                    lakeRows(rows);
                else
                    list(rows, "/Records");
            }
        }
        return known;
    }

    void list(od::array& rows, const std::string& pointer) {
        std::size_t index = 0;
        for (auto each : rows) {
            if (index % askedEvery == 0 && !goesOn_()) return;
            od::value value;
            od::object object;
            if (each.get(value) != simdjson::SUCCESS) {
                faulty_ = true;
                return;
            }
            const std::size_t offset = value.current_location().error() == simdjson::SUCCESS
                                           ? outer_.offsetOf(value.current_location().value_unsafe())
                                           : 0;
            if (value.get_object().get(object) == simdjson::SUCCESS) reader_.event(object, offset, pointer + "/" + std::to_string(index));
            ++index;
        }
    }

    // lookup-events: the event is a string of JSON beside a summary.
    void lookedUp(od::array& rows) {
        std::size_t index = 0;
        for (auto each : rows) {
            od::object object;
            if (each.get_object().get(object) != simdjson::SUCCESS) {
                faulty_ = true;
                return;
            }
            od::value text;
            if (object.find_field_unordered("CloudTrailEvent").get(text) == simdjson::SUCCESS)
                text_(stringOf(text), "/Events/" + std::to_string(index) + "/CloudTrailEvent");
            ++index;
        }
    }

    void text_(std::string_view json, std::string pointer) {
        od::object object;
        if (json.empty() || !row_.open(json) || row_.document.get_object().get(object) != simdjson::SUCCESS) {
            faulty_ = true;
            return;
        }
        reader_.event(object, 0, std::move(pointer));
    }

    // get-query-results of Lake: a row is a list of objects with one column each.
    void lakeRows(od::array& rows) {
        std::size_t index = 0;
        for (auto each : rows) {
            od::array columns;
            if (each.get_array().get(columns) != simdjson::SUCCESS) {
                faulty_ = true;
                return;
            }
            std::string row = "{";
            for (auto column : columns) {
                od::object object;
                std::string_view json;
                if (column.get_object().get(object) != simdjson::SUCCESS || object.raw_json().get(json) != simdjson::SUCCESS) return;
                json = trimmed(json);
                if (json.size() <= 2) continue;
                if (row.size() > 1) row += ',';
                row += json.substr(1, json.size() - 2);
            }
            text_(row + "}", "/QueryResultRows/" + std::to_string(index++));
        }
    }

    // get-query-results of Athena: the first row names the columns.
    void resultSet(od::value& value) {
        od::array rows;
        if (value.find_field_unordered("Rows").get_array().get(rows) != simdjson::SUCCESS) return;
        std::vector<std::string> names;
        std::size_t index = 0;
        for (auto each : rows) {
            od::array cells;
            if (each.find_field_unordered("Data").get_array().get(cells) != simdjson::SUCCESS) return;
            std::vector<std::string> texts;
            for (auto cell : cells) {
                od::object object;
                od::value text;
                if (cell.get_object().get(object) != simdjson::SUCCESS) return;
                const bool there = object.find_field_unordered("VarCharValue").get(text) == simdjson::SUCCESS;
                texts.emplace_back(there ? stringOf(text) : std::string_view());
            }
            if (names.empty()) {
                names = std::move(texts);
            } else {
                Json row = Json::object();
                for (std::size_t i = 0; i < std::min(names.size(), texts.size()); ++i) row[names[i]] = texts[i];
                text_(row.dump(-1, ' ', false, Json::error_handler_t::replace), "/ResultSet/Rows/" + std::to_string(index));
            }
            ++index;
        }
    }

    bool finish() {
        // A fault of the syntax, with its place, from the reader that knows places.
        if (faulty_ && reader_.events > 0) {
            const auto tree = policy::SourceTree::parse(std::string(raw_.text));
            Error error = problemOf(EstateError::Malformed, raw_);
            if (!tree)
                for (const char* fact : {"line", "column"}) error.with(fact, std::string(tree.error().fact(fact)));
            problems_.push_back(std::move(error));
        }
        return reader_.events > 0;
    }

    const RawFile& raw_;
    Padded outer_, row_;
    EventReader reader_;
    const std::function<bool()>& goesOn_;
    std::vector<Error> problems_;
    std::size_t firstBad_ = 0;
    bool faulty_ = false;
};

// Rules about events speak of the same members, and their lists are told apart by what the file is made of.
bool speaksOfEvents(std::string_view text) {
    const std::string_view start = text.substr(0, std::size_t{256} << 10U);
    for (const std::string_view word : {"\"eventSource\"", "\"eventsource\"", "\\\"eventSource\\\"", "\"CloudTrailEvent\""})
        if (start.find(word) != std::string_view::npos) return true;
    return false;
}

} // namespace

bool readCloudTrail(const RawFile& raw, Reading& into) {
    if (formOf(raw.file->path, raw.text) != FileForm::Json || !speaksOfEvents(raw.text)) return false;
    UsageCollector& usage = pendingIn(into).usage;
    CloudTrailFile file(raw, usage, into.goesOn);
    const std::size_t line = raw.text.find('\n');
    // A list of lines begins with a whole object and another one behind it.
    const bool lines = raw.text.starts_with('{') && line != std::string_view::npos && raw.text.find_first_not_of(" \t\r\n", line) != std::string_view::npos &&
                       trimmed(raw.text.substr(0, line)).ends_with('}');
    const bool known = lines ? file.readLines() : file.read();
    if (!known) return false;
    raw.file->call = "cloudtrail";
    for (Error& each : file.problems()) into.parts.problems.push_back(std::move(each));
    return true;
}

void finishCloudTrail(Reading& reading) {
    UsageCollector& usage = pendingIn(reading).usage;
    if (usage.full()) reading.parts.problems.push_back(Error(EstateError::TooMany).with("file", "cloudtrail").with("object", "actions"));
    if (!usage.empty()) usage.moveInto(reading.parts.usage);
}

} // namespace gw::estate

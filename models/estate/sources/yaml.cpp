#include "models/estate/sources/yaml.h"

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <set>

#include <yaml.h>

namespace gw::estate {
namespace {

constexpr std::size_t mostDepth = 64;
constexpr std::size_t mostNodes = 400'000; // aliases worked out

struct EventDeleter {
    void operator()(yaml_event_t* event) const {
        yaml_event_delete(event);
        delete event;
    }
};
using Event = std::unique_ptr<yaml_event_t, EventDeleter>;

std::string_view viewOf(const yaml_char_t* text) {
    return text == nullptr ? std::string_view() : std::string_view(reinterpret_cast<const char*>(text));
}

// As JSON writes numbers; anything else, such as an account with a zero before it, is text.
bool isNumber(std::string_view text) {
    std::size_t at = text.starts_with('-') ? 1 : 0;
    const auto digits = [&] {
        const std::size_t start = at;
        while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
        return at - start;
    };
    const std::size_t start = at, whole = digits();
    if (whole == 0 || (whole > 1 && text[start] == '0')) return false;
    if (at < text.size() && text[at] == '.') {
        ++at;
        if (digits() == 0) return false;
    }
    return at == text.size();
}

class YamlReader {
public:
    explicit YamlReader(std::string_view text) {
        yaml_parser_initialize(&parser_);
        yaml_parser_set_input_string(&parser_, reinterpret_cast<const unsigned char*>(text.data()), text.size());
    }
    ~YamlReader() { yaml_parser_delete(&parser_); }
    YamlReader(const YamlReader&) = delete;
    YamlReader& operator=(const YamlReader&) = delete;

    void run(YamlFile& into) {
        while (!failed_) {
            const Event event = next();
            if (!event || event->type == YAML_STREAM_END_EVENT) break;
            if (event->type != YAML_DOCUMENT_START_EVENT) continue;
            anchors_.clear();
            Event root = next();
            if (!root) break;
            Datum datum = value(*root, {}, 0);
            if (!failed_) into.documents.push_back(std::move(datum));
        }
        into.problem = std::move(failed_);
    }

private:
    Event next() {
        Event event(new yaml_event_t{});
        if (yaml_parser_parse(&parser_, event.get()) == 1) return event;
        fail(YamlError::NotYaml, parser_.problem_mark, parser_.problem == nullptr ? "" : parser_.problem);
        return nullptr;
    }

    void fail(YamlError code, const yaml_mark_t& mark, std::string_view seen) {
        if (failed_) return;
        Error error(code);
        error.with("line", std::to_string(mark.line + 1)).with("column", std::to_string(mark.column + 1));
        if (!seen.empty()) error.with("seen", std::string(seen.substr(0, 200)));
        failed_ = std::move(error);
    }

    Datum value(const yaml_event_t& event, const std::string& pointer, std::size_t depth) {
        Datum made;
        made.position = {static_cast<std::uint32_t>(event.start_mark.line + 1), static_cast<std::uint32_t>(event.start_mark.column + 1)};
        made.pointer = pointer;
        if (failed_) return made;
        if (++nodes_ > mostNodes) fail(YamlError::TooLarge, event.start_mark, {});
        if (depth > mostDepth) fail(YamlError::TooDeep, event.start_mark, {});
        if (failed_) return made;
        const std::size_t before = nodes_;
        std::string anchor, tag;
        switch (event.type) {
        case YAML_ALIAS_EVENT:
            return alias(event, std::move(made), depth);
        case YAML_SCALAR_EVENT:
            anchor = viewOf(event.data.scalar.anchor);
            tag = viewOf(event.data.scalar.tag);
            scalar(event, made);
            break;
        case YAML_SEQUENCE_START_EVENT:
            anchor = viewOf(event.data.sequence_start.anchor);
            tag = viewOf(event.data.sequence_start.tag);
            made.kind = Datum::Kind::Array;
            for (std::size_t index = 0;; ++index) {
                const Event each = next();
                if (!each || each->type == YAML_SEQUENCE_END_EVENT) break;
                made.members.emplace_back(std::string(), value(*each, pointer + "/" + std::to_string(index), depth + 1));
                if (failed_) return made;
            }
            break;
        case YAML_MAPPING_START_EVENT:
            anchor = viewOf(event.data.mapping_start.anchor);
            tag = viewOf(event.data.mapping_start.tag);
            mapping(made, depth);
            break;
        default:
            fail(YamlError::NotYaml, event.start_mark, {});
        }
        if (failed_) return made;
        made = function(tag, std::move(made));
        if (!anchor.empty()) anchors_[anchor] = {made, nodes_ - before + 1, depthOf(made)};
        return made;
    }

    Datum alias(const yaml_event_t& event, Datum made, std::size_t depth) {
        const std::string name(viewOf(event.data.alias.anchor));
        const auto found = anchors_.find(name);
        if (found == anchors_.end()) {
            fail(YamlError::UnknownAlias, event.start_mark, name);
            return made;
        }
        nodes_ += found->second.nodes;
        if (nodes_ > mostNodes) fail(YamlError::TooLarge, event.start_mark, name);
        if (depth + found->second.depth > mostDepth) fail(YamlError::TooDeep, event.start_mark, name);
        return failed_ ? made : made.placed(found->second.datum);
    }

    void mapping(Datum& made, std::size_t depth) {
        made.kind = Datum::Kind::Object;
        std::set<std::string> names;
        std::vector<Datum> merged;
        while (true) {
            const Event key = next();
            if (!key || key->type == YAML_MAPPING_END_EVENT) break;
            const Datum name = value(*key, made.pointer, depth + 1);
            if (failed_) return;
            if (name.kind == Datum::Kind::Array || name.kind == Datum::Kind::Object) return fail(YamlError::NotYaml, key->start_mark, "key");
            const std::string text = name.kind == Datum::Kind::True ? "true" : name.kind == Datum::Kind::False ? "false" : name.text;
            std::string escaped;
            for (const char c : text) escaped += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
            const Event what = next();
            if (!what) return;
            Datum member = value(*what, made.pointer + "/" + escaped, depth + 1);
            if (failed_) return;
            if (text == "<<" && key->data.scalar.style == YAML_PLAIN_SCALAR_STYLE) {
                merged.push_back(std::move(member));
                continue;
            }
            if (!names.insert(text).second) return fail(YamlError::DuplicateKey, key->start_mark, text);
            made.members.emplace_back(text, std::move(member));
        }
        for (Datum& each : merged) {
            if (each.kind == Datum::Kind::Array)
                for (auto& [none, one] : each.members) merge(made, names, one);
            else
                merge(made, names, each);
        }
    }

    static void merge(Datum& into, std::set<std::string>& names, const Datum& from) {
        if (from.kind != Datum::Kind::Object) return;
        for (const Datum::Member& each : from.members)
            if (names.insert(each.first).second) into.members.push_back(each);
    }

    static void scalar(const yaml_event_t& event, Datum& made) {
        made.text.assign(reinterpret_cast<const char*>(event.data.scalar.value), event.data.scalar.length);
        made.kind = Datum::Kind::String;
        const std::string_view tag = viewOf(event.data.scalar.tag);
        if (event.data.scalar.style != YAML_PLAIN_SCALAR_STYLE || !tag.empty()) return;
        const std::string_view text = made.text;
        if (text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL")
            made.kind = Datum::Kind::Null;
        else if (text == "true" || text == "True" || text == "TRUE")
            made.kind = Datum::Kind::True;
        else if (text == "false" || text == "False" || text == "FALSE")
            made.kind = Datum::Kind::False;
        else if (isNumber(text))
            made.kind = Datum::Kind::Number;
        if (made.kind != Datum::Kind::Number && made.kind != Datum::Kind::String) made.text.clear();
    }

    // "!Sub x" to {"Fn::Sub": x}.
    static Datum function(std::string_view tag, Datum value) {
        if (tag.size() < 2 || tag[0] != '!' || tag[1] == '!') return value;
        const std::string_view name = tag.substr(1);
        Datum made = value.placed({});
        made.kind = Datum::Kind::Object;
        if (name == "GetAtt" && value.kind == Datum::Kind::String) {
            const std::size_t dot = value.text.find('.');
            Datum list = value.placed({});
            list.kind = Datum::Kind::Array;
            list.members.emplace_back(std::string(), value.placed(Datum::of(value.text.substr(0, dot))));
            if (dot != std::string::npos) list.members.emplace_back(std::string(), value.placed(Datum::of(value.text.substr(dot + 1))));
            value = std::move(list);
        }
        const bool plain = name == "Ref" || name == "Condition";
        made.members.emplace_back(plain ? std::string(name) : "Fn::" + std::string(name), std::move(value));
        return made;
    }

    static std::size_t depthOf(const Datum& datum) {
        std::size_t most = 0;
        for (const Datum::Member& each : datum.members) most = std::max(most, depthOf(each.second) + 1);
        return most;
    }

    struct Anchor {
        Datum datum;
        std::size_t nodes = 0, depth = 0;
    };
    yaml_parser_t parser_{};
    std::map<std::string, Anchor, std::less<>> anchors_;
    std::size_t nodes_ = 0;
    std::optional<Error> failed_;
};

} // namespace

YamlFile readYaml(std::string_view text) {
    YamlFile file;
    if (text.size() > maxYamlBytes) {
        file.problem = Error(YamlError::TooLarge).with("seen", std::to_string(text.size()));
        return file;
    }
    YamlReader(text).run(file);
    return file;
}

} // namespace gw::estate

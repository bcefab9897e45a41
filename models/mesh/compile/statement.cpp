#include "models/mesh/compile/statement.h"

#include "models/mesh/compile/compilation.h"
#include "saml/base/json_writer.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace gw::mesh {
namespace {

using List = std::vector<std::string>;

void addTo(List& list, const List& more) {
    for (const std::string& each : more)
        if (std::find(list.begin(), list.end(), each) == list.end()) list.push_back(each);
}

void addEdges(PolicyStatement& to, const PolicyStatement& from) {
    for (const EdgeId& edge : from.edges) addEdge(to.edges, edge);
}

// Everything but one of its lists, as a key: whatever agrees in it may share the rest.
std::string without(const PolicyStatement& statement, const List PolicyStatement::*list, bool ofOneEdge) {
    JsonWriter key;
    key.beginArray();
    if (ofOneEdge)
        for (const EdgeId& edge : statement.edges) key.string(edge.value());
    key.boolean(statement.deny).string(statement.principalType).string(statement.edges.empty() ? statement.sid : "");
    for (const auto each : {&PolicyStatement::principals, &PolicyStatement::actions, &PolicyStatement::resources}) {
        if (each == list) continue;
        List sorted = statement.*each;
        std::sort(sorted.begin(), sorted.end());
        key.beginArray();
        for (const std::string& text : sorted) key.string(text);
        key.endArray();
    }
    for (const PolicyStatement::Test& test : statement.tests) {
        List values = test.values;
        std::sort(values.begin(), values.end());
        key.beginArray().string(test.op).string(test.key);
        for (const std::string& value : values) key.string(value);
        key.endArray();
    }
    key.endArray();
    return key.text();
}

// A list and what it is an alternative of: values of one are "any of these".
std::vector<PolicyStatement> mergedBy(std::vector<PolicyStatement> statements, List PolicyStatement::*list, bool ofOneEdge = false) {
    std::map<std::string, std::size_t> places;
    std::vector<PolicyStatement> out;
    for (PolicyStatement& statement : statements) {
        const auto [found, added] = places.emplace(without(statement, list, ofOneEdge), out.size());
        if (added) {
            out.push_back(std::move(statement));
            continue;
        }
        PolicyStatement& into = out[found->second];
        if (list != nullptr) addTo(into.*list, statement.*list);
        addEdges(into, statement);
    }
    return out;
}

class DocumentWriter {
public:
    explicit DocumentWriter(Layout layout) : lines_(layout == Layout::Lines) {}

    std::string write(const std::vector<PolicyStatement>& statements) {
        out_ = lines_ ? "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [" : R"({"Version":"2012-10-17","Statement":[)";
        std::set<std::string> sids;
        bool first = true;
        for (const PolicyStatement& statement : statements) {
            out_ += first ? "" : ",";
            first = false;
            std::string sid = statement.edges.empty() ? statement.sid : sidOf(statement.edges);
            for (std::size_t part = 2; !sids.insert(sid).second; ++part)
                sid = statement.edges.empty() ? statement.sid + std::to_string(part) : sidOf(statement.edges, part);
            write(statement, sid);
        }
        out_ += lines_ ? "\n  ]\n}\n" : "]}";
        return std::move(out_);
    }

private:
    void write(const PolicyStatement& statement, const std::string& sid) {
        open();
        member("Sid", quoted(sid));
        member("Effect", statement.deny ? "\"Deny\"" : "\"Allow\"");
        if (statement.principalType == "*")
            member("Principal", "\"*\"");
        else if (!statement.principalType.empty())
            member("Principal", "{" + space() + quoted(statement.principalType) + ":" + space() + list(statement.principals) + space() + "}");
        member("Action", list(statement.actions));
        if (!statement.resources.empty()) member("Resource", list(statement.resources));
        if (!statement.tests.empty()) member("Condition", tests(statement));
        out_ += lines_ ? "\n    }" : "}";
    }

    void open() {
        out_ += lines_ ? "\n    {" : "{";
        first_ = true;
    }
    void member(std::string_view name, const std::string& value) {
        out_ += first_ ? "" : ",";
        first_ = false;
        if (lines_) out_ += "\n      ";
        out_ += quoted(name) + ":" + space() + value;
    }
    [[nodiscard]] std::string space() const { return lines_ ? " " : ""; }
    [[nodiscard]] static std::string quoted(std::string_view text) {
        JsonWriter json;
        json.string(text);
        return json.text();
    }
    [[nodiscard]] std::string list(const List& texts) const {
        if (texts.size() == 1) return quoted(texts.front());
        std::string out = "[";
        for (const std::string& text : texts) {
            if (out.size() > 1) out += ",";
            out += (lines_ ? "\n        " : "") + quoted(text);
        }
        return out + (lines_ ? "\n      ]" : "]");
    }
    [[nodiscard]] std::string tests(const PolicyStatement& statement) const {
        std::string out = "{";
        std::string_view op;
        for (const PolicyStatement::Test& test : statement.tests) {
            if (test.op != op) {
                if (!op.empty()) out += (lines_ ? "\n        }" : "}") + std::string(",");
                out += (lines_ ? "\n        " : "") + quoted(test.op) + ":" + space() + "{";
                op = test.op;
            } else {
                out += ",";
            }
            out += (lines_ ? "\n          " : "") + quoted(test.key) + ":" + space();
            std::string values;
            for (const std::string& value : test.values) values += (values.empty() ? "" : "," + space()) + quoted(value);
            out += test.values.size() == 1 ? values : "[" + values + "]";
        }
        return out + (lines_ ? "\n        }\n      }" : "}}");
    }

    bool lines_;
    bool first_ = true;
    std::string out_;
};

} // namespace

void addEdge(std::vector<EdgeId>& edges, const EdgeId& edge) {
    if (std::find(edges.begin(), edges.end(), edge) == edges.end()) edges.push_back(edge);
}

std::vector<PolicyStatement> unrepeated(std::vector<PolicyStatement> statements) {
    return mergedBy(mergedBy(std::move(statements), nullptr), &PolicyStatement::resources, true);
}

std::vector<PolicyStatement> merged(std::vector<PolicyStatement> statements) {
    statements = unrepeated(std::move(statements));
    for (const auto list : {&PolicyStatement::resources, &PolicyStatement::actions, &PolicyStatement::principals})
        statements = mergedBy(std::move(statements), list);
    return statements;
}

std::string documentText(const std::vector<PolicyStatement>& statements, Layout layout) {
    return DocumentWriter(layout).write(statements);
}

std::size_t countedSize(std::string_view document) {
    // Of our own texts only: white space within strings counts, and stays where a quote is open.
    std::size_t size = 0;
    bool quoted = false, escaped = false;
    for (const char c : document) {
        if (c == '"' && !escaped) quoted = !quoted;
        escaped = quoted && c == '\\' && !escaped;
        if (quoted || (c != ' ' && c != '\n')) ++size;
    }
    return size;
}

} // namespace gw::mesh

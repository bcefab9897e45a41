#include "app/gatewardenctl/catalogue_file.h"
#include "app/gatewardenctl/iam_commands.h"
#include "saml/base/json_writer.h"
#include "app/gatewardenctl/line_stream.h"
#include "app/gatewardenctl/output.h"
#include "app/gatewardenctl/saml_trust.h"
#include "models/policy/case.h"
#include "ui/errors_text.h"

#include <algorithm>

namespace gw::ctl {
namespace {

using policy::Answer;
using policy::Case;
using policy::CaseError;
using policy::Decision;
using policy::Layer;
using policy::SourceTree;
using policy::Value;
using policy::ValueKind;

std::string messageOf(const Error& error) {
    const ui::ErrorText text = ui::explain(error);
    return (text.why.isEmpty() ? text.title : text.title + QStringLiteral(". ") + text.why).toStdString();
}

std::size_t skipSpace(std::string_view text, std::size_t at) {
    return std::min(text.find_first_not_of(" \t", at), text.size());
}

// Past the value or name that begins here; the end of the text where that does not come.
std::size_t skipValue(std::string_view text, std::size_t at) {
    std::size_t depth = 0;
    bool inString = false;
    for (; at < text.size(); ++at) {
        const char each = text[at];
        if (inString) {
            if (each == '\\') ++at;
            inString = each != '"';
        } else if (each == '"') {
            inString = true;
        } else if (each == '{' || each == '[') {
            ++depth;
        } else if (each == '}' || each == ']') {
            if (depth == 0) return at;
            --depth;
        } else if (depth == 0 && (each == ',' || each == ':')) {
            return at;
        }
    }
    return text.size();
}

void writeId(JsonWriter& json, Value id) {
    json.key("id");
    if (id.is(ValueKind::String))
        json.string(id.text());
    else if (id.is(ValueKind::Number))
        json.raw(id.text());
    else
        json.null();
}

// Of a line that is no JSON: its id, if that is a member of it before things go wrong.
void writeIdOfBroken(JsonWriter& json, std::string_view line) {
    std::size_t at = skipSpace(line, 0);
    if (line.substr(at, 1) == "{") ++at;
    while (at < line.size()) {
        at = skipSpace(line, at);
        const std::size_t colon = skipValue(line, at);
        if (line.substr(colon, 1) != ":") break;
        const std::size_t end = skipValue(line, colon + 1);
        if (line.substr(at, 4) == "\"id\"" && end < line.size()) {
            const auto value = SourceTree::parse(std::string(line.substr(colon + 1, end - colon - 1)));
            return writeId(json, value ? value->root() : Value());
        }
        at = end + 1;
    }
    writeId(json, Value());
}

class Evaluation {
public:
    Evaluation(const Invocation& invocation, UtcTime now, const policy::Catalogue* catalogue)
        : text_(invocation.value("--format") == "text"), world_{invocation.has("--complete"), now, catalogue} {}

    void answer(std::string_view line, bool tooLong) {
        one(line, tooLong);
        if (out_.text().size() >= flushAt) (void)flush();
    }

    // False from the first time on that nothing could be written.
    [[nodiscard]] bool flush() {
        printed_ = printed_ && print(out_.text());
        out_.text().clear();
        return printed_;
    }
    [[nodiscard]] int status() const { return anyMalformed_ ? usage : allAllowed_ ? done : no; }

private:
    void one(std::string_view line, bool tooLong) {
        if (tooLong) return refuseBroken(line, Error(CaseError::LineTooLong).with("expected", std::to_string(maxLine)));
        if (skipSpace(line, 0) == line.size()) return refuse(Value(), Error(CaseError::EmptyLine));
        const auto tree = SourceTree::parse(std::string(line));
        if (!tree) return refuseBroken(line, tree.error());
        Case asked;
        if (const Status read = readCase(tree->root(), cache_, *tree, asked); !read) return refuse(tree->root().member("id"), read.error());
        std::vector<std::string> ignored;
        if (world_.catalogue != nullptr) ignored = policy::ignoreUnknownKeys(asked.request, *world_.catalogue);
        const Answer answer = policy::answer(asked.request, world_, asked.policies);
        anyMalformed_ = anyMalformed_ || !asked.errors.empty();
        allAllowed_ = allAllowed_ && answer.decision == Decision::Allowed;
        if (text_)
            writeText(asked, answer);
        else
            writeJson(tree->root().member("id"), asked, answer, ignored);
    }

    void refuseBroken(std::string_view brokenLine, const Error& error) {
        anyMalformed_ = true;
        JsonWriter id;
        id.beginObject();
        writeIdOfBroken(id, brokenLine);
        id.endObject();
        const auto tree = SourceTree::parse(id.text());
        refuse(tree ? tree->root().member("id") : Value(), error);
    }

    void refuse(Value id, const Error& error) {
        anyMalformed_ = true;
        if (text_) {
            out_.text() += columns({{"Refused", std::string(id.text()), messageOf(error)}});
            return;
        }
        out_.beginObject();
        writeId(out_, id);
        out_.key("decision").null().key("errors").beginArray();
        writeError(error);
        out_.endArray().endObject();
        out_.endLine();
    }

    // "where" is a JSON pointer into the line, for what is wrong with a policy into the policy there.
    void writeError(const Error& error) {
        const Error* cause = error.code().is(CaseError::BadPolicy) && error.cause() != nullptr ? error.cause() : &error;
        out_.beginObject().member("id", cause->code().id()).member("message", messageOf(*cause));
        std::string where(error.fact("pointer"));
        if (cause != &error) where += cause->fact("pointer");
        out_.member("where", where);
        for (const char* place : {"line", "column"})
            if (!cause->fact(place).empty()) out_.key(place).raw(cause->fact(place));
        out_.endObject();
    }

    void writeJson(Value id, const Case& asked, const Answer& answer, const std::vector<std::string>& ignored) {
        out_.beginObject();
        writeId(out_, id);
        out_.member("decision", policy::decisionName(answer.decision)).key("blocked_by").beginArray();
        for (int i = 0; i <= static_cast<int>(Layer::Session); ++i)
            if (answer.blockedBy.has(static_cast<Layer>(i))) out_.string(policy::layerName(static_cast<Layer>(i)));
        out_.endArray().member("depends_on", answer.dependsOn).key("decisive").beginArray();
        for (const policy::StatementRef& each : answer.decisive) {
            const auto& statement = each.get();
            out_.beginObject().member("policy", each.policy->name()).count("statement", each.statement);
            if (statement.sid()) out_.member("sid", *statement.sid());
            out_.member("effect", statement.effect() == policy::Effect::Allow ? "Allow" : "Deny").endObject();
        }
        out_.endArray().member("ignored_keys", ignored).member("message", policy::awsMessage(asked.request, answer));
        out_.key("errors").beginArray();
        for (const Error& each : asked.errors) writeError(each);
        out_.endArray().endObject();
        out_.endLine();
    }

    void writeText(const Case& asked, const Answer& answer) {
        std::string more = policy::awsMessage(asked.request, answer);
        for (const std::string& key : answer.dependsOn) more += (more.empty() ? "" : ", ") + key;
        for (const Error& each : asked.errors) more += (more.empty() ? "" : "; ") + messageOf(each.cause() != nullptr ? *each.cause() : each);
        out_.text() += columns({{std::string(policy::decisionName(answer.decision)), asked.id, more}});
    }

    bool text_;
    policy::WorldRules world_;
    policy::PolicyCache cache_;
    JsonWriter out_;
    bool allAllowed_ = true, anyMalformed_ = false, printed_ = true;
};

} // namespace

int runEval(const Invocation& invocation) {
    const auto now = timeFromOptions(invocation);
    if (!now) return usage;
    const CatalogueFile file = loadCatalogue(invocation);
    if (file.refused) return usage;
    Evaluation evaluation(invocation, *now, file.catalogue.get());
    const Streamed streamed = streamLines(invocation.arguments[0],
                                          {[&](std::string_view line, bool tooLong) { evaluation.answer(line, tooLong); },
                                           [&] { return evaluation.flush(); }});
    return streamed == Streamed::Done ? evaluation.status() : usage;
}

} // namespace gw::ctl

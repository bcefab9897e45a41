#include "app/gatewardenctl/gap_words.h"
#include "app/gatewardenctl/iam_explain_words.h"
#include "models/estate/aws_said.h"
#include "models/policy/catalogue.h"
#include "saml/base/json_writer.h"
#include "ui/errors_text.h"

#include <algorithm>
#include <array>

namespace gw::ctl {
namespace {

using policy::Layer;
using policy::Truth;

std::string_view truthName(Truth truth) {
    return truth == Truth::True ? "true" : truth == Truth::False ? "false" : "unknown";
}

std::string_view voiceName(policy::LayerVoice voice) {
    static constexpr auto names = std::to_array<std::string_view>({"silent", "allows", "denies", "depends"});
    return names[static_cast<std::size_t>(voice)];
}

std::string_view editName(policy::EditKind kind) {
    static constexpr auto names = std::to_array<std::string_view>(
        {"tell_context", "extend_actions", "extend_resources", "extend_principals", "extend_condition", "drop_condition",
         "add_statement", "add_policy", "narrow_actions", "remove_statement"});
    return names[static_cast<std::size_t>(kind)];
}

std::string_view originName(estate::Origin origin) {
    static constexpr auto names = std::to_array<std::string_view>(
        {"request", "principal_tag", "principal_id", "principal_arn", "organization", "resource_arn"});
    return names[static_cast<std::size_t>(origin)];
}

class ObjectWriter {
public:
    explicit ObjectWriter(const Explained& explained) : explained_(explained) {}

    std::string run() {
        const policy::Answer& answer = explained_.conclusion.explanation.answer;
        json_.beginObject().member("decision", policy::decisionName(explained_.conclusion.decision));
        json_.member("evaluated", policy::decisionName(answer.decision)).member("sentence", verdictSentence(explained_));
        json_.member("message", policy::awsMessage(explained_.question.request, answer));
        request();
        said();
        json_.key("blocked_by").beginArray();
        for (int i = 0; i <= static_cast<int>(Layer::Session); ++i)
            if (answer.blockedBy.has(static_cast<Layer>(i))) json_.string(policy::layerName(static_cast<Layer>(i)));
        json_.endArray().member("depends_on", answer.dependsOn);
        json_.key("decisive").beginArray();
        for (const policy::StatementRef& each : answer.decisive) decisive(each);
        json_.endArray().key("layers").beginArray();
        for (const policy::LayerReport& each : explained_.conclusion.explanation.layers) layer(each);
        json_.endArray();
        witness();
        json_.key("edits").beginArray();
        for (const estate::PlacedEdit& each : explained_.edits) edit(each);
        json_.endArray();
        unknown();
        estate();
        json_.key("catalogue");
        if (explained_.world.catalogue == nullptr)
            json_.null();
        else
            json_.string(explained_.world.catalogue->date());
        json_.member("at", explained_.world.now).endObject();
        json_.endLine();
        return std::move(json_.text());
    }

private:
    void request() {
        const estate::Question& question = explained_.question;
        json_.key("request").beginObject().member("principal", question.request.principal.text());
        json_.memberOrNull("role", question.role == nullptr ? std::string() : question.role->arn);
        json_.member("action", question.request.action).member("resource", question.request.resource);
        if (!question.writtenResource.empty()) json_.member("written_resource", question.writtenResource);
        if (!question.request.resourceAccount.empty()) json_.member("resource_account", question.request.resourceAccount);
        json_.endObject().key("told").beginArray();
        for (const estate::ToldKey& each : question.told)
            json_.beginObject()
                .member("key", each.key)
                .member("values", each.values)
                .member("from", originName(each.origin))
                .endObject();
        json_.endArray();
    }

    void said() {
        const estate::Question& question = explained_.question;
        json_.key("aws_said").beginObject().key("layer");
        if (question.saidLayer)
            json_.string(policy::layerName(*question.saidLayer));
        else
            json_.null();
        json_.key("explicit_deny").boolean(question.saidExplicit).key("agrees").boolean(estate::fitsWhatAwsSaid(question, explained_.conclusion)).endObject();
    }

    void where(const std::optional<estate::Place>& place) {
        json_.key("where");
        if (!place) {
            json_.null();
            return;
        }
        json_.beginObject().member("file", place->file).member("pointer", place->pointer);
        json_.count("line", place->position.line).count("column", place->position.column);
        json_.member("document_pointer", place->inner)
            .count("document_line", place->within.line)
            .count("document_column", place->within.column);
        json_.endObject();
    }

    void statement(const policy::StatementRef& ref) {
        json_.member("policy", policyName(explained_, *ref.policy))
            .member("policy_id", ref.policy->name())
            .count("statement", ref.statement);
        if (ref.get().sid()) json_.member("sid", *ref.get().sid());
        json_.member("effect", ref.get().effect() == policy::Effect::Allow ? "Allow" : "Deny");
        where(explained_.estate->placeOf(*ref.policy, ref.policy->document().statements()[ref.statement].value));
    }

    void decisive(const policy::StatementRef& ref) {
        json_.beginObject().member("layer", policy::layerName(ref.layer));
        statement(ref);
        for (const policy::LayerReport& layer : explained_.conclusion.explanation.layers)
            for (const policy::StatementReport& each : layer.statements)
                if (layer.layer == ref.layer && each.ref.policy == ref.policy && each.ref.statement == ref.statement) {
                    conditions(each);
                    json_.endObject();
                    return;
                }
        json_.endObject();
    }

    void conditions(const policy::StatementReport& report) {
        json_.key("conditions").beginArray();
        for (const policy::ConditionReport& each : report.conditions) {
            json_.beginObject().member("operator", each.op).member("key", each.key).member("expected", each.expected).key("seen");
            if (each.seen) {
                json_.beginArray();
                for (const std::string& value : *each.seen) json_.string(value);
                json_.endArray();
            } else {
                json_.null();
            }
            json_.key("derived").boolean(each.derived).member("holds", truthName(each.holds)).endObject();
        }
        json_.endArray();
    }

    void layer(const policy::LayerReport& report) {
        const estate::Question& question = explained_.question;
        json_.beginObject().member("layer", policy::layerName(report.layer));
        if (report.layer == Layer::Scp || report.layer == Layer::Rcp) {
            const auto& targets = report.layer == Layer::Scp ? question.scpTargets : question.rcpTargets;
            json_.count("level", report.level);
            if (report.level < targets.size()) json_.member("target", targets[report.level]);
        }
        json_.key("binds").boolean(report.binds).member("voice", voiceName(report.voice)).key("statements").beginArray();
        for (const policy::StatementReport& each : report.statements) {
            json_.beginObject();
            statement(each.ref);
            json_.member("applies", truthName(each.applies))
                .key("action")
                .boolean(each.action)
                .key("principal")
                .boolean(each.principal);
            json_.member("resource", truthName(each.resource));
            conditions(each);
            json_.member("failures", each.applies == Truth::True ? std::vector<std::string>() : failures(each, question.request))
                .endObject();
        }
        json_.endArray().endObject();
    }

    void additions(const policy::Additions& additions) {
        json_.beginObject();
        for (const policy::Context::Entry& each : additions) {
            json_.key(each.key.written());
            if (!each.value) {
                json_.null();
            } else if (!each.value->list && each.value->values.size() == 1) {
                json_.string(each.value->values.front());
            } else {
                json_.beginArray();
                for (const std::string& value : each.value->values) json_.string(value);
                json_.endArray();
            }
        }
        json_.endObject();
    }

    void witness() {
        json_.key("witness");
        const auto& found = explained_.conclusion.explanation.answer.witness;
        if (!found) {
            json_.null();
            return;
        }
        json_.beginObject().key("allowed");
        additions(found->allowed);
        json_.key("denied");
        additions(found->denied);
        json_.endObject();
    }

    void edit(const estate::PlacedEdit& placed) {
        const policy::Edit& edit = placed.edit;
        json_.beginObject().member("kind", editName(edit.kind)).member("text", editSentence(explained_, placed));
        if (edit.kind == policy::EditKind::TellContext) {
            json_.key("context");
            additions(edit.context);
        } else {
            json_.member("layer", policy::layerName(edit.layer))
                .memberOrNull("policy_id", edit.policy)
                .member("pointer", edit.pointer);
            where(placed.place);
            json_.key("before").raw(edit.before.dump()).key("after").raw(edit.after.dump());
        }
        json_.member("result", policy::decisionName(edit.result)).member("decision", policy::decisionName(placed.decision));
        json_.key("unknown").beginArray();
        for (const std::size_t each : placed.turning)
            json_.string(gapWords(explained_.question.gaps[each], explained_.names));
        json_.endArray().key("principals");
        if (placed.reach)
            json_.beginObject()
                .count("gained", placed.reach->gained)
                .count("lost", placed.reach->lost)
                .count("of", placed.reach->principals)
                .endObject();
        else
            json_.null();
        json_.key("wide").boolean(edit.wide).endObject();
    }

    void unknown() {
        json_.key("unknown").beginArray();
        const auto& turning = explained_.conclusion.turning;
        for (std::size_t i = 0; i < explained_.question.gaps.size(); ++i) {
            const estate::Gap& gap = explained_.question.gaps[i];
            json_.beginObject().member("what", estate::missingName(gap.what)).member("object", gap.object);
            json_.member("layer", policy::layerName(gap.layer)).member("text", gapWords(gap, explained_.names));
            json_.key("could_change").boolean(std::find(turning.begin(), turning.end(), i) != turning.end()).endObject();
        }
        json_.endArray();
    }

    void estate() {
        json_.key("estate").beginObject().count("files", explained_.estate->files().size()).key("problems").beginArray();
        for (const Error& each : explained_.estate->problems()) {
            json_.beginObject().member("id", each.code().id()).member("message", ui::explainBriefly(each).toStdString());
            json_.member("file", each.fact("file"));
            for (const char* place : {"line", "column"})
                if (!each.fact(place).empty()) json_.key(place).raw(each.fact(place));
            json_.endObject();
        }
        json_.endArray().endObject();
    }

    const Explained& explained_;
    JsonWriter json_;
};

} // namespace

std::string explainJson(const Explained& explained) {
    return ObjectWriter(explained).run();
}

} // namespace gw::ctl

#include "ui/explain/layer_view.h"

#include <QCoreApplication>

#include <algorithm>

namespace gw::ui {
namespace {

using policy::Decision;
using policy::Layer;
using policy::LayerVoice;
using policy::Truth;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(LayerView)
};

// More statements than these are not shown in a layer; the document has them all.
constexpr std::size_t mostStatements = 4;

bool isGuardrail(Layer layer) {
    return layer != Layer::Identity && layer != Layer::Resource && layer != Layer::Trust;
}

// The reports of one layer: of service control policies each level has its own.
using Reports = std::vector<const policy::LayerReport*>;

bool anyVoice(const Reports& reports, LayerVoice voice) {
    return std::any_of(reports.begin(), reports.end(), [&](const policy::LayerReport* each) { return each->voice == voice; });
}

QStringList documentsOf(const Reports& reports, const PolicyNames& policies) {
    QStringList names;
    for (const auto* report : reports)
        for (const auto& statement : report->statements) {
            const QString name = policies.of(statement.ref.policy->name());
            if (!names.contains(name)) names.append(name);
        }
    return names;
}

class Builder {
public:
    Builder(const ExplainedAnswer& answer, Layer layer, Reports reports) : answer_(answer), reports_(std::move(reports)) {
        view_.layer = layer;
    }

    LayerView build(bool reached) {
        view_.title = layerTitle(view_.layer);
        mark(reached);
        collect();
        view_.word = layerWord(view_.layer, view_.mark);
        documents();
        sentence();
        return std::move(view_);
    }

private:
    void mark(bool reached) {
        const auto& answer = answer_.explanation.answer;
        const bool binds =
            std::any_of(reports_.begin(), reports_.end(), [](const policy::LayerReport* each) { return each->binds; });
        const bool denied = answer.decision == Decision::ImplicitlyDenied;
        if (!binds)
            view_.mark = LayerMark::NoSay;
        else if (anyVoice(reports_, LayerVoice::Denies))
            view_.mark = LayerMark::Denies;
        else if (!reached)
            view_.mark = LayerMark::NotReached;
        else if (denied && (answer.blockedBy.has(view_.layer) || couldAllow()))
            view_.mark = LayerMark::NoAllow;
        else if (anyVoice(reports_, LayerVoice::Depends))
            view_.mark = LayerMark::Depends;
        else if (std::all_of(reports_.begin(), reports_.end(),
                             [](const policy::LayerReport* each) { return each->voice == LayerVoice::Allows; }))
            view_.mark = LayerMark::Passes;
        else
            view_.mark = LayerMark::Silent;
        view_.decides = view_.mark == LayerMark::Denies || view_.mark == LayerMark::NoAllow ||
                        (view_.mark == LayerMark::Depends && answer.decision == Decision::Depends) ||
                        (answer.decision == Decision::Allowed && !isGuardrail(view_.layer) && view_.mark == LayerMark::Passes);
    }

    // In its own account a resource's policy could allow in place of the caller's policies.
    [[nodiscard]] bool couldAllow() const {
        if (view_.layer != Layer::Resource || !anyVoice(reports_, LayerVoice::Silent) ||
            !answer_.explanation.answer.blockedBy.has(Layer::Identity))
            return false;
        return policy::RequestView(answer_.request, answer_.world).sameAccount();
    }

    [[nodiscard]] bool isDecisive(const policy::StatementRef& ref) const {
        const auto& decisive = answer_.explanation.answer.decisive;
        return std::any_of(decisive.begin(), decisive.end(), [&](const policy::StatementRef& each) {
            return each.policy == ref.policy && each.statement == ref.statement;
        });
    }

    // What a level of the organisation is attached to.
    [[nodiscard]] QString placeOf(const policy::LayerReport& report) const {
        const auto& base = answer_.question->base;
        const auto& targets = report.layer == Layer::Scp ? base.scpTargets : base.rcpTargets;
        if ((report.layer != Layer::Scp && report.layer != Layer::Rcp) || report.level >= targets.size()) return {};
        if (targets[report.level].empty()) return {}; // pasted
        return Words::tr("at %1", "root, unit or account").arg(QString::fromStdString(targets[report.level]));
    }

    void collect() {
        for (const auto* report : reports_) {
            // Of a layer that does not allow, the statement that comes nearest tells most.
            const bool nearestDecides = view_.mark == LayerMark::NoAllow && report->voice == LayerVoice::Silent;
            bool first = true;
            for (const auto& statement : report->statements) {
                // What could deny and does not is no part of why nothing allows.
                if (view_.mark == LayerMark::NoAllow && statement.applies == Truth::False &&
                    statement.ref.get().effect() == policy::Effect::Deny) {
                    ++view_.others;
                    continue;
                }
                StatementView one;
                one.report = &statement;
                const bool allow = statement.ref.get().effect() == policy::Effect::Allow;
                one.decides = view_.decides && (isDecisive(statement.ref) || (nearestDecides && first && allow));
                first = first && !(nearestDecides && allow);
                one.why = whyText(statement, answer_.request);
                one.name = Words::tr("%1, %2", "policy, statement 2")
                               .arg(answer_.names.of(statement.ref.policy->name()), statementName(statement.ref));
                one.place = placeOf(*report);
                view_.statements.push_back(std::move(one));
            }
        }
        std::stable_sort(view_.statements.begin(), view_.statements.end(), [](const StatementView& a, const StatementView& b) {
            const auto rank = [](const StatementView& each) {
                return each.decides ? 0 : each.report->applies != Truth::False ? 1 : 2;
            };
            return rank(a) < rank(b);
        });
        const auto deciding = static_cast<std::size_t>(std::count_if(view_.statements.begin(), view_.statements.end(),
                                                                     [](const StatementView& each) { return each.decides; }));
        const std::size_t most = view_.mark == LayerMark::NoAllow ? deciding + 1 : deciding > 0 ? deciding : mostStatements;
        const std::size_t shown = std::min(most, view_.statements.size());
        view_.others += view_.statements.size() - shown;
        view_.statements.resize(shown);
    }

    void documents() {
        const QStringList names = documentsOf(reports_, answer_.names);
        const auto decisive = std::find_if(view_.statements.begin(), view_.statements.end(),
                                           [](const StatementView& each) { return each.decides; });
        if (decisive != view_.statements.end() && view_.mark != LayerMark::NoAllow) {
            const auto& ref = decisive->report->ref;
            view_.document =
                Words::tr("%1, %2", "policy, statement 2").arg(answer_.names.of(ref.policy->name()), statementName(ref));
        } else if (names.isEmpty()) {
            view_.document = Words::tr("none");
        } else if (names.size() == 1) {
            view_.document = names.front();
        } else {
            view_.document = Words::tr("%n policies", nullptr, static_cast<int>(names.size()));
        }
    }

    void sentence() {
        const auto why = std::find_if(view_.statements.begin(), view_.statements.end(),
                                      [](const StatementView& each) { return each.decides; });
        switch (view_.mark) {
        case LayerMark::NoSay:
            view_.sentence = noSay();
            return;
        case LayerMark::NotReached:
            view_.sentence = Words::tr("Another layer has decided already.");
            return;
        case LayerMark::Silent:
            view_.sentence = Words::tr("Nothing in it applies, and nothing here need allow.");
            return;
        case LayerMark::Passes:
            if (isGuardrail(view_.layer)) {
                view_.sentence = view_.layer == Layer::Scp || view_.layer == Layer::Rcp
                                     ? Words::tr("They allow it on every level of the organisation, and none denies it.")
                                     : Words::tr("It allows this, and gives nothing by itself.");
                return;
            }
            break;
        default:
            break;
        }
        if (view_.statements.empty())
            view_.sentence = view_.others > 0 ? Words::tr("None of its statements allows anything of the kind.")
                                              : Words::tr("There is no statement in it.");
        else
            view_.sentence = (why != view_.statements.end() ? *why : view_.statements.front()).why;
    }

    [[nodiscard]] QString noSay() const {
        switch (view_.layer) {
        case Layer::Scp:
            if (answer_.request.facts.managementAccount)
                return Words::tr("Service control policies do not bind the organisation's management account.");
            if (answer_.request.facts.serviceLinkedRole || answer_.request.principal.isServiceLinkedRole())
                return Words::tr("Service control policies do not bind service-linked roles.");
            return Words::tr("Service control policies bind users and roles of the organisation only.");
        case Layer::Rcp:
            return Words::tr("Resource control policies do not bind this service or this caller.");
        case Layer::Boundary:
            return Words::tr("A boundary binds users and roles only.");
        default:
            return Words::tr("It does not concern this request.");
        }
    }

    const ExplainedAnswer& answer_;
    Reports reports_;
    LayerView view_;
};

} // namespace

std::vector<LayerView> layerViews(const ExplainedAnswer& answer) {
    std::vector<LayerView> views;
    const auto& layers = answer.explanation.layers;
    const bool stops = answer.explanation.answer.decision == Decision::ExplicitlyDenied;
    bool reached = true;
    for (std::size_t i = 0; i < layers.size();) {
        Reports reports;
        const Layer layer = layers[i].layer;
        for (; i < layers.size() && layers[i].layer == layer; ++i) reports.push_back(&layers[i]);
        views.push_back(Builder(answer, layer, std::move(reports)).build(reached));
        if (stops && views.back().mark == LayerMark::Denies) reached = false;
    }
    return views;
}

MarkLook lookOf(LayerMark mark) {
    switch (mark) {
    case LayerMark::Passes:
        return {QStringLiteral("allow"), Color::AllowedText, Color::AllowedTint, Color::AllowedMark};
    case LayerMark::Denies:
    case LayerMark::NoAllow:
        return {QStringLiteral("deny"), Color::DeniedText, Color::DeniedTint, Color::DeniedMark};
    case LayerMark::Depends:
        return {QStringLiteral("depends"), Color::DependsText, Color::DependsTint, Color::DependsMark};
    case LayerMark::Silent:
    case LayerMark::NoSay:
    case LayerMark::NotReached:
        break;
    }
    return {QStringLiteral("remove"), Color::ExpiredText, Color::ExpiredTint, Color::BorderDefault};
}

MarkLook lookOf(Decision decision) {
    switch (decision) {
    case Decision::Allowed:
        return lookOf(LayerMark::Passes);
    case Decision::Depends:
        return lookOf(LayerMark::Depends);
    case Decision::ImplicitlyDenied:
    case Decision::ExplicitlyDenied:
        break;
    }
    return lookOf(LayerMark::Denies);
}

QString iconOf(Layer layer) {
    switch (layer) {
    case Layer::Scp:
        return QStringLiteral("organization");
    case Layer::Rcp:
        return QStringLiteral("guardrail");
    case Layer::Endpoint:
        return QStringLiteral("proxy");
    case Layer::Network:
    case Layer::Resource:
        return QStringLiteral("gateway");
    case Layer::Trust:
        return QStringLiteral("trust-policy");
    case Layer::Identity:
        return QStringLiteral("policy");
    case Layer::Boundary:
        return QStringLiteral("boundary");
    case Layer::Session:
        break;
    }
    return QStringLiteral("session");
}

} // namespace gw::ui

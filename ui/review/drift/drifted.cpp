#include "ui/review/drift/drifted.h"

#include "models/estate/review/drift_acceptance.h"
#include "models/items/review/mapping_rows.h"
#include "ui/errors/answer_texts.h"
#include "ui/errors/utf8.h"
#include "ui/estate/document_text.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <map>

namespace gw::ui {
namespace {

using estate::Drift;
using estate::DriftCause;
using estate::DriftDirection;
using estate::Estate;
using estate::PolicyDocument;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Drifted)
};

DriftedPtr settled(ReviewedPtr review, std::shared_ptr<const Estate> baseline, QString name, estate::DriftReport report) {
    estate::review::acceptDrifts(report.drifts, review->settings, review->now);
    auto table = items::makeDriftTable(*review->estate, report.drifts, [](const Drift& each) { return driftWords(each).toStdString(); });
    return std::make_shared<const Drifted>(Drifted{std::move(review), std::move(baseline), std::move(name), std::move(report), std::move(table)});
}

struct Kept {
    const PolicyDocument* document;
    policy::DocumentKind kind;
};
using Documents = std::map<std::string, Kept>; // by name

void addPolicies(const Estate& estate, const estate::IdentityPolicies& policies, Documents& into) {
    for (const PolicyDocument& each : policies.inlinePolicies) into.emplace(each.id(), Kept{&each, policy::DocumentKind::Identity});
    const auto managed = [&](const std::string& arn) {
        if (const estate::ManagedPolicy* known = arn.empty() ? nullptr : estate.managedPolicy(arn))
            into.emplace(arn, Kept{&known->document, policy::DocumentKind::Identity});
    };
    for (const std::string& each : policies.attached) managed(each);
    managed(policies.boundary);
}

Documents documentsOf(const Estate& estate, const Drift& drift) {
    Documents all;
    if (const estate::Role* role = estate.role(drift.object)) {
        if (role->trust && drift.cause != DriftCause::Permissions)
            all.emplace(Words::tr("Trust policy").toStdString(), Kept{&*role->trust, policy::DocumentKind::Trust});
        if (drift.cause != DriftCause::Trust && drift.cause != DriftCause::Assignment) addPolicies(estate, role->policies, all);
        return all;
    }
    for (const estate::User& each : estate.users())
        if (each.arn == drift.object) {
            addPolicies(estate, each.policies, all);
            for (const std::string& name : each.groups)
                if (const estate::Group* group = estate.group(each.account, name)) addPolicies(estate, group->policies, all);
            return all;
        }
    for (const estate::Resource& each : estate.resources())
        if (each.arn == drift.object && each.policy) {
            all.emplace(Words::tr("Resource policy").toStdString(), Kept{&*each.policy, policy::DocumentKind::Resource});
            break;
        }
    return all;
}

QStringList linesOf(const Estate& estate, const Kept& kept) {
    const auto policy = estate.compiled(*kept.document, kept.kind);
    if (!policy) return fromUtf8(kept.document->text).split(QLatin1Char('\n'));
    return DocumentText(*policy).lines();
}

} // namespace

DriftedPtr compareEstates(const ReviewedPtr& review, std::shared_ptr<const Estate> baseline, const QString& name, const Job::Tell& tell) {
    policy::WorldRules world;
    world.now = review->now;
    world.catalogue = review->catalogue.get();
    estate::DriftBounds bounds;
    bounds.isPart = baseline.get() == review->estate->declared();
    auto report = estate::driftBetween(*baseline, *review->estate, world, tell, bounds);
    if (!report.complete) return nullptr;
    return settled(review, std::move(baseline), name, std::move(report));
}

DriftedPtr settledAnew(const Drifted& drifted, const ReviewedPtr& review) {
    return settled(review, drifted.baseline, drifted.baselineName, drifted.report);
}

std::vector<DocumentChange> documentChanges(const Drifted& drifted, std::size_t drift) {
    const Drift& of = drifted.report.drifts[drift];
    const Documents before = documentsOf(*drifted.baseline, of), after = documentsOf(*drifted.review->estate, of);
    std::vector<DocumentChange> changes;
    const auto add = [&](const std::string& name) {
        const auto one = before.find(name), other = after.find(name);
        if (one != before.end() && other != after.end() && one->second.document->text == other->second.document->text) return;
        changes.push_back({fromUtf8(items::shortName(name)), one == before.end() ? QStringList() : linesOf(*drifted.baseline, one->second),
                           other == after.end() ? QStringList() : linesOf(*drifted.review->estate, other->second)});
    };
    for (const auto& [name, kept] : before) add(name);
    for (const auto& [name, kept] : after)
        if (!before.contains(name)) add(name);
    return changes;
}

QString directionWord(DriftDirection direction) {
    return direction == DriftDirection::Gained ? Words::tr("gained") : Words::tr("lost");
}

QString causeWord(DriftCause cause) {
    switch (cause) {
    case DriftCause::Permissions:
        return Words::tr("permissions");
    case DriftCause::Organization:
        return Words::tr("organization");
    case DriftCause::Trust:
        return Words::tr("trust");
    case DriftCause::ResourcePolicy:
        return Words::tr("resource policy");
    case DriftCause::Assignment:
        return Words::tr("assignment");
    case DriftCause::Membership:
        return Words::tr("membership");
    case DriftCause::Existence:
        break;
    }
    return Words::tr("existence");
}

QString whoWords(const Drift& drift) {
    if (drift.principal.empty()) return {};
    if (drift.principal == "*") return Words::tr("anyone");
    QString name = fromUtf8(items::shortName(drift.principal));
    for (const char* kind : {"group:", "person:"})
        if (name.startsWith(QLatin1String(kind))) name = name.mid(static_cast<qsizetype>(qstrlen(kind)));
    return name;
}

QString driftWords(const Drift& drift) {
    const bool gained = drift.direction == DriftDirection::Gained;
    QString group = fromUtf8(drift.object);
    if (group.startsWith(QLatin1String("group:"))) group = group.mid(6);
    switch (drift.cause) {
    case DriftCause::Existence:
        return gained ? Words::tr("is new") : Words::tr("is gone");
    case DriftCause::Membership:
        return gained ? Words::tr("joined %1").arg(group) : Words::tr("left %1").arg(group);
    case DriftCause::Assignment:
        return Words::tr("the role %1").arg(fromUtf8(items::shortName(drift.object)));
    case DriftCause::Trust:
        return Words::tr("may take on %1").arg(fromUtf8(items::shortName(drift.object)));
    default:
        break;
    }
    const QString resource = drift.resource == "*" ? Words::tr("everything") : shortResource(drift.resource);
    return Words::tr("%1 on %2").arg(fromUtf8(drift.action), resource);
}

QString driftSentence(const Drift& drift) {
    const bool gained = drift.direction == DriftDirection::Gained;
    const QString what = driftWords(drift);
    if (drift.cause == DriftCause::Existence || drift.cause == DriftCause::Membership)
        return QStringLiteral("%1 %2").arg(drift.principal.empty() ? fromUtf8(items::shortName(drift.object)) : whoWords(drift), what);
    if (drift.cause == DriftCause::Trust) return gained ? QStringLiteral("%1 %2").arg(whoWords(drift), what) : Words::tr("%1 no longer %2").arg(whoWords(drift), what);
    QString who = whoWords(drift);
    if (drift.people) {
        const QString number = (gained ? QStringLiteral("+") : QStringLiteral("−")) + QLocale().toString(static_cast<qulonglong>(*drift.people));
        who = *drift.people == 1 ? Words::tr("%1 person").arg(number) : Words::tr("%1 people").arg(number);
        if (*drift.people == 1) return gained ? Words::tr("%1 gains %2").arg(who, what) : Words::tr("%1 loses %2").arg(who, what);
        return gained ? Words::tr("%1 gain %2").arg(who, what) : Words::tr("%1 lose %2").arg(who, what);
    }
    return gained ? Words::tr("%1 gains %2").arg(who, what) : Words::tr("%1 loses %2").arg(who, what);
}

} // namespace gw::ui

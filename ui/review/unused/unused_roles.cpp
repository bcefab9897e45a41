#include "ui/review/unused/unused_roles.h"

#include "models/items/review/mapping_rows.h"
#include "ui/errors/utf8.h"
#include "ui/estate/document_text.h"
#include "ui/review/calendar/dates.h"

#include <QCoreApplication>
#include <QLocale>

namespace gw::ui {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(UnusedRoles)
};

QStringList linesOf(const Result<policy::PolicyRef>& policy, const std::string& text) {
    return policy ? DocumentText(*policy).lines() : fromUtf8(text).split(QLatin1Char('\n'));
}

} // namespace

UnusedRolesPtr findUnused(const ReviewedPtr& review, const Job::Tell& tell) {
    policy::WorldRules world;
    world.now = review->now;
    world.catalogue = review->catalogue.get();
    estate::UnusedLimits limits;
    limits.stale = review->settings.limits.stale;
    limits.services = review->settings.limits.unused;
    auto report = estate::unusedIn(*review->estate, world, limits, tell);
    if (!report.complete) return nullptr;
    auto table = items::makeUnusedTable(*review->estate, report);
    return std::make_shared<const UnusedRoles>(UnusedRoles{review, std::move(report), std::move(table)});
}

std::vector<ProposedPolicy> proposedPolicies(const UnusedRoles& unused, std::size_t row) {
    std::vector<ProposedPolicy> all;
    const estate::UnusedRole* role = unused.told(row);
    if (role == nullptr || !role->tightening) return all;
    constexpr auto identity = policy::DocumentKind::Identity;
    for (const estate::TighterPolicy& each : role->tightening->policies) {
        ProposedPolicy made;
        made.name = fromUtf8(items::shortName(each.document->id()));
        made.before = linesOf(unused.review->estate->compiled(*each.document, identity), each.document->text);
        if (!each.text.empty()) {
            made.after = linesOf(policy::CompiledPolicy::parse(each.text, identity, each.document->id()), each.text);
            made.text = made.after.join(QLatin1Char('\n')) + QLatin1Char('\n');
        }
        all.push_back(std::move(made));
    }
    return all;
}

QString evidenceWords(const estate::Evidence& evidence, UtcTime now) {
    switch (evidence.source) {
    case estate::EvidenceSource::RoleLastUsed:
        return Words::tr("AWS's own last use, for the trailing 400 days");
    case estate::EvidenceSource::AccessAdvisor:
        return Words::tr("Access Advisor: when each service was last used");
    case estate::EvidenceSource::CloudTrail:
        break;
    }
    if (!evidence.from || !evidence.until) return Words::tr("CloudTrail");
    return Words::tr("CloudTrail, %1 to %2").arg(dayText(*evidence.from, now), dayText(*evidence.until, now));
}

QString proofWords(const estate::Tightening& tightening) {
    const QString tried = tightening.usesTried == 1
                              ? Words::tr("1 recorded use was asked of both policies and is answered as before.")
                              : Words::tr("%1 recorded uses were asked of both policies and are answered as before.").arg(QLocale().toString(static_cast<qulonglong>(tightening.usesTried)));
    const QString uses = tightening.usesTried == 0 ? Words::tr("No single use is recorded; services that are used are kept whole.") : tried;
    return uses + QLatin1Char(' ') + (tightening.exhaustive ? Words::tr("Nothing is allowed that was not.") : Words::tr("Nothing is allowed that was not, as far as examples tell."));
}

QString noProposalWords(const estate::UnusedRole& role) {
    if (role.use.evidence.empty()) return Words::tr("Nothing tells which services it uses, so no tighter policy is proposed.");
    if (role.use.usedActions.empty() && role.use.usedServices.empty()) return Words::tr("Nothing that it used is recorded: rather than a tighter policy it may need none.");
    return Words::tr("No tighter policy could be proved: policies of AWS or of several roles are not rewritten, nor what is not known in full.");
}

} // namespace gw::ui

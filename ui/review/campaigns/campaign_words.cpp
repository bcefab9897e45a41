#include "ui/review/campaigns/campaign_words.h"

#include "models/estate/review/rules.h"
#include "ui/errors/lint_texts.h"
#include "ui/errors/review_texts.h"
#include "ui/errors/utf8.h"
#include "ui/widgets/time_text.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace gw::ui {
namespace {

struct CampaignWords {
    Q_DECLARE_TR_FUNCTIONS(CampaignWords)
};

QString number(std::size_t count) {
    return QLocale().toString(static_cast<qulonglong>(count));
}

} // namespace

StateWords stateWords(estate::campaign::State state, UtcTime due, UtcTime now) {
    using estate::campaign::State;
    switch (state) {
    case State::Draft:
        return {ChipKind::Neutral, QStringLiteral("edit"), CampaignWords::tr("Draft")};
    case State::Signed:
        return {ChipKind::Allowed, QStringLiteral("signature"), CampaignWords::tr("Signed off")};
    case State::Cancelled:
        return {ChipKind::Expired, QStringLiteral("close"), CampaignWords::tr("Cancelled")};
    case State::Open:
        break;
    }
    if (due >= now) return {ChipKind::Neutral, QStringLiteral("review"), CampaignWords::tr("Running")};
    const auto days = static_cast<int>(std::chrono::ceil<std::chrono::days>(now - due).count());
    return {ChipKind::Expiring, QStringLiteral("expiry"), CampaignWords::tr("Overdue %1 d").arg(days)};
}

QString progressWords(std::size_t decided, std::size_t items) {
    return decided == items ? CampaignWords::tr("all %1 decided").arg(number(items)) : CampaignWords::tr("%1 of %2 decided").arg(number(decided), number(items));
}

std::vector<std::string> namesIn(const QString& text) {
    std::vector<std::string> names;
    for (const QString& each : text.split(QLatin1Char(','), Qt::SkipEmptyParts)) {
        const std::string name = each.simplified().toStdString();
        if (!name.empty() && std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    }
    return names;
}

QString hastyWords(const estate::campaign::RubberStamp& hasty, const std::string& me) {
    const QString counts = CampaignWords::tr("%1 of %2").arg(number(hasty.hasty), number(hasty.decisions));
    const QString median = durationText(std::chrono::seconds(hasty.medianSeconds));
    return hasty.person == me ? CampaignWords::tr("%1 of your decisions took under 5 s; half of them took %2 or less. The report says so.").arg(counts, median)
                              : CampaignWords::tr("%1 decisions of %2 took under 5 s; half of them took %3 or less. The report says so.").arg(counts, fromUtf8(hasty.person), median);
}

QString ruleWords(const std::string& rule) {
    QString title = reviewTitle(rule);
    if (title.isEmpty()) title = lintTitle(rule);
    return title.isEmpty() ? fromUtf8(rule) : title;
}

} // namespace gw::ui

#include "ui/review/campaigns/campaign_head.h"

#include "ui/errors/utf8.h"
#include "ui/review/calendar/dates.h"
#include "ui/review/campaigns/campaign_words.h"
#include "ui/widgets/time_text.h"

#include <QDateEdit>
#include <QDateTime>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QProgressBar>
#include <QVBoxLayout>

namespace gw::ui {
namespace {

constexpr int barWidth = 160, leastForBar = 560;

QWidget* line(const QString& iconName, Color ink, Text*& text, const char* name) {
    auto* box = new QWidget;
    auto* row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::s2);
    auto* icon = new IconLabel(iconName, ink);
    icon->setFixedHeight(Theme::lineHeight(TextStyle::Small));
    row->addWidget(icon, 0, Qt::AlignTop);
    text = new Text({}, TextStyle::Small, Color::TextSecondary);
    text->setObjectName(QLatin1String(name));
    text->setWordWrap(true);
    row->addWidget(text, 1);
    box->hide();
    return box;
}

} // namespace

CampaignHead::CampaignHead(CampaignDesk& desk, QWidget* parent) : Panel(Color::BgSurface, parent), desk_(desk) {
    setEdges(Qt::BottomEdge);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(space::s4, space::s2, space::s4, space::s2);
    column->setSpacing(space::s1 + 2);
    auto* row = new QHBoxLayout;
    row->setSpacing(space::s2);
    auto* back = new IconButton(QStringLiteral("chevron-left"), tr("Back to the list"));
    back->setObjectName(QStringLiteral("review.campaign.close"));
    connect(back, &QAbstractButton::clicked, this, &CampaignHead::left);
    row->addWidget(back);
    title_ = new Text({}, TextStyle::Title);
    title_->setObjectName(QStringLiteral("review.campaign.name"));
    title_->setElide(Qt::ElideRight);
    row->addWidget(title_, 1);
    state_ = new Chip(ChipKind::Neutral, {}, {});
    state_->setObjectName(QStringLiteral("review.campaign.state"));
    sign_ = new Button(tr("Sign off…"), QStringLiteral("signature"), ButtonKind::Primary);
    sign_->setObjectName(QStringLiteral("review.campaign.sign"));
    connect(sign_, &QPushButton::clicked, this, [this] { ask(Ask::Sign); });
    row->addWidget(sign_);
    export_ = new Button(tr("Report"), QStringLiteral("export"), ButtonKind::Default);
    export_->setObjectName(QStringLiteral("review.campaign.export"));
    auto* formats = new QMenu(export_);
    const std::pair<const char*, QString> all[] = {{"html", tr("For people (HTML)…")}, {"json", tr("All of it (JSON)…")}, {"csv", tr("A line for each item (CSV)…")}};
    for (int i = 0; i < 3; ++i) {
        QAction* action = formats->addAction(all[i].second);
        action->setObjectName(QStringLiteral("review.campaign.export.") + QLatin1String(all[i].first));
        connect(action, &QAction::triggered, this, [this, i] { Q_EMIT exportWanted(static_cast<ReportFormat>(i)); });
    }
    connect(export_, &QPushButton::clicked, this, [this, formats] { formats->popup(export_->mapToGlobal(QPoint(0, export_->height() + 2))); });
    row->addWidget(export_);
    more_ = new IconButton(QStringLiteral("more"), tr("More for the campaign"));
    more_->setObjectName(QStringLiteral("review.campaign.more"));
    auto* menu = new QMenu(more_);
    QAction* extend = menu->addAction(tr("Give more time…"));
    extend->setObjectName(QStringLiteral("review.campaign.extend"));
    connect(extend, &QAction::triggered, this, [this] { ask(Ask::Extend); });
    QAction* cancel = menu->addAction(tr("Cancel the campaign…"));
    cancel->setObjectName(QStringLiteral("review.campaign.cancel"));
    connect(cancel, &QAction::triggered, this, [this] { ask(Ask::Cancel); });
    connect(more_, &QAbstractButton::clicked, this, [this, menu] { menu->popup(more_->mapToGlobal(QPoint(more_->width() - menu->sizeHint().width(), more_->height() + 2))); });
    row->addWidget(more_);
    column->addLayout(row);
    auto* second = new QHBoxLayout;
    second->setSpacing(space::s3);
    bar_ = new QProgressBar;
    bar_->setObjectName(QStringLiteral("review.campaign.bar"));
    bar_->setAccessibleName(tr("Decided"));
    bar_->setTextVisible(false);
    bar_->setFixedWidth(barWidth);
    second->addWidget(state_);
    second->addWidget(bar_);
    progress_ = new Text({}, TextStyle::Small, Color::TextPrimary);
    progress_->setObjectName(QStringLiteral("review.campaign.progress"));
    second->addWidget(progress_);
    facts_ = new Text({}, TextStyle::Small, Color::TextTertiary);
    facts_->setObjectName(QStringLiteral("review.campaign.facts"));
    facts_->setElide(Qt::ElideRight);
    second->addWidget(facts_, 1);
    column->addLayout(second);
    column->addWidget(signed_ = line(QStringLiteral("signature"), Color::AllowedText, signedText_, "review.campaign.signed"));
    column->addWidget(hasty_ = line(QStringLiteral("warning"), Color::ExpiringText, hastyText_, "review.campaign.hasty"));
    column->addWidget(form_ = buildForm());
}

// In place: what the owner says to it, and until when where that is asked.
QWidget* CampaignHead::buildForm() {
    auto* form = new QWidget;
    auto* column = new QVBoxLayout(form);
    column->setContentsMargins(0, space::s1, 0, space::s1);
    column->setSpacing(space::s1);
    auto* row = new QHBoxLayout;
    row->setSpacing(space::s2);
    until_ = new QDateEdit;
    until_->setObjectName(QStringLiteral("review.campaign.until"));
    until_->setAccessibleName(tr("Until the end of"));
    until_->setDisplayFormat(QStringLiteral("d MMM yyyy"));
    row->addWidget(until_);
    why_ = new QLineEdit;
    why_->setObjectName(QStringLiteral("review.campaign.statement"));
    why_->setAccessibleName(tr("What an auditor will read"));
    why_->setMaxLength(1000);
    row->addWidget(why_, 1);
    say_ = new Button(tr("Sign off"), {}, ButtonKind::Primary);
    say_->setObjectName(QStringLiteral("review.campaign.say"));
    say_->setEnabled(false);
    row->addWidget(say_);
    auto* no = new Button(tr("Not now"), {}, ButtonKind::Ghost);
    no->setObjectName(QStringLiteral("review.campaign.not-now"));
    connect(no, &QPushButton::clicked, this, &CampaignHead::endAsking);
    row->addWidget(no);
    column->addLayout(row);
    problem_ = new Text({}, TextStyle::Small, Color::DeniedText);
    problem_->setObjectName(QStringLiteral("review.campaign.say-problem"));
    problem_->setWordWrap(true);
    column->addWidget(problem_);
    connect(why_, &QLineEdit::textChanged, say_, [this](const QString& text) { say_->setEnabled(!text.trimmed().isEmpty()); });
    connect(why_, &QLineEdit::returnPressed, this, &CampaignHead::say);
    connect(say_, &QPushButton::clicked, this, &CampaignHead::say);
    form->hide();
    return form;
}

void CampaignHead::ask(Ask what) {
    asks_ = what;
    const QString words = what == Ask::Sign     ? tr("What do you sign? An auditor will read it.")
                          : what == Ask::Extend ? tr("Why is more time needed?")
                                                : tr("Why is it cancelled?");
    why_->setAccessibleName(words);
    why_->setPlaceholderText(words);
    why_->clear();
    say_->setText(what == Ask::Sign ? tr("Sign off") : what == Ask::Extend ? tr("Give more time") : tr("Cancel the campaign"));
    say_->setKind(what == Ask::Cancel ? ButtonKind::Danger : ButtonKind::Primary);
    until_->setVisible(what == Ask::Extend);
    if (what == Ask::Extend && campaign_) {
        const QDate due = QDateTime::fromMSecsSinceEpoch(campaign_->campaign.record().due.unixMilliseconds()).date();
        until_->setMinimumDate(due.addDays(1));
        until_->setDate(due.addDays(7));
    }
    problem_->hide();
    form_->show();
    why_->setFocus(Qt::OtherFocusReason);
}

void CampaignHead::endAsking() {
    asks_ = Ask::None;
    form_->hide();
}

void CampaignHead::say() {
    const QString why = why_->text().trimmed();
    if (why.isEmpty()) return;
    switch (asks_) {
    case Ask::Sign:
        return desk_.sign(why);
    case Ask::Extend:
        return desk_.extend(UtcTime::fromUnixSeconds(until_->date().endOfDay().toSecsSinceEpoch()), why);
    case Ask::Cancel:
        return desk_.cancel(why);
    case Ask::None:
        break;
    }
}

void CampaignHead::setProblem(const QString& words) {
    problem_->setFullText(words);
    problem_->setVisible(!words.isEmpty());
}

void CampaignHead::showCampaign(const CampaignPtr& campaign, UtcTime now) {
    using estate::campaign::State;
    if (!campaign_ || campaign_->campaign.record().id != campaign->campaign.record().id) endAsking();
    campaign_ = campaign;
    const auto& record = campaign->campaign.record();
    const auto& progress = campaign->progress;
    title_->setFullText(fromUtf8(record.title));
    const StateWords state = stateWords(record.state, record.due, now);
    state_->set(state.kind, state.icon, state.words);
    bar_->setRange(0, static_cast<int>(progress.items));
    bar_->setValue(static_cast<int>(progress.decided));
    QStringList parts{progressWords(progress.decided, progress.items)};
    if (progress.keep > 0) parts.append(tr("%1 keep").arg(progress.keep));
    if (progress.change > 0) parts.append(tr("%1 change").arg(progress.change));
    if (progress.remove > 0) parts.append(tr("%1 remove").arg(progress.remove));
    progress_->setFullText(parts.join(QStringLiteral(", ")));
    QStringList facts{tr("due %1").arg(dayText(record.due, now)), tr("owner %1").arg(fromUtf8(record.owner))};
    for (const auto& each : progress.reviewers) facts.append(QStringLiteral("%1 %2/%3").arg(fromUtf8(each.person)).arg(each.decided).arg(each.items));
    if (!record.scope.empty()) facts.append(fromUtf8(record.scope));
    facts_->setFullText(facts.join(QStringLiteral(" · ")));
    const bool running = record.state == State::Open, owner = record.owner == desk_.me();
    sign_->setVisible(running && owner);
    sign_->setEnabled(progress.decided == progress.items);
    sign_->setToolTip(progress.decided == progress.items ? QString() : tr("%n item(s) are not decided yet", nullptr, static_cast<int>(progress.items - progress.decided)));
    more_->setVisible(running && owner);
    if (!running) endAsking();
    if (const auto* signing = campaign->campaign.signing()) {
        signedText_->setFullText(tr("Signed off by %1, %2: “%3”. Nothing in it can be changed.").arg(fromUtf8(signing->by), exactText(signing->at), fromUtf8(signing->reason)));
        signed_->show();
    } else {
        signed_->hide();
    }
    QStringList hasty;
    for (const auto& each : campaign->hasty) hasty.append(hastyWords(each, desk_.me()));
    hastyText_->setFullText(hasty.join(QLatin1Char(' ')));
    hasty_->setVisible(!hasty.isEmpty());
}

// Where it is narrow the words alone tell how far it is.
void CampaignHead::resizeEvent(QResizeEvent* event) {
    Panel::resizeEvent(event);
    bar_->setVisible(width() >= leastForBar);
}

void CampaignHead::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape && asks_ != Ask::None) return endAsking();
    Panel::keyPressEvent(event);
}

} // namespace gw::ui

#include "ui/review/campaigns/campaign_form.h"

#include "ui/errors/utf8.h"
#include "ui/errors_text.h"
#include "ui/review/campaigns/campaign_words.h"

#include <QDateEdit>
#include <QDateTime>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLocale>
#include <QVBoxLayout>

namespace gw::ui {
namespace {

constexpr int usualDays = 14;

QDate dayOf(UtcTime at) {
    return QDateTime::fromMSecsSinceEpoch(at.unixMilliseconds()).date();
}

} // namespace

CampaignForm::CampaignForm(QWidget* parent) : QWidget(parent) {
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    auto* scroll = new ScrollColumn(pageColumn);
    scroll->setObjectName(QStringLiteral("review.campaign.form"));
    whole->addWidget(scroll);
    QVBoxLayout* column = scroll->column();
    column->setContentsMargins(space::s6, space::s6, space::s6, space::s6);
    column->setSpacing(space::s4);
    column->addWidget(new Text(tr("New campaign"), TextStyle::Heading));
    auto* what = new Text(tr("Each reviewer gets a share of the items, one by one, and says of each whether it stays, with a reason. The owner signs off when all is decided; after that nothing in it can be changed."),
                          TextStyle::Body, Color::TextSecondary);
    what->setWordWrap(true);
    column->addWidget(what);
    title_ = new QLineEdit;
    title_->setObjectName(QStringLiteral("review.campaign.title"));
    title_->setMaxLength(200);
    column->addWidget(titleField_ = new Field(tr("Title"), title_));
    scope_ = new FilterField(tr("Scope"));
    scope_->setObjectName(QStringLiteral("review.campaign.scope"));
    column->addWidget(scopeField_ = new Field(tr("What is reviewed: a filter of the mapping table"), scope_));
    reviewers_ = new QLineEdit;
    reviewers_->setObjectName(QStringLiteral("review.campaign.reviewers"));
    column->addWidget(reviewersField_ = new Field(tr("Reviewers, by their names on their consoles, with commas between"), reviewers_));
    reviewersField_->setHelp(tr("Items go round among them; nobody reviews what gives themselves a role."));
    due_ = new QDateEdit;
    due_->setObjectName(QStringLiteral("review.campaign.due"));
    due_->setDisplayFormat(QStringLiteral("d MMM yyyy"));
    due_->setMaximumWidth(200);
    column->addWidget(dueField_ = new Field(tr("Due at the end of"), due_));
    problem_ = new Text({}, TextStyle::Body, Color::DeniedText);
    problem_->setObjectName(QStringLiteral("review.campaign.problem"));
    problem_->setWordWrap(true);
    problem_->hide();
    column->addWidget(problem_);
    auto* foot = new QHBoxLayout;
    foot->setSpacing(space::s2);
    make_ = new Button(tr("Start the campaign"), QStringLiteral("attest"), ButtonKind::Primary);
    make_->setObjectName(QStringLiteral("review.campaign.make"));
    make_->setKeyHint(tr("Ctrl Enter"));
    connect(make_, &QPushButton::clicked, this, &CampaignForm::make);
    foot->addWidget(make_);
    auto* cancel = new Button(tr("Back to the list"), {}, ButtonKind::Ghost);
    cancel->setObjectName(QStringLiteral("review.campaign.back"));
    connect(cancel, &QPushButton::clicked, this, &CampaignForm::left);
    foot->addWidget(cancel);
    foot->addStretch(1);
    column->addLayout(foot);
    column->addStretch(1);
    for (QLineEdit* each : {title_, static_cast<QLineEdit*>(scope_), reviewers_}) connect(each, &QLineEdit::textChanged, this, &CampaignForm::tell);
    connect(due_, &QDateEdit::dateChanged, this, &CampaignForm::tell);
}

void CampaignForm::setOutside(items::Matcher::Outside outside, items::OutsideValues values) {
    outside_ = std::move(outside);
    values_ = std::move(values);
}

void CampaignForm::setReview(const ReviewedPtr& review) {
    scope_->setTable(nullptr);
    matcher_.reset();
    review_ = review;
    if (review_) {
        scope_->setTable(&review_->mapping.table, values_);
        matcher_ = std::make_unique<items::Matcher>(review_->mapping.table, outside_);
    }
    tell();
}

void CampaignForm::begin(const std::string& me, UtcTime now, const QString& scope) {
    me_ = me;
    now_ = now;
    const QDate today = dayOf(now);
    title_->setText(tr("Review of the quarter to %1", "a month and a year").arg(QLocale().toString(today, QStringLiteral("MMMM yyyy"))));
    scope_->setText(scope);
    reviewers_->setText(fromUtf8(me));
    due_->setMinimumDate(today);
    due_->setDate(today.addDays(usualDays));
    problem_->hide();
    tell();
    title_->setFocus(Qt::OtherFocusReason);
    title_->selectAll();
}

void CampaignForm::refresh() {
    tell();
}

void CampaignForm::setBusy(bool busy) {
    busy_ = busy;
    tell();
}

void CampaignForm::setProblem(const Error& error) {
    const ErrorText words = explain(error);
    problem_->setFullText(words.why.isEmpty() ? words.title : words.title + QStringLiteral(". ") + words.why);
    problem_->show();
}

// What is chosen and what is missing, as it is written.
void CampaignForm::tell() {
    rows_.clear();
    scope_->setProblem(0, -1);
    bool waits = false;
    if (review_ && matcher_) {
        const QByteArray text = scope_->text().toUtf8();
        const auto filter = items::parseFilter({text.constData(), static_cast<std::size_t>(text.size())}, review_->mapping.table.columns(), review_->now);
        if (filter) {
            matcher_->match(*filter).forEach([this](std::size_t row) { rows_.push_back(static_cast<std::uint32_t>(row)); });
            waits = matcher_->waits();
            const QLocale locale;
            const QString all = locale.toString(static_cast<qulonglong>(review_->mappings.size()));
            scopeField_->setError(rows_.empty() ? tr("No row matches.") : QString());
            scopeField_->setHelp(waits ? tr("Asking who can…") : tr("%1 of %2 rows will be looked at", "count, count").arg(locale.toString(static_cast<qulonglong>(rows_.size())), all));
        } else {
            const ErrorText words = explain(filter.error());
            scope_->setProblem(fromUtf8(filter.error().fact("at")).toInt(), fromUtf8(filter.error().fact("length")).toInt());
            scopeField_->setError(words.why);
        }
    } else {
        scopeField_->setError(tr("Nothing is reviewed yet: open files of the organisation first."));
    }
    const bool named = !namesIn(reviewers_->text()).empty();
    reviewersField_->setError(named ? QString() : tr("At least one is needed."));
    titleField_->setError(title_->text().trimmed().isEmpty() ? tr("A title is needed: it stands over the report.") : QString());
    make_->setEnabled(!busy_ && !waits && !rows_.empty() && named && !title_->text().trimmed().isEmpty());
}

void CampaignForm::make() {
    if (!make_->isEnabled()) return;
    problem_->hide();
    CampaignDesk::Asked asked;
    asked.title = title_->text().trimmed();
    asked.scope = scope_->text().trimmed();
    asked.reviewers = namesIn(reviewers_->text());
    asked.due = UtcTime::fromUnixSeconds(due_->date().endOfDay().toSecsSinceEpoch());
    asked.rows = rows_;
    Q_EMIT made(asked);
}

void CampaignForm::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape) return Q_EMIT left();
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && (event->modifiers() & Qt::ControlModifier)) return make();
    QWidget::keyPressEvent(event);
}

} // namespace gw::ui

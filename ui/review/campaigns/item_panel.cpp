#include "ui/review/campaigns/item_panel.h"

#include "models/items/review/mapping_rows.h"
#include "ui/errors/utf8.h"
#include "ui/errors_text.h"
#include "ui/estate/panel_section.h"
#include "ui/review/campaigns/campaign_words.h"
#include "ui/review/finding_words.h"
#include "ui/review/review_words.h"
#include "ui/review/tab_panel.h"
#include "ui/review/table_ink.h"
#include "ui/shell/toasts.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/time_text.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QScrollBar>
#include <QVBoxLayout>

#include <array>

namespace gw::ui {
namespace {

using estate::campaign::Item;
using estate::campaign::Verdict;

constexpr int panelWidth = 392, panelLeast = 300;

// By the names that the campaign keeps.
estate::Environment environmentNamed(std::string_view name) {
    for (const auto each : {estate::Environment::Prod, estate::Environment::Stage, estate::Environment::Dev, estate::Environment::Shared})
        if (estate::environmentName(each) == name) return each;
    return estate::Environment::Unknown;
}

QString privilegeNamed(std::string_view name) {
    for (int i = 0; i <= static_cast<int>(estate::Privilege::Admin); ++i)
        if (estate::privilegeName(static_cast<estate::Privilege>(i)) == name) return privilegeWord(static_cast<estate::Privilege>(i));
    return {};
}

Text* wrapped(const QString& words, TextStyle style, Color color, const char* name) {
    auto* text = new Text(words, style, color);
    text->setWordWrap(true);
    text->setObjectName(QLatin1String(name));
    return text;
}

} // namespace

ItemPanel::ItemPanel(CampaignDesk& desk, QWidget* parent) : Panel(Color::BgSurface, parent), desk_(desk) {
    setObjectName(QStringLiteral("review.item"));
    setEdges(Qt::LeftEdge);
    setMinimumWidth(panelLeast);
    setMaximumWidth(panelWidth);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(1, 0, 0, 0);
    column->setSpacing(0);
    scroll_ = new ScrollColumn;
    scroll_->setObjectName(QStringLiteral("review.item.scroll"));
    column->addWidget(scroll_, 1);
    foot_ = new QWidget;
    foot_->setProperty(Toasts::footProperty, true);
    auto* foot = new QVBoxLayout(foot_);
    foot->setContentsMargins(0, 0, 0, 0);
    foot->setSpacing(0);
    column->addWidget(foot_);
    showNothing();
}

QSize ItemPanel::sizeHint() const {
    return {window() != nullptr && window()->width() < 1000 ? panelLeast : panelWidth, Panel::sizeHint().height()};
}

void ItemPanel::clear() {
    emptyLayout(scroll_->column());
    scroll_->verticalScrollBar()->setValue(0);
    // At once: what comes has the same names.
    delete form_;
    form_ = nullptr;
    delete delegation_;
    delegation_ = nullptr;
    to_ = why_ = nullptr;
    emptyLayout(foot_->layout());
}

void ItemPanel::showNothing() {
    clear();
    item_.clear();
    auto* nothing = wrapped(tr("Choose an item to see what is known of it."), TextStyle::Body, Color::TextTertiary, "review.item.nothing");
    nothing->setContentsMargins(space::s4, space::s4, space::s4, 0);
    scroll_->column()->addWidget(nothing);
    scroll_->column()->addStretch(1);
}

void ItemPanel::showItem(const CampaignPtr& campaign, std::size_t row, const ReviewedPtr& review, UtcTime now) {
    const bool writing = form_ != nullptr && form_->hasFocusInside() && campaign->item(row).id == item_;
    clear();
    campaign_ = campaign;
    const Item& item = campaign->item(row);
    item_ = item.id;
    addHead(item, review);
    addDecision(item, now);
    addFacts(item, review, now);
    addFindings(item, review);
    scroll_->column()->addStretch(1);
    if (campaign->campaign.record().state == estate::campaign::State::Open) addForm(item);
    if (writing && form_ != nullptr) form_->focusReason();
}

void ItemPanel::addHead(const Item& item, const ReviewedPtr& review) {
    auto* head = new QWidget;
    auto* column = new QVBoxLayout(head);
    column->setContentsMargins(space::s4, space::s3, space::s4, space::s3);
    column->setSpacing(space::s1);
    const auto kind = granteeKindNamed(item.subject.kind);
    auto* names = new QWidget;
    auto* flow = new FlowLayout(space::s2, names); // both names whole, in two lines where the panel is narrow
    flow->addWidget(iconAndName(kind ? granteeIcon(*kind) : QStringLiteral("group"), Color::TextSecondary, granteeName(item.subject), QStringLiteral("review.item.who")));
    flow->addWidget(iconAndName(QStringLiteral("arrow-right"), Color::TextTertiary, fromUtf8(items::shortName(item.subject.role)), QStringLiteral("review.item.role")));
    if (const auto environment = environmentFor(environmentNamed(item.subject.environment)); environment != sessions::Environment::None)
        flow->addWidget(new EnvironmentTag(environment));
    column->addWidget(names);
    QStringList detail;
    const auto live = review ? review->rowOf(item.id) : std::nullopt;
    if (live) detail.append(fromUtf8(review->mapping.table.text(items::columnOf(items::MappingColumn::Account), *live)));
    else detail.append(fromUtf8(items::accountIn(item.subject.role)));
    if (item.subject.people && kind != estate::GranteeKind::Person) detail.append(tr("%n people", nullptr, static_cast<int>(*item.subject.people)));
    if (kind) detail.append(granteeWord(*kind));
    detail.removeAll(QString());
    column->addWidget(wrapped(detail.join(QStringLiteral(", ")), TextStyle::Small, Color::TextSecondary, "review.item.detail"));
    scroll_->column()->addWidget(head);
    scroll_->column()->addWidget(new Divider);
}

void ItemPanel::addDecision(const Item& item, UtcTime now) {
    if (!item.decision) return;
    const auto& said = *item.decision;
    auto* box = new QWidget;
    auto* row = new QHBoxLayout(box);
    row->setContentsMargins(space::s4, space::s3, space::s4, space::s3);
    row->setSpacing(space::s2);
    const Color ink = said.verdict == Verdict::Keep ? Color::AllowedText : said.verdict == Verdict::Remove ? Color::DeniedText : Color::ChangedText;
    auto* icon = new IconLabel(verdictIcon(said.verdict), ink);
    icon->setFixedHeight(Theme::lineHeight(TextStyle::Strong));
    row->addWidget(icon, 0, Qt::AlignTop);
    auto* column = new QVBoxLayout;
    column->setSpacing(space::s1);
    QString state = verdictState(said.verdict);
    if (!state.isEmpty()) state[0] = state[0].toUpper();
    column->addWidget(wrapped(tr("%1, by %2, %3", "what was decided, by whom, when").arg(state, fromUtf8(said.by), ageText(said.at, now)), TextStyle::Strong, Color::TextPrimary, "review.item.decision"));
    if (!said.change.empty()) column->addWidget(wrapped(fromUtf8(said.change), TextStyle::Body, Color::TextPrimary, "review.item.decided-change"));
    column->addWidget(wrapped(tr("“%1”").arg(fromUtf8(said.reason)), TextStyle::Body, Color::TextSecondary, "review.item.decided-reason"));
    row->addLayout(column, 1);
    scroll_->column()->addWidget(box);
    scroll_->column()->addWidget(new Divider);
}

void ItemPanel::addFacts(const Item& item, const ReviewedPtr& review, UtcTime now) {
    auto* facts = new QWidget;
    auto* grid = new QGridLayout(facts);
    grid->setContentsMargins(space::s4, space::s3, space::s4, space::s3);
    grid->setHorizontalSpacing(space::s4);
    grid->setVerticalSpacing(space::s2);
    grid->setColumnStretch(1, 1);
    const auto add = [grid](const QString& name, const QString& value, const char* objectName, TextStyle style = TextStyle::Body, Color color = Color::TextPrimary) {
        if (value.isEmpty()) return;
        const int row = grid->rowCount();
        grid->addWidget(new Text(name, TextStyle::Small, Color::TextTertiary), row, 0);
        auto* words = new Text(value, style, color);
        words->setObjectName(QLatin1String(objectName));
        words->setElide(Qt::ElideMiddle);
        grid->addWidget(words, row, 1);
    };
    const auto live = review ? review->rowOf(item.id) : std::nullopt;
    const estate::Mapping* const mapping = live ? &review->mappings[*live] : nullptr;
    if (review && !live) {
        auto* gone = wrapped(tr("It is not in what is reviewed now: somebody took it away, or other files are open."), TextStyle::Small, Color::ExpiringText, "review.item.gone");
        gone->setContentsMargins(space::s4, space::s3, space::s4, 0);
        scroll_->column()->addWidget(gone);
    }
    if (live) {
        add(tr("Can do"), mapping->found != nullptr ? privilegeWord(mapping->privilege) : rowReachWords(*mapping), "review.item.privilege");
        add(tr("Reaches"), reachWords(mapping->reach), "review.item.reaches");
        const std::int64_t used = review->mapping.table.values(items::columnOf(items::MappingColumn::LastUsed))[*live];
        if (used == items::neverValue)
            add(tr("Last used"), tr("never"), "review.item.used", TextStyle::Body, Color::ExpiringText);
        else if (used != items::unknownValue)
            add(tr("Last used"), ageText(UtcTime::fromUnixSeconds(used), now), "review.item.used");
        QStringList conditions;
        for (const std::string& each : mapping->conditions) conditions.append(fromUtf8(each));
        add(tr("Conditions"), conditions.isEmpty() ? tr("none") : conditions.join(QStringLiteral(", ")), "review.item.conditions", conditions.isEmpty() ? TextStyle::Body : TextStyle::Code);
    } else {
        add(tr("Could do"), privilegeNamed(item.subject.privilege), "review.item.privilege");
    }
    add(tr("Role"), fromUtf8(item.subject.role), "review.item.arn", TextStyle::Code);
    add(tr("Provider"), fromUtf8(items::shortName(item.subject.provider)), "review.item.provider", TextStyle::Code);
    add(tr("Reviewer"), fromUtf8(item.reviewer), "review.item.reviewer");
    scroll_->column()->addWidget(facts);
    if (mapping != nullptr && mapping->found != nullptr) {
        auto* row = new QHBoxLayout;
        row->setContentsMargins(space::s4, 0, space::s4, space::s3);
        auto* what = new Button(tr("What can it do?"), QStringLiteral("explain"), ButtonKind::Default);
        what->setSize(ButtonSize::Small);
        what->setObjectName(QStringLiteral("review.item.what"));
        connect(what, &QPushButton::clicked, this, [this, role = fromUtf8(item.subject.role)] { Q_EMIT explainWanted(role); });
        row->addWidget(what);
        row->addStretch(1);
        scroll_->column()->addLayout(row);
    }
    scroll_->column()->addWidget(new Divider);
}

// What the review finds now; where it does not know the item, what was found when the campaign was made.
void ItemPanel::addFindings(const Item& item, const ReviewedPtr& review) {
    auto* section = new QWidget;
    auto* column = new QVBoxLayout(section);
    column->setContentsMargins(space::s4, space::s3, space::s4, space::s3);
    column->setSpacing(space::s2);
    column->addWidget(new Text(tr("Findings"), TextStyle::Strong));
    int number = 0;
    const auto add = [&](const QString& iconName, Color ink, const QString& title) {
        auto* row = new QHBoxLayout;
        row->setSpacing(space::s2);
        auto* icon = new IconLabel(iconName, ink);
        icon->setFixedHeight(Theme::lineHeight(TextStyle::Body));
        row->addWidget(icon, 0, Qt::AlignTop);
        auto* words = new Text(title, TextStyle::Body);
        words->setObjectName(QStringLiteral("review.item.finding.%1").arg(++number));
        words->setWordWrap(true);
        row->addWidget(words, 1);
        column->addLayout(row);
    };
    const auto live = review ? review->rowOf(item.id) : std::nullopt;
    if (live) {
        for (const std::uint32_t each : review->mapping.findings.of(*live)) {
            const auto& found = review->review.findings[each];
            if (!found.suppressed) add(severityIcon(found.severity), severityColor(found.severity), findingTitle(found));
        }
    } else {
        for (const std::string& each : item.subject.findings) add(QStringLiteral("info"), Color::TextTertiary, ruleWords(each));
    }
    if (number == 0) add(QStringLiteral("check"), Color::AllowedText, tr("Nothing was found about it"));
    scroll_->column()->addWidget(section);
}

void ItemPanel::addForm(const Item& item) {
    auto* foot = static_cast<QVBoxLayout*>(foot_->layout());
    foot->addWidget(new Divider);
    auto* box = new QWidget;
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(space::s4, space::s3, space::s4, space::s3);
    column->setSpacing(space::s2);
    const bool mine = item.reviewer == desk_.me();
    if (mine) {
        form_ = new VerdictForm(QStringLiteral("review.item"), item.decision ? tr("Decide anew") : tr("Decide"), true);
        const auto draft = drafts_.find(item.id);
        if (draft != drafts_.end()) form_->setDraft(draft->second);
        connect(form_, &VerdictForm::edited, this, [this] {
            if (form_ != nullptr) drafts_.insert_or_assign(item_, form_->draft());
        });
        connect(form_, &VerdictForm::said, this, [this](Verdict verdict, const QString& reason, const QString& change) {
            form_->setBusy(true);
            desk_.decide(item_, verdict, reason, change);
        });
        connect(form_, &VerdictForm::left, this, &ItemPanel::left);
        column->addWidget(form_);
    } else {
        column->addWidget(wrapped(tr("%1 has this item.").arg(fromUtf8(item.reviewer)), TextStyle::Body, Color::TextSecondary, "review.item.other"));
    }
    if (mine || campaign_->campaign.record().owner == desk_.me()) {
        auto* give = new Button(tr("Give it to somebody else…"), QStringLiteral("person"), ButtonKind::Ghost);
        give->setObjectName(QStringLiteral("review.item.delegate"));
        give->setSize(ButtonSize::Small);
        give->setKeyHint(QStringLiteral("D"));
        connect(give, &QPushButton::clicked, this, &ItemPanel::delegate);
        column->addWidget(give, 0, Qt::AlignLeft);
        delegation_ = buildDelegation();
        delegation_->hide();
        column->addWidget(delegation_);
    }
    foot->addWidget(box);
    box->show(); // a layout does so later only, and a key may lead into it before
}

// In place: to whom, and why.
QWidget* ItemPanel::buildDelegation() {
    auto* form = new QWidget;
    auto* column = new QVBoxLayout(form);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::s2);
    const auto field = [&](const char* name, const QString& words) {
        auto* made = new QLineEdit;
        made->setObjectName(QLatin1String(name));
        made->setAccessibleName(words);
        made->setPlaceholderText(words);
        made->setMaxLength(500);
        column->addWidget(made);
        return made;
    };
    to_ = field("review.item.to", tr("To whom, by the name on their console"));
    why_ = field("review.item.delegate-reason", tr("Why"));
    auto* put = new Button(tr("Give it away"), {}, ButtonKind::Primary);
    put->setSize(ButtonSize::Small);
    put->setObjectName(QStringLiteral("review.item.delegate-now"));
    put->setEnabled(false);
    column->addWidget(put, 0, Qt::AlignRight);
    for (QLineEdit* each : {to_, why_})
        connect(each, &QLineEdit::textChanged, put, [this, put] { put->setEnabled(!to_->text().trimmed().isEmpty() && !why_->text().trimmed().isEmpty()); });
    connect(to_, &QLineEdit::returnPressed, why_, [this] { why_->setFocus(Qt::OtherFocusReason); });
    connect(why_, &QLineEdit::returnPressed, put, &QPushButton::click);
    connect(put, &QPushButton::clicked, this, [this] { desk_.delegate(item_, to_->text().simplified(), why_->text().trimmed()); });
    return form;
}

bool ItemPanel::choose(Verdict verdict) {
    if (form_ == nullptr) return false;
    form_->choose(verdict);
    return true;
}

void ItemPanel::delegate() {
    if (delegation_ == nullptr) return;
    delegation_->show();
    to_->setFocus(Qt::OtherFocusReason);
}

void ItemPanel::setBusy(bool busy) {
    if (form_ != nullptr) form_->setBusy(busy);
}

void ItemPanel::setProblem(const Error& error) {
    if (form_ != nullptr) form_->setProblem(explainBriefly(error));
}

void ItemPanel::forget(const std::string& item) {
    drafts_.erase(item);
    if (item == item_ && form_ != nullptr) form_->setDraft({});
}

void ItemPanel::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape) return Q_EMIT left();
    Panel::keyPressEvent(event);
}

} // namespace gw::ui

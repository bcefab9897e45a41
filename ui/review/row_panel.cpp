#include "ui/review/row_panel.h"

#include "ui/errors/utf8.h"
#include "ui/estate/panel_section.h"
#include "ui/review/campaigns/attest_section.h"
#include "ui/review/review_words.h"
#include "ui/review/tab_panel.h"
#include "ui/widgets/flow_layout.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QGridLayout>
#include <QKeyEvent>
#include <QScrollBar>
#include <QVBoxLayout>

namespace gw::ui {
namespace {

constexpr int panelWidth = 376, panelLeast = 300;


} // namespace

RowPanel::RowPanel(QWidget* parent) : Panel(Color::BgSurface, parent) {
    setObjectName(QStringLiteral("review.panel"));
    setEdges(Qt::LeftEdge);
    setMinimumWidth(panelLeast);
    setMaximumWidth(panelWidth);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(1, 0, 0, 0);
    column->setSpacing(0);
    scroll_ = new ScrollColumn;
    scroll_->setObjectName(QStringLiteral("review.panel.scroll"));
    column->addWidget(scroll_);
}

QSize RowPanel::sizeHint() const {
    return {window() != nullptr && window()->width() < 1000 ? panelLeast : panelWidth, Panel::sizeHint().height()};
}

void RowPanel::clear() {
    // Qt would give the keyboard to whatever comes next, such as a toast's button.
    const QWidget* focused = QApplication::focusWidget();
    if (focused != nullptr && isAncestorOf(focused)) Q_EMIT left();
    delete attest_; // at once, for the next one has the same names
    cards_.clear();
    open_ = nullptr;
    emptyLayout(scroll_->column());
    scroll_->verticalScrollBar()->setValue(0);
}

void RowPanel::showNothing() {
    clear();
    review_.reset();
    auto* nothing = new Text(tr("Choose a row to see what was found about it."), TextStyle::Body, Color::TextTertiary);
    nothing->setWordWrap(true);
    nothing->setContentsMargins(space::s4, space::s4, space::s4, 0);
    scroll_->column()->addWidget(nothing);
    scroll_->column()->addStretch(1);
}

void RowPanel::addHead(const QString& icon, const QString& from, const QString& to, sessions::Environment environment, const QString& detail) {
    auto* head = new QWidget;
    auto* column = new QVBoxLayout(head);
    column->setContentsMargins(space::s4, space::s3, space::s4, space::s3);
    column->setSpacing(space::s1);
    auto* names = new QWidget;
    auto* flow = new FlowLayout(space::s2, names); // both names whole, in two lines where the panel is narrow
    flow->addWidget(iconAndName(icon, Color::TextSecondary, from, QStringLiteral("review.panel.who")));
    if (!to.isEmpty()) flow->addWidget(iconAndName(QStringLiteral("arrow-right"), Color::TextTertiary, to, QStringLiteral("review.panel.role")));
    if (environment != sessions::Environment::None) flow->addWidget(new EnvironmentTag(environment));
    column->addWidget(names);
    auto* words = new Text(detail, TextStyle::Small, Color::TextSecondary);
    words->setObjectName(QStringLiteral("review.panel.detail"));
    words->setWordWrap(true);
    column->addWidget(words);
    scroll_->column()->addWidget(head);
    scroll_->column()->addWidget(new Divider);
}

void RowPanel::addFindings(std::span<const std::uint32_t> findings, const QString& role, std::optional<std::uint32_t> sought) {
    int number = 0;
    for (const bool suppressed : {false, true})
        for (const std::uint32_t each : findings) {
            const auto& finding = review_->review.findings[each];
            if (finding.suppressed.has_value() != suppressed) continue;
            auto* card = new FindingCard(finding, ++number);
            connect(card, &FindingCard::explainWanted, this, [this, role] { Q_EMIT explainWanted(role); });
            connect(card, &FindingCard::suppressWanted, this,
                    [this, each](const QString& reason, int days) { Q_EMIT suppressWanted(each, reason, days); });
            connect(card, &FindingCard::opened, this, [this, card] {
                for (FindingCard* other : cards_)
                    if (other != card) other->setOpen(false);
            });
            cards_.push_back(card);
            if (sought == each) open_ = card;
            scroll_->column()->addWidget(card);
        }
    if (open_ == nullptr && !cards_.empty()) open_ = cards_.front();
    if (open_ != nullptr) return open_->setOpen(true);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(space::s4, space::s3, space::s4, space::s3);
    row->setSpacing(space::s2);
    row->addWidget(new IconLabel(QStringLiteral("check"), Color::AllowedText));
    auto* none = new Text(tr("Nothing was found about this row"), TextStyle::Body, Color::TextSecondary);
    none->setObjectName(QStringLiteral("review.panel.none"));
    row->addWidget(none, 1);
    scroll_->column()->addLayout(row);
    scroll_->column()->addWidget(new Divider);
}

// What the row's columns have no room for.
void RowPanel::addFacts(const estate::Mapping& mapping) {
    auto* facts = new QWidget;
    auto* grid = new QGridLayout(facts);
    grid->setContentsMargins(space::s4, space::s3, space::s4, space::s3);
    grid->setHorizontalSpacing(space::s4);
    grid->setVerticalSpacing(space::s2);
    grid->setColumnStretch(1, 1);
    const auto add = [grid](const QString& name, const QString& value, TextStyle style = TextStyle::Body) {
        if (value.isEmpty()) return;
        const int row = grid->rowCount();
        grid->addWidget(new Text(name, TextStyle::Small, Color::TextTertiary), row, 0);
        auto* words = new Text(value, style);
        words->setElide(Qt::ElideMiddle);
        grid->addWidget(words, row, 1);
    };
    add(tr("Privilege"), privilegeWord(mapping.privilege));
    add(tr("Reaches"), reachWords(mapping.reach));
    if (mapping.kind == estate::GranteeKind::Account) add(tr("Principal"), fromUtf8(mapping.who), TextStyle::Code);
    add(tr("Role"), fromUtf8(mapping.role), TextStyle::Code);
    add(tr("Provider"), fromUtf8(mapping.provider), TextStyle::Code);
    QStringList conditions;
    for (const std::string& each : mapping.conditions) conditions.append(fromUtf8(each));
    add(tr("Conditions"), conditions.join(QStringLiteral(", ")), TextStyle::Code);
    if (mapping.source.file) {
        const QString file = fromUtf8(mapping.source.file->path).section(QLatin1Char('/'), -1);
        add(tr("Read from"), mapping.source.position.line > 0 ? tr("%1, line %2", "file, line").arg(file).arg(mapping.source.position.line) : file);
    }
    scroll_->column()->addWidget(facts);
}

void RowPanel::addAttest(std::vector<estate::campaign::Subject> subjects) {
    attest_ = new AttestSection(*attestDesk_, std::move(subjects), review_->now);
    connect(attest_, &AttestSection::left, this, &RowPanel::left);
    scroll_->column()->addWidget(new Divider);
    scroll_->column()->addWidget(attest_);
    attest_->show(); // a layout does so later only, and the keyboard is led there now
}

void RowPanel::attestRows(const ReviewedPtr& review, const std::vector<std::uint32_t>& rows) {
    clear();
    review_ = review;
    std::vector<estate::campaign::Subject> subjects;
    subjects.reserve(rows.size());
    for (const std::uint32_t each : rows) subjects.push_back(review->subjectOf(each));
    addAttest(std::move(subjects));
    scroll_->column()->addStretch(1);
    enterAttest();
}

void RowPanel::enterAttest() {
    if (attest_.isNull()) return;
    // Its place is known once it is laid out.
    layout()->activate();
    scroll_->ensureWidgetVisible(attest_);
    attest_->focusForm();
}

void RowPanel::showMapping(const ReviewedPtr& review, std::size_t row, std::optional<std::uint32_t> sought) {
    // Reviewed again while somebody writes: he goes on.
    const bool writing = !attest_.isNull() && attest_->isWritten() && attest_->item() == review->items[row];
    clear();
    review_ = review;
    const estate::Mapping& mapping = review->mappings[row];
    const items::Table& table = review->mapping.table;
    QStringList detail{fromUtf8(table.text(items::columnOf(items::MappingColumn::Account), row))};
    if (mapping.people && mapping.kind != estate::GranteeKind::Person) detail.append(tr("%n people", nullptr, static_cast<int>(*mapping.people)));
    detail.append(granteeWord(mapping.kind));
    detail.removeAll(QString());
    addHead(granteeIcon(mapping.kind), granteeName(mapping), fromUtf8(table.text(items::columnOf(items::MappingColumn::Role), row)),
            environmentFor(mapping.environment), detail.join(QStringLiteral(", ")));
    addFindings(review->mapping.findings.of(row), fromUtf8(mapping.role), sought);
    addFacts(mapping);
    auto* foot = new QHBoxLayout;
    foot->setContentsMargins(space::s4, 0, space::s4, space::s3);
    foot->setSpacing(space::s2);
    auto* what = new Button(tr("What can it do?"), QStringLiteral("explain"), ButtonKind::Default);
    what->setSize(ButtonSize::Small);
    what->setObjectName(QStringLiteral("review.panel.what"));
    what->setEnabled(mapping.found != nullptr);
    connect(what, &QPushButton::clicked, this, [this, role = fromUtf8(mapping.role)] { Q_EMIT explainWanted(role); });
    foot->addWidget(what);
    auto* who = new Button(tr("Who can take it?"), QStringLiteral("person"), ButtonKind::Default);
    who->setSize(ButtonSize::Small);
    who->setObjectName(QStringLiteral("review.panel.who-can"));
    who->setEnabled(mapping.found != nullptr);
    connect(who, &QPushButton::clicked, this, [this] { Q_EMIT actionWanted(QStringLiteral("review.who-can")); });
    foot->addWidget(who);
    foot->addStretch(1);
    scroll_->column()->addLayout(foot);
    if (attestDesk_ != nullptr && attestDesk_->isThere()) addAttest({review->subjectOf(row)});
    scroll_->column()->addStretch(1);
    if (sought && open_ != nullptr) {
        // Its place is known once it is laid out.
        layout()->activate();
        scroll_->ensureWidgetVisible(open_);
    }
    if (writing) enterAttest();
}

void RowPanel::showFinding(const ReviewedPtr& review, std::size_t finding) {
    clear();
    review_ = review;
    const auto& found = review->review.findings[finding];
    const items::Table& table = review->findings;
    QStringList detail{fromUtf8(table.text(items::columnOf(items::FindingColumn::Account), finding)), fromUtf8(found.object)};
    detail.removeAll(QString());
    addHead(QStringLiteral("shield"), fromUtf8(items::shortName(found.object)), {}, sessions::Environment::None, detail.join(QStringLiteral(", ")));
    const std::uint32_t only[] = {static_cast<std::uint32_t>(finding)};
    addFindings(only, review->estate->role(found.object) != nullptr ? fromUtf8(found.object) : QString());
    std::size_t rows = 0;
    for (const auto& mapping : review->mappings) rows += mapping.role == found.object ? 1 : 0;
    if (rows > 0) {
        auto* also = new Text(tr("%n way(s) lead into this role", nullptr, static_cast<int>(rows)), TextStyle::Small, Color::TextSecondary);
        also->setContentsMargins(space::s4, space::s3, space::s4, 0);
        scroll_->column()->addWidget(also);
    }
    scroll_->column()->addStretch(1);
}

void RowPanel::showRows(const ReviewedPtr& review, const std::vector<std::uint32_t>& rows, bool mappings) {
    clear();
    review_ = review;
    std::size_t findings = 0;
    if (mappings)
        for (const std::uint32_t each : rows) findings += review->mapping.findings.of(each).size();
    addHead(QStringLiteral("select"), tr("%n row(s) chosen", nullptr, static_cast<int>(rows.size())), {}, sessions::Environment::None,
            !mappings ? tr("What is done now is done with all of them.")
                      : tr("%n finding(s) about them. What is done now is done with all of them.", nullptr, static_cast<int>(findings)));
    auto* buttons = new QVBoxLayout;
    buttons->setContentsMargins(space::s4, space::s3, space::s4, space::s4);
    buttons->setSpacing(space::s2);
    const auto add = [&](const char* id, const QString& words, const char* icon, const QString& key) {
        auto* button = new Button(words, QLatin1String(icon), ButtonKind::Default);
        button->setObjectName(QStringLiteral("review.panel.") + QLatin1String(id));
        if (!key.isEmpty()) button->setKeyHint(key);
        connect(button, &QPushButton::clicked, this, [this, id] { Q_EMIT actionWanted(QStringLiteral("review.") + QLatin1String(id)); });
        buttons->addWidget(button, 0, Qt::AlignLeft);
    };
    if (mappings && attestDesk_ != nullptr && attestDesk_->isThere()) add("attest", tr("Attest them…"), "attest", tr("Ctrl T"));
    add("copy", tr("Copy them"), "copy", tr("Ctrl C"));
    add("export", tr("Export them…"), "export", {});
    scroll_->column()->addLayout(buttons);
    scroll_->column()->addStretch(1);
}

void RowPanel::enter() {
    if (open_ != nullptr)
        open_->enter();
    else if (QWidget* what = findChild<QWidget*>(QStringLiteral("review.panel.what")))
        what->setFocus(Qt::TabFocusReason);
}

void RowPanel::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape) return Q_EMIT left();
    Panel::keyPressEvent(event);
}

} // namespace gw::ui

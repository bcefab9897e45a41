#include "ui/explain/facts_section.h"

#include "ui/errors/utf8.h"
#include "ui/style/paint.h"

#include <QCompleter>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QStringListModel>
#include <QStyleOptionFrame>

namespace gw::ui {
namespace {

// Takes back most of the room that fields keep beside their text, of which there is little here.
constexpr int fieldMargin = -6;
constexpr int keyWidth = 186, originWidth = 76;
// Facts that would not matter, before a person asks for all of them.
constexpr int quietShown = 3;

QString shownValue(const UsedFact& fact) {
    if (fact.state != UsedFact::State::Present) return {};
    QStringList all;
    for (const std::string& each : fact.value.values) all.append(fromUtf8(each));
    return all.join(QStringLiteral(", "));
}

QString originText(const UsedFact& fact) {
    switch (fact.origin) {
    case FactOrigin::Request:
        return fact.state == UsedFact::State::NotTold ? QString() : FactsSection::tr("request");
    case FactOrigin::Message:
        return FactsSection::tr("message");
    case FactOrigin::Tag:
        return FactsSection::tr("tag");
    case FactOrigin::Estate:
        return FactsSection::tr("files");
    case FactOrigin::Organization:
        return FactsSection::tr("organisation");
    case FactOrigin::Resource:
        return FactsSection::tr("resource");
    case FactOrigin::Clock:
        return FactsSection::tr("clock");
    case FactOrigin::Person:
        break;
    }
    return FactsSection::tr("tried");
}

} // namespace

InlineField::InlineField(const QString& text, QWidget* parent) : QLineEdit(text, parent), known_(text) {
    setFrame(false);
    setAttribute(Qt::WA_Hover);
    QPalette clear = palette();
    clear.setColor(QPalette::Base, Qt::transparent);
    setPalette(clear);
    setTextMargins(fieldMargin, 0, fieldMargin, 0);
    setMinimumHeight(size::controlSmall);
    connect(this, &QLineEdit::returnPressed, this, &InlineField::tell);
}

void InlineField::tell() {
    if (text() == known_) return;
    known_ = text();
    Q_EMIT changedTo(known_);
}

void InlineField::paintEvent(QPaintEvent* event) {
    const Theme& theme = Theme::of(this);
    const QFontMetrics metrics(font());
    QStyleOptionFrame option;
    initStyleOption(&option);
    // Where QLineEdit writes, which keeps two more pixels at its sides.
    const QRect place = style()->subElementRect(QStyle::SE_LineEditContents, &option, this).marginsRemoved(textMargins()).adjusted(2, 0, -2, 0);
    const int room = place.width();
    const bool shortened = !hasFocus() && metrics.horizontalAdvance(text()) > room;
    if (hasFocus() || underMouse() || shortened) {
        QPainter painter(this);
        if (hasFocus() || underMouse())
            paintPanel(painter, rect(), theme.color(Color::BgSurface),
                       theme.color(hasFocus() ? Color::Focus : Color::BorderDefault), radius::tag, hasFocus() ? 2 : 1);
        if (shortened) {
            painter.setPen(theme.color(Color::TextPrimary));
            painter.drawText(place, int(Qt::AlignVCenter | Qt::AlignLeft),
                             metrics.elidedText(text(), Qt::ElideMiddle, room));
        }
    }
    if (!shortened) QLineEdit::paintEvent(event);
}

void InlineField::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape && text() != known_) {
        setText(known_);
        return;
    }
    QLineEdit::keyPressEvent(event);
}

void InlineField::focusOutEvent(QFocusEvent* event) {
    QLineEdit::focusOutEvent(event);
    if (event->reason() != Qt::PopupFocusReason && event->reason() != Qt::ActiveWindowFocusReason) tell();
}

void InlineField::enterEvent(QEnterEvent* event) {
    QLineEdit::enterEvent(event);
    update();
}

void InlineField::leaveEvent(QEvent* event) {
    QLineEdit::leaveEvent(event);
    update();
}

FactsSection::FactsSection(QWidget* parent) : PanelSection(tr("Facts used"), parent) {
    setObjectName(QStringLiteral("explain.facts"));
    auto* link = addLink(tr("Add a fact"));
    link->setObjectName(QStringLiteral("explain.facts.add-link"));
    link->setAccessibleName(tr("Add a fact to try"));
    connect(link, &QAbstractButton::clicked, this, &FactsSection::addFact);
    column()->setContentsMargins(space::s4, space::s2, space::s2, space::s3);
    rows_ = new QVBoxLayout;
    rows_->setSpacing(0);
    column()->addLayout(rows_);
    auto* row = new QHBoxLayout;
    row->setSpacing(space::s2);
    row->setContentsMargins(0, space::s1, space::s2, 0);
    key_ = new QLineEdit;
    key_->setObjectName(QStringLiteral("explain.facts.key"));
    key_->setAccessibleName(tr("Condition key"));
    key_->setPlaceholderText(tr("aws:SourceIp"));
    value_ = new QLineEdit;
    value_->setObjectName(QStringLiteral("explain.facts.value"));
    value_->setAccessibleName(tr("Its value"));
    value_->setPlaceholderText(tr("value"));
    add_ = new Button(tr("Try"), {}, ButtonKind::Default);
    add_->setObjectName(QStringLiteral("explain.facts.add"));
    add_->setAccessibleName(tr("Try this fact"));
    row->addWidget(key_, 5);
    row->addWidget(value_, 4);
    row->addWidget(add_);
    column()->addLayout(row);
    keys_ = new QCompleter(this);
    keys_->setModel(new QStringListModel(keys_));
    keys_->setCaseSensitivity(Qt::CaseInsensitive);
    keys_->setFilterMode(Qt::MatchContains);
    key_->setCompleter(keys_);
    connect(add_, &QPushButton::clicked, this, &FactsSection::tellNew);
    connect(value_, &QLineEdit::returnPressed, this, &FactsSection::tellNew);
    connect(key_, &QLineEdit::returnPressed, this, [this] { value_->setFocus(); });
    const auto ready = [this] { add_->setEnabled(!key_->text().trimmed().isEmpty()); };
    connect(key_, &QLineEdit::textChanged, this, ready);
    ready();
}

void FactsSection::addFact() {
    key_->setFocus(Qt::OtherFocusReason);
    key_->selectAll();
}

void FactsSection::show(const ExplainedPtr& answer) {
    answer_ = answer;
    // Whoever changes one fact after the other stays where they are.
    QString focused;
    for (int i = 0; i < rows_->count(); ++i)
        if (QWidget* widget = rows_->itemAt(i)->widget())
            for (QWidget* child : widget->findChildren<QWidget*>())
                if (child->hasFocus()) focused = child->objectName();
    emptyLayout(rows_);
    int quiet = 0;
    for (const UsedFact& fact : answer->facts) {
        if (!fact.matters && !fact.tried && ++quiet == 1) {
            auto* heading = new Text(tr("These would not matter"), TextStyle::Caption, Color::TextTertiary);
            heading->setContentsMargins(0, space::s2, 0, 0);
            rows_->addWidget(heading);
        }
        if (quiet <= quietShown || all_) addRow(fact);
    }
    if (quiet > quietShown && !all_) {
        auto* more = new LinkLabel(tr("Show %n more", nullptr, quiet - quietShown));
        more->setObjectName(QStringLiteral("explain.facts.more"));
        more->setAccessibleName(more->text());
        connect(more, &QAbstractButton::clicked, this, [this] {
            all_ = true;
            show(answer_);
        });
        rows_->addWidget(more);
    }
    if (answer->facts.empty())
        rows_->addWidget(new Text(tr("No condition looks at any."), TextStyle::Small, Color::TextSecondary));
    if (!focused.isEmpty())
        for (int i = 0; i < rows_->count(); ++i)
            if (QWidget* widget = rows_->itemAt(i)->widget())
                if (auto* again = widget->findChild<QWidget*>(focused)) again->setFocus();
    if (keysFilled_ || !answer->catalogue) return;
    keysFilled_ = true;
    QStringList known;
    for (const char* each : {"aws:SourceIp",
                             "aws:RequestedRegion",
                             "aws:MultiFactorAuthPresent",
                             "aws:MultiFactorAuthAge",
                             "aws:SecureTransport",
                             "aws:SourceVpce",
                             "aws:SourceVpc",
                             "aws:PrincipalTag/",
                             "aws:RequestTag/",
                             "aws:ResourceTag/",
                             "aws:TagKeys",
                             "aws:PrincipalOrgID",
                             "aws:userid",
                             "aws:username",
                             "aws:CurrentTime",
                             "aws:SourceArn",
                             "aws:SourceAccount",
                             "aws:CalledVia",
                             "aws:ViaAWSService",
                             "aws:UserAgent",
                             "aws:Referer",
                             "aws:FederatedProvider",
                             "aws:TokenIssueTime",
                             "aws:SourceIdentity"})
        known.append(QString::fromLatin1(each));
    qobject_cast<QStringListModel*>(keys_->model())->setStringList(known);
}

void FactsSection::addRow(const UsedFact& fact) {
    const QString name = fromUtf8(fact.key.written());
    const QString base = QStringLiteral("explain.fact.%1").arg(fromUtf8(fact.key.folded()));
    auto* row = new QWidget;
    auto* line = new QHBoxLayout(row);
    line->setContentsMargins(0, 1, 0, 1);
    line->setSpacing(space::s1);
    auto* key = new Text(name, TextStyle::Code, fact.matters || fact.tried ? Color::TextPrimary : Color::TextTertiary);
    key->setElide(Qt::ElideMiddle);
    key->setFixedWidth(keyWidth);
    line->addWidget(key);
    auto* value = new InlineField(shownValue(fact));
    value->setObjectName(base);
    value->setAccessibleName(name);
    value->setAccessibleDescription(originText(fact));
    value->setToolTip(shownValue(fact));
    value->setCursorPosition(0);
    value->setPlaceholderText(fact.state == UsedFact::State::Absent ? tr("absent") : tr("not told"));
    line->addWidget(value, 1);
    auto* origin = new Text(originText(fact), TextStyle::Small, fact.tried ? Color::ChangedText : Color::TextTertiary);
    origin->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    if (fact.tried) origin->setHeavy(true);
    origin->setFixedWidth(originWidth);
    line->addWidget(origin);
    auto* more = new IconButton(QStringLiteral("more"), tr("More for %1", "condition key").arg(name));
    more->setObjectName(base + QStringLiteral(".more"));
    more->setFixedSize(size::controlSmall, size::controlSmall);
    line->addWidget(more);
    connect(value, &InlineField::changedTo, this, [this, fact](const QString& entered) {
        if (entered.isEmpty())
            Q_EMIT untold(fact.key);
        else
            Q_EMIT told(fact.key, valueOf(fact.key, entered, fact.value.list));
    });
    connect(more, &QToolButton::clicked, this, [this, fact, more] { menuFor(fact, more); });
    rows_->addWidget(row);
    rows_->addWidget(new Divider);
}

void FactsSection::menuFor(const UsedFact& fact, QWidget* at) {
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("explain.fact.menu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [&](const char* id, const QString& words, const char* iconName, auto run) {
        QAction* action = menu->addAction(icon(QString::fromLatin1(iconName)), words, this, run);
        action->setObjectName(QStringLiteral("explain.fact.") + QLatin1String(id));
    };
    if (fact.isBool) {
        const bool now = fact.state == UsedFact::State::Present && foldedAscii(fact.value.values.front()) == "true";
        const std::string other = now ? "false" : "true";
        add("flip", tr("Make it %1", "true or false").arg(fromUtf8(other)), "sync",
            [this, key = fact.key, other] { Q_EMIT told(key, policy::ContextValue::one(other)); });
    }
    if (fact.state != UsedFact::State::Absent)
        add("absent", tr("Not in the request"), "remove", [this, key = fact.key] { Q_EMIT told(key, std::nullopt); });
    if (fact.state != UsedFact::State::NotTold && fact.origin != FactOrigin::Request && fact.origin != FactOrigin::Clock)
        add("not-told", tr("Not known"), "help", [this, key = fact.key] { Q_EMIT untold(key); });
    if (fact.tried) add("restore", tr("As it was"), "undo", [this, key = fact.key] { Q_EMIT restored(key); });
    menu->popup(at->mapToGlobal(QPoint(0, at->height())));
}

policy::ContextValue FactsSection::valueOf(const policy::Key& key, const QString& entered, bool list) const {
    const policy::KeyInfo* info = answer_ && answer_->catalogue ? answer_->catalogue->anyKey(key.folded()) : nullptr;
    if (!list && !(info != nullptr && info->list)) return policy::ContextValue::one(entered.trimmed().toStdString());
    std::vector<std::string> values;
    for (const QString& each : entered.split(QLatin1Char(','), Qt::SkipEmptyParts))
        values.push_back(each.trimmed().toStdString());
    return policy::ContextValue::many(std::move(values));
}

void FactsSection::tellNew() {
    const policy::Key key(key_->text().trimmed().toStdString());
    if (key.folded().empty()) return;
    const QString entered = value_->text();
    key_->clear();
    value_->clear();
    Q_EMIT told(key, valueOf(key, entered, false));
}

} // namespace gw::ui

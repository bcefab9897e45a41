#include "ui/shell/header_bar.h"

#include "ui/style/paint.h"
#include "ui/widgets/text.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>

#include <algorithm>

namespace gw::ui {
namespace {

constexpr int sideMargin = 20;
constexpr int paletteWidth = 236, paletteLeast = 120, paletteIcon = 34; // as an icon alone where there is no room for its words

QString paletteKey() {
    return keyText(QKeySequence(Qt::CTRL | Qt::Key_K));
}

} // namespace

PaletteButton::PaletteButton(QWidget* parent) : QAbstractButton(parent) {
    setObjectName(QStringLiteral("shell.palette-field"));
    setText(tr("Find or run"));
    setToolTip(QStringLiteral("%1 (%2)").arg(text(), paletteKey()));
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setCursor(Qt::IBeamCursor);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

QSize PaletteButton::sizeHint() const {
    return {paletteWidth, size::control};
}

QSize PaletteButton::minimumSizeHint() const {
    return {paletteIcon, size::control};
}

void PaletteButton::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::of(this);
    QPainter painter(this);
    paintPanel(painter, rect(), blended(theme.color(Color::BgSurface), theme.color(Color::BgHover), hover_.level()),
               theme.color(Color::BorderDefault), radius::control);
    painter.drawPixmap(10, (height() - size::icon) / 2,
                       iconPixmap(QStringLiteral("search"), size::icon, theme.color(Color::TextTertiary), devicePixelRatioF()));
    if (width() < paletteLeast) return;
    const int cap = paintKeyCap(painter, width() - 10, height() / 2, paletteKey(), theme);
    const QRect area = rect().adjusted(34, 0, -cap - 18, 0);
    painter.setFont(theme.font(TextStyle::Body));
    painter.setPen(theme.color(Color::TextTertiary));
    painter.drawText(area, int(Qt::AlignVCenter | Qt::AlignLeft),
                     painter.fontMetrics().elidedText(text(), Qt::ElideRight, area.width()));
}

HeaderBar::HeaderBar(ActionTable& actions, QWidget* parent) : Panel(Color::BgWindow, parent), actions_(actions) {
    setObjectName(QStringLiteral("header"));
    setEdges(Qt::BottomEdge);
    setFixedHeight(size::header);
    auto* row = row_ = new QHBoxLayout(this);
    row->setContentsMargins(sideMargin, 0, space::s4, 0);
    row->setSpacing(space::s2);
    parent_ = new LinkLabel(tr("Back"), this);
    parent_->setObjectName(QStringLiteral("header.parent"));
    parent_->setColorToken(Color::TextSecondary);
    parent_->setFont(Theme::of(this).font(TextStyle::Body));
    chevron_ = new IconLabel(QStringLiteral("chevron-right"), Color::TextTertiary, 14, this);
    title_ = new Text(QString(), TextStyle::Title, Color::TextPrimary, this);
    subtitle_ = new Text(QString(), TextStyle::Body, Color::TextTertiary, this);
    subtitle_->setElide(Qt::ElideRight);
    palette_ = new PaletteButton(this);
    buttons_ = new QHBoxLayout;
    buttons_->setSpacing(space::s4);
    buttons_->setContentsMargins(space::s2, 0, 0, 0);
    back_ = new Button(tr("Cancel"), QString(), ButtonKind::Ghost, this);
    back_->setObjectName(QStringLiteral("header.back"));
    back_->setKeyHint(tr("Esc"));
    row->addWidget(parent_);
    row->addWidget(chevron_);
    row->addWidget(title_);
    row->addSpacing(space::s2);
    row->addWidget(subtitle_, 1);
    row->addWidget(palette_);
    row->addLayout(buttons_);
    row->addWidget(back_);
    parent_->hide();
    chevron_->hide();
    back_->hide();
    connect(palette_, &QAbstractButton::clicked, this, &HeaderBar::paletteWanted);
    connect(parent_, &QAbstractButton::clicked, this, &HeaderBar::backWanted);
    connect(back_, &QAbstractButton::clicked, this, &HeaderBar::backWanted);
    connect(&actions_, &ActionTable::changed, this, &HeaderBar::refreshButtons);
}

void HeaderBar::setTitle(const QString& title, const QString& subtitle) {
    parent_->hide();
    chevron_->hide();
    back_->hide();
    title_->setFullText(title);
    subtitle_->setFullText(subtitle);
}

void HeaderBar::setTrail(const QString& screen, const QString& page) {
    parent_->setText(screen);
    parent_->setAccessibleName(tr("Back to %1").arg(screen));
    parent_->updateGeometry();
    title_->setFullText(page);
    subtitle_->setFullText(QString());
    parent_->show();
    chevron_->show();
    back_->show();
}

void HeaderBar::setTabs(QWidget* tabs) {
    if (tabs == tabs_) return;
    if (tabs_ != nullptr) {
        row_->removeWidget(tabs_);
        tabs_->hide();
    }
    tabs_ = tabs;
    subtitle_->setVisible(tabs == nullptr);
    row_->setStretchFactor(subtitle_, tabs == nullptr ? 1 : 0);
    if (tabs != nullptr) {
        row_->insertWidget(row_->indexOf(subtitle_), tabs, 1);
        tabs->show();
    }
    share();
}

// Tabs say more than the words of the palette's button: those give way first.
void HeaderBar::share() {
    const QMargins margins = row_->contentsMargins();
    int room = width() - margins.left() - margins.right() - 4 * row_->spacing() - space::s2 - title_->sizeHint().width() - buttons_->sizeHint().width();
    room -= tabs_ == nullptr ? 0 : tabs_->sizeHint().width();
    const bool words = tabs_ == nullptr || room >= paletteLeast;
    palette_->setMinimumWidth(tabs_ == nullptr ? paletteLeast : words ? std::min(room, paletteWidth) : paletteIcon);
    palette_->setMaximumWidth(words ? paletteWidth : paletteIcon);
}

void HeaderBar::resizeEvent(QResizeEvent* event) {
    Panel::resizeEvent(event);
    share();
}

bool HeaderBar::event(QEvent* event) {
    const bool done = Panel::event(event);
    // The tabs' counts, the title or the buttons are others.
    if (event->type() == QEvent::LayoutRequest) share();
    return done;
}

void HeaderBar::setActions(const QStringList& ids) {
    if (ids == ids_) return;
    ids_ = ids;
    for (Button* button : made_) {
        button->hide();
        button->deleteLater();
    }
    made_.clear();
    for (const QString& id : ids) {
        QAction* action = actions_.action(id);
        if (action == nullptr) continue;
        auto* button = new Button(QString(), QString(), ButtonKind::Default, this);
        button->setObjectName(QStringLiteral("header.") + id);
        connect(button, &QAbstractButton::clicked, action, &QAction::trigger);
        buttons_->addWidget(button);
        made_.push_back(button);
    }
    if (!made_.empty() && !ids.back().isEmpty()) made_.back()->setKind(ButtonKind::Primary);
    refreshButtons();
}

void HeaderBar::refreshButtons() {
    for (Button* button : made_) {
        const QString id = button->objectName().mid(QStringLiteral("header.").size());
        const QAction* action = actions_.action(id);
        for (const ActionSpec& spec : actions_.specs()) {
            if (spec.id != id) continue;
            button->setText(spec.text);
            button->setIconName(spec.icon);
            button->setKeyHint(keyText(spec.shortcut));
        }
        button->setEnabled(action->isEnabled());
        button->setToolTip(action->isEnabled() ? QString() : action->toolTip());
    }
}

} // namespace gw::ui

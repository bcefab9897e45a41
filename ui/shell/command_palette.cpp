#include "ui/shell/command_palette.h"

#include "ui/style/fade.h"
#include "ui/style/paint.h"
#include "ui/widgets/button.h"
#include "ui/widgets/text.h"

#include <QApplication>
#include <QKeyEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QScrollBar>

namespace gw::ui {
namespace {

constexpr int fromTop = 96;
constexpr int searchHeight = 52;
constexpr int footHeight = 36;
constexpr int longest = 460; // of the list
constexpr int inset = 6;
constexpr int shadowRoom = 24;

} // namespace

CommandPalette::CommandPalette(QWidget* window) : QWidget(window) {
    setObjectName(QStringLiteral("palette"));
    setAccessibleName(tr("Find or run"));
    hide();
    search_ = new QLineEdit(this);
    search_->setObjectName(QStringLiteral("palette.search"));
    search_->setAccessibleName(tr("Find or run"));
    search_->setPlaceholderText(tr("Find or run"));
    search_->setFrame(false);
    search_->installEventFilter(this);
    QFont letters = Theme::of(this).font(TextStyle::Body);
    letters.setPixelSize(type::title.px);
    search_->setFont(letters);

    list_ = new QListView(this);
    list_->setObjectName(QStringLiteral("palette.list"));
    list_->setAccessibleName(tr("What was found"));
    list_->setFrameShape(QFrame::NoFrame);
    list_->setFocusPolicy(Qt::NoFocus);
    list_->setMouseTracking(true);
    list_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list_->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    list_->viewport()->setAutoFillBackground(false);
    list_->setModel(&model_);
    list_->setItemDelegate(new PaletteDelegate(model_, list_));

    kindText_ = new Text(QString(), TextStyle::Small, Color::TextTertiary, this);
    kindText_->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    count_ = new Text(QString(), TextStyle::Small, Color::TextTertiary, this);
    count_->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    nothing_ = new Text(QString(), TextStyle::Body, Color::TextSecondary, this);
    nothing_->setAlignment(Qt::AlignCenter);
    hints_ = new KeyHints({{tr("Enter"), tr("run or open")}, {tr("Tab"), tr("one kind only")}, {tr("Esc"), tr("close")}}, this);

    connect(search_, &QLineEdit::textChanged, this, &CommandPalette::find);
    connect(list_, &QListView::clicked, this, &CommandPalette::run);
}

QRect CommandPalette::body() const {
    const int width = std::min(int(size::palette), this->width() - 2 * shadowRoom);
    const int top = std::min(fromTop, std::max(shadowRoom, height() / 6));
    int rows = 0;
    for (int row = 0; row < model_.rowCount() && rows < longest; ++row) rows += list_->sizeHintForRow(row);
    const int listHeight =
        model_.found() == 0 ? 80 : std::min({rows + 2 * inset, longest, height() - top - searchHeight - footHeight - shadowRoom});
    return {(this->width() - width) / 2, top, width, searchHeight + listHeight + footHeight};
}

void CommandPalette::open(std::vector<PaletteItem> items, std::vector<PaletteFinder> finders) {
    before_ = QApplication::focusWidget();
    kind_.clear();
    model_.setItems(std::move(items), std::move(finders));
    search_->clear();
    setGeometry(parentWidget()->rect());
    find(QString());
    fadeIn(this);
    show();
    raise();
    search_->setFocus(Qt::ShortcutFocusReason);
}

void CommandPalette::closePalette() {
    if (!isVisible()) return;
    hide();
    if (before_) before_->setFocus(Qt::OtherFocusReason);
    model_.setItems({});
}

void CommandPalette::find(const QString& query) {
    model_.search(query, kind_);
    kindText_->setFullText(kind_.isEmpty() ? tr("everything") : kind_);
    const QLocale locale;
    count_->setFullText(tr("%1 of %2").arg(locale.toString(model_.found()), locale.toString(model_.total())));
    nothing_->setFullText(tr("Nothing is called “%1”").arg(query));
    nothing_->setVisible(model_.found() == 0);
    list_->setVisible(model_.found() > 0);
    list_->setCurrentIndex({});
    step(1);
    list_->verticalScrollBar()->setValue(0);
    arrange();
    // The scrim around it stays: painting the whole window for each letter would be felt.
    const QRect room = body().adjusted(-shadowRoom, -shadowRoom, shadowRoom, 2 * shadowRoom);
    update(room.united(painted_));
    painted_ = room;
}

void CommandPalette::arrange() {
    const QRect area = body();
    const int tabCap = keyCapWidth(tr("Tab"), Theme::of(this));
    const int kindWidth = kindText_->sizeHint().width() + 2;
    kindText_->setGeometry(area.right() - space::s4 - tabCap - space::s2 - kindWidth, area.top(), kindWidth, searchHeight);
    search_->setGeometry(area.left() + 36, area.top() + 1, kindText_->x() - area.left() - 36 - space::s2, searchHeight - 2);
    list_->setGeometry(area.left() + inset, area.top() + searchHeight + 1, area.width() - 2 * inset,
                       area.height() - searchHeight - footHeight - 2);
    nothing_->setGeometry(list_->geometry());
    const int foot = area.bottom() - footHeight + 1;
    hints_->setGeometry(area.left() + space::s4, foot + (footHeight - size::controlSmall) / 2, hints_->sizeHint().width(),
                        size::controlSmall);
    count_->setGeometry(area.right() - space::s4 - 140, foot, 140, footHeight);
}

void CommandPalette::resizeEvent(QResizeEvent*) {
    arrange();
}

void CommandPalette::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::of(this);
    QPainter painter(this);
    QColor scrim = theme.color(Color::BgScrim);
    scrim.setAlphaF(static_cast<float>(opacity::scrim));
    painter.fillRect(rect(), scrim);
    const QRect area = body();
    paintShadow(painter, area, radius::popup, shadowRoom);
    paintPanel(painter, area, theme.color(Color::BgPopup), theme.color(Color::BorderDefault), radius::popup);
    const QColor line = theme.color(Color::BorderSubtle);
    painter.fillRect(QRect(area.left() + 1, area.top() + searchHeight, area.width() - 2, 1), line);
    painter.fillRect(QRect(area.left() + 1, area.bottom() - footHeight, area.width() - 2, 1), line);
    painter.drawPixmap(area.left() + space::s4, area.top() + (searchHeight - size::icon) / 2,
                       iconPixmap(QStringLiteral("search"), size::icon, theme.color(Color::TextSecondary), devicePixelRatioF()));
    paintKeyCap(painter, area.right() - space::s4, area.top() + searchHeight / 2, tr("Tab"), theme);
}

void CommandPalette::mousePressEvent(QMouseEvent* event) {
    if (!body().contains(event->position().toPoint())) closePalette();
}

void CommandPalette::step(int by) {
    const int rows = model_.rowCount();
    int row = list_->currentIndex().isValid() ? list_->currentIndex().row() : (by > 0 ? -1 : rows);
    for (int tried = 0; tried < rows; ++tried) {
        row = (row + by + rows) % rows;
        if (model_.item(row) != nullptr) {
            list_->setCurrentIndex(model_.index(row));
            // The heading above the first row comes along.
            if (row == 1) list_->scrollToTop();
            return;
        }
    }
}

void CommandPalette::nextKind(int step) {
    QStringList kinds{QString()};
    kinds.append(model_.kinds());
    const qsizetype count = kinds.size();
    kind_ = kinds[(kinds.indexOf(kind_) + step + count) % count];
    find(search_->text());
}

void CommandPalette::run(const QModelIndex& index) {
    const PaletteItem* item = model_.item(index.row());
    if (item == nullptr || !item->availability.available) return;
    const auto action = item->run;
    closePalette();
    if (action) action();
}

bool CommandPalette::key(const QKeyEvent& event) {
    switch (event.key()) {
    case Qt::Key_Down:
        step(1);
        return true;
    case Qt::Key_Up:
        step(-1);
        return true;
    case Qt::Key_PageDown:
        for (int i = 0; i < 8; ++i) step(1);
        return true;
    case Qt::Key_PageUp:
        for (int i = 0; i < 8; ++i) step(-1);
        return true;
    case Qt::Key_Tab:
        nextKind(1);
        return true;
    case Qt::Key_Backtab:
        nextKind(-1);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        run(list_->currentIndex());
        return true;
    case Qt::Key_Escape:
        closePalette();
        return true;
    default:
        return false;
    }
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event) {
    if (watched == search_ && event->type() == QEvent::KeyPress) return key(*static_cast<QKeyEvent*>(event));
    if (watched == search_ && event->type() == QEvent::FocusOut) {
        const auto reason = static_cast<QFocusEvent*>(event)->reason();
        // Somebody else took the focus: the palette must not stay over it.
        if (reason == Qt::MouseFocusReason || reason == Qt::ShortcutFocusReason) closePalette();
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace gw::ui

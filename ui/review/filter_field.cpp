#include "ui/review/filter_field.h"

#include "ui/errors/utf8.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QKeyEvent>
#include <QLocale>
#include <QPainter>
#include <QStandardItemModel>

namespace gw::ui {
namespace {

constexpr std::size_t mostOffered = 12;

int octets(const QString& text, qsizetype letters) {
    return static_cast<int>(text.left(letters).toUtf8().size());
}

qsizetype letters(const QString& text, std::size_t octets) {
    return QString::fromUtf8(text.toUtf8().left(static_cast<qsizetype>(octets))).size();
}

} // namespace

FilterField::FilterField(const QString& accessibleName, QWidget* parent)
    : SearchBox(accessibleName, parent), model_(new QStandardItemModel(this)), completer_(new QCompleter(model_, this)) {
    setSize(ButtonSize::Normal);
    setIconName(QStringLiteral("filter"));
    setPlaceholderText(tr("Filter rows"));
    setKeyHint(QStringLiteral("/"));
    completer_->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    completer_->setMaxVisibleItems(static_cast<int>(mostOffered));
    completer_->setWidget(this);
    completer_->popup()->setAccessibleName(tr("What could come next"));
    connect(completer_, qOverload<const QModelIndex&>(&QCompleter::activated), this, [this](const QModelIndex& index) { take(index.row()); });
    // The rows come first: this is asked for when they are painted.
    connect(this, &QLineEdit::textEdited, this, [this] { QMetaObject::invokeMethod(this, &FilterField::complete, Qt::QueuedConnection); });
}

void FilterField::setTable(const items::Table* table, items::OutsideValues outside) {
    table_ = table;
    outside_ = std::move(outside);
    completer_->popup()->setObjectName(objectName() + QStringLiteral(".list"));
    if (table == nullptr) completer_->popup()->hide();
}

bool FilterField::listOpen() const {
    return completer_->popup()->isVisible();
}

void FilterField::setProblem(int at, int length) {
    problemAt_ = at;
    problemLength_ = length;
    update();
}

void FilterField::offer() {
    setFocus(Qt::OtherFocusReason);
    complete();
}

void FilterField::complete() {
    if (table_ == nullptr || !hasFocus() || !isVisible()) return;
    const QByteArray utf8 = text().toUtf8();
    const std::string_view typed(utf8.constData(), static_cast<std::size_t>(utf8.size()));
    offered_ = items::completeFilter(typed, static_cast<std::size_t>(octets(text(), cursorPosition())), *table_, mostOffered, outside_);
    // What is typed already is nothing to offer.
    std::erase_if(offered_, [&](const items::Completion& each) { return typed.substr(each.begin, each.end - each.begin) == each.text; });
    model_->clear();
    const QLocale locale;
    for (const items::Completion& each : offered_) {
        const QString words = fromUtf8(each.text);
        auto* item = new QStandardItem(each.rows ? QStringLiteral("%1   %2").arg(words, locale.toString(static_cast<qulonglong>(*each.rows))) : words);
        item->setAccessibleText(each.rows ? tr("%1, %n row(s)", nullptr, static_cast<int>(*each.rows)).arg(words) : words);
        model_->appendRow(item);
    }
    if (offered_.empty()) return completer_->popup()->hide();
    completer_->complete(QRect(0, 0, std::max(width(), 280), height() + 2));
    // Enter is for what is typed; whoever wants one of the list goes there by arrow or mouse.
    completer_->popup()->setCurrentIndex({});
}

void FilterField::take(int row) {
    if (row < 0 || row >= static_cast<int>(offered_.size())) return;
    const items::Completion chosen = offered_[static_cast<std::size_t>(row)];
    const qsizetype begin = letters(text(), chosen.begin), end = letters(text(), chosen.end);
    const QString put = fromUtf8(chosen.text);
    const QString whole = text().left(begin) + put + text().mid(end);
    setText(whole);
    setCursorPosition(static_cast<int>(begin + put.size()));
    Q_EMIT textEdited(whole);
}

void FilterField::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        // One of the list is taken by the list.
        if (listOpen() && completer_->popup()->currentIndex().isValid()) return event->ignore();
        if (event->modifiers() & ~Qt::KeypadModifier) break;
        completer_->popup()->hide();
        return Q_EMIT committed();
    case Qt::Key_Escape:
        // The list hands every key to the field first; this one is for the list, and only the next empties the field.
        if (!listOpen()) break;
        return completer_->popup()->hide();
    case Qt::Key_Backspace:
        if (text().isEmpty()) return Q_EMIT emptied();
        break;
    case Qt::Key_Space:
        // With Ctrl: what could come next.
        if (event->modifiers() == Qt::ControlModifier) return complete();
        break;
    default:
        break;
    }
    SearchBox::keyPressEvent(event);
}

// The list is a window of its own, and would stay over whatever is shown instead.
void FilterField::hideEvent(QHideEvent* event) {
    completer_->popup()->hide();
    SearchBox::hideEvent(event);
}

void FilterField::paintEvent(QPaintEvent* event) {
    SearchBox::paintEvent(event);
    if (problemLength_ < 0) return;
    // Where it is wrong; a value that is missing has the width of a letter.
    const QFontMetrics metrics(font());
    const qsizetype begin = letters(text(), static_cast<std::size_t>(problemAt_));
    const qsizetype end = letters(text(), static_cast<std::size_t>(problemAt_ + problemLength_));
    const int left = cursorRect().center().x() + metrics.horizontalAdvance(text().left(begin)) - metrics.horizontalAdvance(text().left(cursorPosition()));
    const int wide = std::max(metrics.horizontalAdvance(text().mid(begin, end - begin)), metrics.averageCharWidth());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(Theme::of(this).color(Color::DeniedMark), 1.5));
    const int y = (height() + metrics.height()) / 2;
    QPolygonF wave;
    for (int x = 0; x <= wide; x += 3) wave.append(QPointF(left + x, y + (x / 3 % 2 == 0 ? 0 : 2)));
    painter.drawPolyline(wave);
}

} // namespace gw::ui

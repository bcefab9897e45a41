#include "ui/explain/pick_field.h"

#include "ui/style/paint.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QStandardItemModel>

#include <utility>

namespace gw::ui {
namespace {

constexpr int valueRole = Qt::UserRole + 1, arrowRoom = 26, iconRoom = 22, mostShown = 12;

} // namespace

PickField::PickField(const QString& accessibleName, const QString& iconName, QWidget* parent)
    : QLineEdit(parent), iconName_(iconName), model_(new QStandardItemModel(this)), completer_(new QCompleter(model_, this)) {
    setAccessibleName(accessibleName);
    setTextMargins(iconRoom, 0, arrowRoom, 0);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setFixedHeight(size::control);
    completer_->setCaseSensitivity(Qt::CaseInsensitive);
    completer_->setFilterMode(Qt::MatchContains);
    completer_->setMaxVisibleItems(mostShown);
    completer_->popup()->setAccessibleName(accessibleName);
    setCompleter(completer_);
    connect(
        completer_, qOverload<const QModelIndex&>(&QCompleter::activated), this, [this] { Q_EMIT picked(); },
        Qt::QueuedConnection);
    connect(this, &QLineEdit::editingFinished, this, [this] { setToolTip(value()); });
}

void PickField::setItems(const std::vector<PickItem>& items) {
    const QString now = value();
    model_->clear();
    for (const PickItem& each : items) {
        auto* item = new QStandardItem(each.text);
        item->setData(each.value, valueRole);
        if (!each.icon.isEmpty()) item->setIcon(icon(each.icon));
        item->setToolTip(each.value);
        model_->appendRow(item);
    }
    completer_->popup()->setObjectName(objectName() + QStringLiteral(".list"));
    if (!now.isEmpty()) setValue(now);
}

int PickField::rowOf(int role, const QString& wanted) const {
    if (model_->rowCount() == 0) return -1;
    const auto found = model_->match(model_->index(0, 0), role, wanted, 1, Qt::MatchFixedString);
    return found.isEmpty() ? -1 : found.front().row();
}

QString PickField::value() const {
    const QString typed = text().trimmed();
    if (typed.isEmpty() || model_->rowCount() == 0) return typed;
    const int row = rowOf(Qt::DisplayRole, typed);
    return row < 0 ? typed : model_->item(row)->data(valueRole).toString();
}

void PickField::setValue(const QString& value, const QString& name) {
    if (!value.isEmpty() && !name.isEmpty() && rowOf(valueRole, value) < 0) {
        auto* item = new QStandardItem(name);
        item->setData(value, valueRole);
        item->setToolTip(value);
        model_->appendRow(item);
    }
    const int row = value.isEmpty() || model_->rowCount() == 0 ? -1 : rowOf(valueRole, value);
    setText(row < 0 ? value : model_->item(row)->text());
    // The end of an ARN tells it from others.
    setCursorPosition(row < 0 ? static_cast<int>(text().size()) : 0);
    setToolTip(value);
    scrollsBack_ = true;
}

void PickField::tidy() {
    setValue(value());
}

void PickField::openList() {
    completer_->setCompletionPrefix({});
    completer_->complete();
}

bool PickField::listOpen() const {
    return completer_->popup()->isVisible();
}

QSize PickField::sizeHint() const {
    return {190, size::control};
}
QSize PickField::minimumSizeHint() const {
    return {96, size::control};
}

void PickField::paintEvent(QPaintEvent* event) {
    // Qt scrolls back from a longer text with the second paint only.
    if (std::exchange(scrollsBack_, false)) QLineEdit::paintEvent(event);
    QLineEdit::paintEvent(event);
    const Theme& theme = Theme::of(this);
    QPainter painter(this);
    painter.drawPixmap(space::s2 + 1, (height() - size::icon) / 2,
                       iconPixmap(iconName_, size::icon, theme.color(Color::TextSecondary), devicePixelRatioF()));
    if (model_->rowCount() > 0)
        painter.drawPixmap(
            width() - arrowRoom + 4, (height() - size::icon) / 2,
            iconPixmap(QStringLiteral("chevron-down"), size::icon, theme.color(Color::TextTertiary), devicePixelRatioF()));
}

void PickField::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Down && !listOpen()) {
        openList();
        return;
    }
    QLineEdit::keyPressEvent(event);
}

void PickField::mousePressEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton && event->pos().x() >= width() - arrowRoom) {
        setFocus(Qt::MouseFocusReason);
        openList();
        return;
    }
    QLineEdit::mousePressEvent(event);
}

void PickField::mouseMoveEvent(QMouseEvent* event) {
    setCursor(event->pos().x() >= width() - arrowRoom || event->pos().x() < iconRoom ? Qt::ArrowCursor : Qt::IBeamCursor);
    QLineEdit::mouseMoveEvent(event);
}

} // namespace gw::ui

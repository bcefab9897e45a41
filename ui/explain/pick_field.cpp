#include "ui/explain/pick_field.h"

#include "ui/style/paint.h"

#include <QCompleter>
#include <QKeyEvent>
#include <QListView>
#include <QMouseEvent>
#include <QPainter>

#include <utility>

namespace gw::ui {
namespace {

constexpr int arrowRoom = 26, iconRoom = 22, mostShown = 12;

} // namespace

PickField::PickField(const QString& accessibleName, const QString& iconName, QWidget* parent)
    : QLineEdit(parent), iconName_(iconName), model_(new PickModel(this)), completer_(new QCompleter(model_, this)) {
    setAccessibleName(accessibleName);
    setTextMargins(iconRoom, 0, arrowRoom, 0);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setFixedHeight(size::control);
    completer_->setCaseSensitivity(Qt::CaseInsensitive);
    // The model holds what is found already.
    completer_->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    completer_->setMaxVisibleItems(mostShown);
    completer_->popup()->setAccessibleName(accessibleName);
    if (auto* list = qobject_cast<QListView*>(completer_->popup())) list->setUniformItemSizes(true);
    setCompleter(completer_);
    connect(this, &QLineEdit::textEdited, model_, &PickModel::narrow);
    connect(
        completer_, qOverload<const QModelIndex&>(&QCompleter::activated), this, [this] { Q_EMIT picked(); },
        Qt::QueuedConnection);
    connect(this, &QLineEdit::editingFinished, this, [this] { setToolTip(value()); });
}

void PickField::setItems(PickItems items) {
    const QString now = value();
    model_->setItems(std::move(items));
    completer_->popup()->setObjectName(objectName() + QStringLiteral(".list"));
    if (!now.isEmpty()) setValue(now);
}

QString PickField::value() const {
    const QString typed = text().trimmed();
    const PickItem* item = typed.isEmpty() ? nullptr : model_->named(typed);
    return item != nullptr ? item->value : typed;
}

void PickField::setValue(const QString& value, const QString& name) {
    const PickItem* item = value.isEmpty() ? nullptr : model_->valued(value);
    if (item == nullptr && !value.isEmpty() && !name.isEmpty()) {
        model_->setOwn({name, value, {}});
        item = model_->valued(value);
    }
    setText(item != nullptr ? item->text : value);
    // The end of an ARN tells it from others.
    setCursorPosition(item == nullptr ? static_cast<int>(text().size()) : 0);
    setToolTip(value);
    scrollsBack_ = true;
}

void PickField::tidy() {
    setValue(value());
}

void PickField::openList() {
    model_->narrow({});
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
    if (!model_->isEmpty())
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

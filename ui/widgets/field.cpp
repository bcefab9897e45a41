#include "ui/widgets/field.h"

#include "ui/style/style.h"
#include "ui/widgets/icon_label.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QVBoxLayout>

namespace gw::ui {
namespace {

constexpr int iconRoom = 37;
constexpr int markSize = 13;

} // namespace

Field::Field(const QString& label, QWidget* editor, QWidget* parent) : QWidget(parent), editor_(editor) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::s1 + 1);
    auto* name = new Text(label, TextStyle::Small, Color::TextSecondary, this);
    name->setBuddy(editor);
    column->addWidget(name);
    column->addWidget(editor);
    belowRow_ = new QWidget(this);
    auto* row = new QHBoxLayout(belowRow_);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::s1);
    mark_ = new IconLabel(QStringLiteral("error"), Color::DeniedText, markSize, belowRow_);
    mark_->setFixedHeight(Theme::lineHeight(TextStyle::Small));
    below_ = new Text(QString(), TextStyle::Small, Color::TextTertiary, belowRow_);
    below_->setWordWrap(true);
    row->addWidget(mark_, 0, Qt::AlignTop);
    row->addWidget(below_, 1);
    column->addWidget(belowRow_);
    if (editor->accessibleName().isEmpty()) editor->setAccessibleName(label);
    applyBelow();
}

void Field::setHelp(const QString& help) {
    help_ = help;
    applyBelow();
}

void Field::setError(const QString& error) {
    if (error == error_) return;
    error_ = error;
    editor_->setProperty(Style::errorProperty, !error.isEmpty());
    editor_->update();
    applyBelow();
}

void Field::applyBelow() {
    const bool wrong = !error_.isEmpty();
    const QString& words = wrong ? error_ : help_;
    mark_->setVisible(wrong);
    below_->setColorToken(wrong ? Color::DeniedText : Color::TextTertiary);
    below_->setFullText(words);
    belowRow_->setVisible(!words.isEmpty());
    editor_->setAccessibleDescription(words);
}

SearchBox::SearchBox(const QString& accessibleName, QWidget* parent) : QLineEdit(parent) {
    setAccessibleName(accessibleName);
    setPlaceholderText(accessibleName);
    clear_ = new IconButton(QStringLiteral("close"), tr("Clear the search"), this);
    clear_->setFocusPolicy(Qt::NoFocus);
    clear_->setCursor(Qt::ArrowCursor);
    clear_->resize(size::controlSmall, size::controlSmall);
    clear_->hide();
    connect(clear_, &QAbstractButton::clicked, this, [this] {
        clear();
        setFocus();
    });
    connect(this, &QLineEdit::textChanged, this, &SearchBox::arrange);
    setSize(ButtonSize::Large);
}

void SearchBox::setSize(ButtonSize size) {
    size_ = size;
    QFont letters = Theme::of(this).font(TextStyle::Body);
    if (size == ButtonSize::Large) letters.setPixelSize(type::title.px);
    setFont(letters);
    arrange();
    updateGeometry();
}

void SearchBox::setIconName(const QString& iconName) {
    iconName_ = iconName;
    update();
}

void SearchBox::setCounter(const QString& text) {
    if (counter_ == text) return;
    counter_ = text;
    setAccessibleDescription(text);
    arrange();
}

void SearchBox::setKeyHint(const QString& key) {
    keyHint_ = key;
    arrange();
}

QSize SearchBox::sizeHint() const {
    const int height = size_ == ButtonSize::Large   ? size::controlLarge
                       : size_ == ButtonSize::Small ? size::controlSmall
                                                    : size::control;
    return {240, height};
}

QSize SearchBox::minimumSizeHint() const {
    return {120, sizeHint().height()};
}

void SearchBox::arrange() {
    const Theme& theme = Theme::of(this);
    int right = 0;
    clear_->setVisible(!text().isEmpty());
    if (!text().isEmpty()) right += clear_->width() + space::s1;
    if (!counter_.isEmpty()) right += QFontMetrics(theme.font(TextStyle::Small)).horizontalAdvance(counter_) + space::s2;
    if (text().isEmpty() && !keyHint_.isEmpty()) right += keyCapWidth(keyHint_, theme) + space::s2;
    const int large = size_ == ButtonSize::Large ? 2 : 0;
    setTextMargins(iconRoom - space::s3 + large, 0, right, 0);
    clear_->move(width() - clear_->width() - space::s2, (height() - clear_->height()) / 2);
    update();
}

void SearchBox::resizeEvent(QResizeEvent* event) {
    QLineEdit::resizeEvent(event);
    arrange();
}

void SearchBox::keyPressEvent(QKeyEvent* event) {
    // Esc empties a search first; what lies behind gets the next one.
    if (event->key() == Qt::Key_Escape && !text().isEmpty()) {
        clear();
        return;
    }
    QLineEdit::keyPressEvent(event);
}

void SearchBox::paintEvent(QPaintEvent* event) {
    QLineEdit::paintEvent(event);
    const Theme& theme = Theme::of(this);
    QPainter painter(this);
    const int inset = size_ == ButtonSize::Large ? space::s3 : space::s2 + 2;
    painter.drawPixmap(inset, (height() - size::icon) / 2,
                       iconPixmap(iconName_, size::icon, theme.color(hasFocus() ? Color::TextPrimary : Color::TextSecondary),
                                  devicePixelRatioF()));
    int right = width() - space::s2;
    if (!text().isEmpty()) right -= clear_->width() + space::s1;
    if (text().isEmpty() && !keyHint_.isEmpty())
        right -= paintKeyCap(painter, right - 1, height() / 2, keyHint_, theme) + space::s2;
    if (counter_.isEmpty()) return;
    painter.setFont(theme.font(TextStyle::Small));
    painter.setPen(theme.color(Color::TextTertiary));
    painter.drawText(QRect(0, 0, right, height()), int(Qt::AlignRight | Qt::AlignVCenter), counter_);
}

} // namespace gw::ui

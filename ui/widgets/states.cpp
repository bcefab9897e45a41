#include "ui/widgets/states.h"

#include "ui/style/paint.h"
#include "ui/widgets/code_block.h"
#include "ui/widgets/icon_label.h"
#include "ui/widgets/text.h"

#include <QHBoxLayout>
#include <QTimer>
#include <QVBoxLayout>

#include <array>

namespace gw::ui {
namespace {

using namespace std::chrono_literals;
constexpr auto loadingDelay = 150ms;
constexpr int sentenceWidth = 380;

// Deletion waits: an action may be what removes the actions.
void clearRow(QLayout* row) {
    while (QLayoutItem* item = row->takeAt(0)) {
        if (QWidget* widget = item->widget()) {
            widget->hide();
            widget->deleteLater();
        }
        delete item;
    }
}

} // namespace

class EmptyState::Private {
public:
    IconLabel* icon = nullptr;
    Text* title = nullptr;
    Text* text = nullptr;
    QHBoxLayout* actions = nullptr;
};

EmptyState::EmptyState(const QString& iconName, const QString& title, const QString& text, QWidget* parent)
    : QWidget(parent), d_(std::make_unique<Private>()) {
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(space::s6, space::s6, space::s6, space::s6);
    outer->setSpacing(0);
    outer->addStretch(1);
    d_->icon = new IconLabel(iconName, Color::TextTertiary, size::iconEmpty, this);
    outer->addWidget(d_->icon, 0, Qt::AlignHCenter);
    outer->addSpacing(space::s4);
    d_->title = new Text(title, TextStyle::Title, Color::TextPrimary, this);
    d_->title->setAlignment(Qt::AlignHCenter | Qt::AlignVCenter);
    d_->title->setWordWrap(true);
    outer->addWidget(d_->title);
    outer->addSpacing(space::s2);
    d_->text = new Text(text, TextStyle::Body, Color::TextSecondary, this);
    d_->text->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    d_->text->setWordWrap(true);
    d_->text->setMaximumWidth(sentenceWidth);
    auto* centred = new QHBoxLayout;
    centred->addStretch(1);
    centred->addWidget(d_->text, 100);
    centred->addStretch(1);
    outer->addLayout(centred);
    outer->addSpacing(space::s4);
    d_->actions = new QHBoxLayout;
    d_->actions->setSpacing(space::s2);
    auto* row = new QHBoxLayout;
    row->addStretch(1);
    row->addLayout(d_->actions);
    row->addStretch(1);
    outer->addLayout(row);
    outer->addStretch(1);
    set(iconName, title, text);
}

EmptyState::~EmptyState() = default;

void EmptyState::set(const QString& iconName, const QString& title, const QString& text) {
    d_->icon->setIconName(iconName);
    d_->title->setFullText(title);
    d_->text->setFullText(text);
    d_->text->setVisible(!text.isEmpty());
    setAccessibleName(title);
    setAccessibleDescription(text);
}

Button* EmptyState::addAction(const QString& text, const QString& iconName, ButtonKind kind) {
    auto* button = new Button(text, iconName, kind, this);
    d_->actions->addWidget(button);
    return button;
}

void EmptyState::clearActions() {
    clearRow(d_->actions);
}

class ErrorState::Private {
public:
    Text* title = nullptr;
    Text* why = nullptr;
    QVBoxLayout* steps = nullptr;
    CodeBlock* details = nullptr;
    QHBoxLayout* actions = nullptr;
};

ErrorState::ErrorState(QWidget* parent) : QWidget(parent), d_(std::make_unique<Private>()) {
    auto* outer = new QHBoxLayout(this);
    outer->setContentsMargins(space::s4, space::s4, space::s4, space::s4);
    outer->setSpacing(space::s3);
    auto* icon = new IconLabel(QStringLiteral("error"), Color::DeniedText, 20, this);
    outer->addWidget(icon, 0, Qt::AlignTop);
    auto* column = new QVBoxLayout;
    column->setSpacing(space::s1);
    d_->title = new Text(QString(), TextStyle::Title, Color::TextPrimary, this);
    d_->title->setWordWrap(true);
    d_->why = new Text(QString(), TextStyle::Body, Color::TextSecondary, this);
    d_->why->setWordWrap(true);
    d_->steps = new QVBoxLayout;
    d_->steps->setSpacing(space::s1);
    d_->steps->setContentsMargins(0, space::s1, 0, 0);
    d_->details = new CodeBlock(tr("Details of the error"), this);
    d_->details->setHighlighted(false);
    d_->details->setQuietFrom(1);
    d_->details->setCopyObjectName(QStringLiteral("error.copy-details"));
    connect(this, &QObject::objectNameChanged, this, [this](const QString& name) { d_->details->setCopyObjectName(name + QStringLiteral(".copy-details")); });
    d_->actions = new QHBoxLayout;
    d_->actions->setSpacing(space::s2);
    auto* row = new QHBoxLayout;
    row->addLayout(d_->actions);
    row->addStretch(1);
    column->addWidget(d_->title);
    column->addWidget(d_->why);
    column->addLayout(d_->steps);
    column->addSpacing(space::s1);
    column->addWidget(d_->details);
    column->addSpacing(space::s2);
    column->addLayout(row);
    column->addStretch(1);
    outer->addLayout(column, 1);
}

ErrorState::~ErrorState() = default;

void ErrorState::set(const QString& title, const QString& why, const QStringList& whatToDo, const QString& details) {
    d_->title->setFullText(title);
    d_->why->setFullText(why);
    d_->why->setVisible(!why.isEmpty());
    clearRow(d_->steps);
    for (const QString& step : whatToDo) {
        auto* line = new QWidget(this);
        auto* row = new QHBoxLayout(line);
        row->setContentsMargins(0, 0, 0, 0);
        row->setSpacing(space::s2 - 1);
        auto* arrow = new IconLabel(QStringLiteral("arrow-right"), Color::TextSecondary, 14, line);
        arrow->setFixedHeight(Theme::lineHeight(TextStyle::Body));
        row->addWidget(arrow, 0, Qt::AlignTop);
        auto* words = new Text(step, TextStyle::Body, Color::TextPrimary, line);
        words->setWordWrap(true);
        row->addWidget(words, 1);
        d_->steps->addWidget(line);
    }
    d_->details->setCode(details);
    d_->details->setVisible(!details.isEmpty());
    setAccessibleName(title);
    setAccessibleDescription(why);
}

Button* ErrorState::addAction(const QString& text, const QString& iconName, ButtonKind kind) {
    auto* button = new Button(text, iconName, kind, this);
    d_->actions->addWidget(button);
    return button;
}

void ErrorState::clearActions() {
    clearRow(d_->actions);
}

LoadingRows::LoadingRows(const QString& accessibleName, int rowHeight, QWidget* parent) : QWidget(parent), rowHeight_(rowHeight) {
    setAccessibleName(accessibleName);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

QSize LoadingRows::sizeHint() const {
    return {320, 6 * rowHeight_};
}

void LoadingRows::showEvent(QShowEvent*) {
    drawn_ = false;
    QTimer::singleShot(loadingDelay, this, [this] {
        drawn_ = isVisible();
        update();
    });
}

void LoadingRows::hideEvent(QHideEvent*) {
    drawn_ = false;
}

void LoadingRows::paintEvent(QPaintEvent*) {
    if (!drawn_) return;
    // Widths repeat every few rows: words of different length, not a pattern to look at.
    struct Shape {
        int first, second;
    };
    static constexpr std::array<Shape, 6> shapes{{{96, 130}, {120, 88}, {80, 150}, {110, 120}, {90, 100}, {104, 142}}};
    const Theme& theme = Theme::of(this);
    QPainter painter(this);
    const QColor ink = theme.color(Color::BgHover);
    constexpr int bar = 10;
    for (int row = 0; (row + 1) * rowHeight_ <= height(); ++row) {
        const Shape shape = shapes[static_cast<std::size_t>(row) % shapes.size()];
        const int top = row * rowHeight_;
        const int y = top + (rowHeight_ - bar) / 2;
        int x = space::s4;
        paintPanel(painter, QRectF(x, top + (rowHeight_ - size::icon) / 2, size::icon, size::icon), ink, {}, radius::tag);
        x += 32;
        paintPanel(painter, QRectF(x, y, shape.first, bar), ink, {}, 3);
        x += shape.first + space::s4;
        if (x + shape.second + 100 < width()) paintPanel(painter, QRectF(x, y, shape.second, bar), ink, {}, 3);
        paintPanel(painter, QRectF(width() - space::s4 - 60, y, 60, bar), ink, {}, 3);
        painter.fillRect(QRect(0, top + rowHeight_ - 1, width(), 1), theme.color(Color::BorderSubtle));
    }
}

} // namespace gw::ui

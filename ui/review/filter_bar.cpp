#include "ui/review/filter_bar.h"

#include "ui/errors/utf8.h"
#include "ui/style/focus_ring.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

namespace gw::ui {
namespace {

constexpr int padding = 8, crossRoom = 20, widestChip = 240, leastForAll = 440;

QFont chipFont(const QWidget* widget) {
    QFont font = Theme::of(widget).font(TextStyle::Small);
    font.setWeight(Theme::of(widget).font(TextStyle::Caption).weight());
    return font;
}

} // namespace

FilterChip::FilterChip(const QString& term, const QString& words, QWidget* parent) : QAbstractButton(parent), term_(term) {
    setText(words);
    setAccessibleName(tr("Filter: %1").arg(words));
    setToolTip(tr("%1: click to change it, Delete takes it away").arg(term));
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setFocusRingRadius(this, radius::control);
}

QSize FilterChip::sizeHint() const {
    const int words = QFontMetrics(chipFont(this)).horizontalAdvance(text());
    return {std::min(widestChip, words + padding + crossRoom + 4), size::controlSmall};
}

void FilterChip::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::of(this);
    QPainter painter(this);
    paintPanel(painter, rect(), blended(theme.color(Color::AccentTint), theme.color(Color::BgSelected), hover_.level()), theme.color(Color::AccentBorder),
               radius::control);
    painter.setFont(chipFont(this));
    painter.setPen(theme.color(Color::AccentText));
    const QRect area = rect().adjusted(padding, 0, -crossRoom, 0);
    painter.drawText(area, int(Qt::AlignVCenter | Qt::AlignLeft), painter.fontMetrics().elidedText(text(), Qt::ElideRight, area.width()));
    painter.drawPixmap(width() - crossRoom + 2, (height() - 14) / 2, iconPixmap(QStringLiteral("close"), 14, theme.color(Color::AccentText), devicePixelRatioF()));
}

void FilterChip::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton && rect().contains(event->position().toPoint())) {
        if (event->position().x() >= width() - crossRoom)
            Q_EMIT removed();
        else
            Q_EMIT editWanted();
        return;
    }
    QAbstractButton::mouseReleaseEvent(event);
}

void FilterChip::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
    case Qt::Key_Delete:
    case Qt::Key_Backspace:
        return Q_EMIT removed();
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        return Q_EMIT editWanted();
    default:
        QAbstractButton::keyPressEvent(event);
    }
}

FilterBar::FilterBar(const QString& name, QWidget* parent) : Panel(Color::BgSurface, parent), name_(name) {
    setObjectName(name + QStringLiteral(".filter-bar"));
    setEdges(Qt::BottomEdge);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(space::s4, 0, space::s4, 0);
    column->setSpacing(0);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(0, (size::filterBar - size::control) / 2, 0, (size::filterBar - size::control) / 2);
    row->setSpacing(space::s2);
    field_ = new FilterField(tr("Filter rows"));
    field_->setObjectName(name + QStringLiteral(".filter"));
    field_->setMinimumWidth(150);
    row->addWidget(field_, 1);
    chipRow_ = new QWidget;
    chipLayout_ = new QHBoxLayout(chipRow_);
    chipLayout_->setContentsMargins(0, 0, 0, 0);
    chipLayout_->setSpacing(space::s2);
    chipRow_->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    row->addWidget(chipRow_);
    add_ = new Button(tr("Filter"), QStringLiteral("add"), ButtonKind::Default);
    add_->setSize(ButtonSize::Small);
    add_->setObjectName(name + QStringLiteral(".filter-add"));
    add_->setAccessibleName(tr("Add a filter"));
    row->addWidget(add_);
    row->addStretch(1);
    count_ = new Text({}, TextStyle::Body, Color::TextTertiary);
    count_->setObjectName(name + QStringLiteral(".count"));
    row->addWidget(count_);
    menu_ = new IconButton(QStringLiteral("columns"), tr("Columns, groups and views"));
    menu_->setObjectName(name + QStringLiteral(".view-menu"));
    row->addWidget(menu_);
    column->addLayout(row);
    problemRow_ = new QWidget;
    auto* problemLine = new QHBoxLayout(problemRow_);
    problemLine->setContentsMargins(0, 0, 0, space::s2);
    problemLine->setSpacing(space::s2);
    problemLine->addWidget(new IconLabel(QStringLiteral("error"), Color::DeniedText));
    problem_ = new Text({}, TextStyle::Small, Color::DeniedText);
    problem_->setObjectName(name + QStringLiteral(".filter-problem"));
    problem_->setWordWrap(true);
    problemLine->addWidget(problem_, 1);
    problemRow_->hide();
    column->addWidget(problemRow_);
    buildName(column);
    connect(field_, &QLineEdit::textEdited, this, &FilterBar::changed);
    // The button in the field clears it without an edit.
    connect(field_, &QLineEdit::textChanged, this, [this](const QString& now) {
        if (now.isEmpty()) Q_EMIT changed();
    });
    connect(field_, &FilterField::committed, this, [this] {
        commit();
        Q_EMIT left();
    });
    connect(field_, &FilterField::emptied, this, [this] {
        if (!chips_.empty()) removeChip(static_cast<int>(chips_.size()) - 1, true);
    });
    connect(add_, &QPushButton::clicked, this, [this] { field_->offer(); });
}

void FilterBar::buildName(QVBoxLayout* column) {
    nameRow_ = new QWidget;
    auto* line = new QHBoxLayout(nameRow_);
    line->setContentsMargins(0, 0, 0, space::s2);
    line->setSpacing(space::s2);
    line->addWidget(new IconLabel(QStringLiteral("pin"), Color::TextTertiary));
    line->addWidget(new Text(tr("Name of the view"), TextStyle::Small, Color::TextSecondary));
    nameEdit_ = new QLineEdit;
    nameEdit_->setObjectName(name_ + QStringLiteral(".view-name"));
    nameEdit_->setAccessibleName(tr("Name of the view"));
    nameEdit_->setMaxLength(80);
    nameEdit_->setMaximumWidth(280);
    nameEdit_->installEventFilter(this);
    line->addWidget(nameEdit_, 2);
    nameSave_ = new Button(tr("Save"), {}, ButtonKind::Primary);
    nameSave_->setSize(ButtonSize::Small);
    nameSave_->setObjectName(name_ + QStringLiteral(".view-save"));
    nameSave_->setAccessibleName(tr("Save the view"));
    line->addWidget(nameSave_);
    auto* cancel = new Button(tr("Cancel"), {}, ButtonKind::Ghost);
    cancel->setSize(ButtonSize::Small);
    cancel->setObjectName(name_ + QStringLiteral(".view-cancel"));
    line->addWidget(cancel);
    nameNote_ = new Text({}, TextStyle::Small, Color::TextTertiary);
    nameNote_->setObjectName(name_ + QStringLiteral(".view-note"));
    nameNote_->setElide(Qt::ElideRight);
    line->addWidget(nameNote_, 1);
    nameRow_->hide();
    column->addWidget(nameRow_);
    connect(nameEdit_, &QLineEdit::textChanged, this, [this](const QString& text) {
        nameSave_->setEnabled(!text.trimmed().isEmpty());
        nameNote_->setFullText(takenNames_.contains(text.trimmed()) ? tr("Takes the place of the view of that name") : QString());
    });
    connect(nameEdit_, &QLineEdit::returnPressed, this, &FilterBar::giveName);
    connect(nameSave_, &QPushButton::clicked, this, &FilterBar::giveName);
    connect(cancel, &QPushButton::clicked, this, &FilterBar::leaveName);
}

void FilterBar::askName(const QStringList& taken) {
    takenNames_ = taken;
    nameEdit_->clear();
    nameSave_->setEnabled(false);
    nameRow_->show();
    nameEdit_->setFocus(Qt::OtherFocusReason);
}

void FilterBar::giveName() {
    const QString name = nameEdit_->text().trimmed();
    if (name.isEmpty()) return;
    leaveName();
    Q_EMIT named(name);
}

void FilterBar::leaveName() {
    nameRow_->hide();
    Q_EMIT left();
}

bool FilterBar::eventFilter(QObject* watched, QEvent* event) {
    if (watched == nameEdit_ && event->type() == QEvent::KeyPress && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        leaveName();
        return true;
    }
    return Panel::eventFilter(watched, event);
}

void FilterBar::resizeEvent(QResizeEvent* event) {
    Panel::resizeEvent(event);
    add_->setVisible(width() >= leastForAll);
}

QString FilterBar::chipText() const {
    QStringList terms;
    for (const FilterChip* chip : chips_) terms.append(chip->term());
    return terms.join(QLatin1Char(' '));
}

int FilterBar::typedFrom() const {
    const qsizetype chips = chipText().toUtf8().size();
    return static_cast<int>(chips == 0 ? 0 : chips + 1);
}

QString FilterBar::text() const {
    const QString chips = chipText(), typed = field_->text();
    return chips.isEmpty() || typed.isEmpty() ? chips + typed : chips + QLatin1Char(' ') + typed;
}

void FilterBar::setText(const QString& filter) {
    for (FilterChip* chip : chips_) {
        chip->hide();
        chip->deleteLater();
    }
    chips_.clear();
    setProblem({});
    field_->setText(filter);
    commit();
    Q_EMIT changed();
}

// Words stay as they are typed: there they can be refined. An open quote is not whole yet.
void FilterBar::commit() {
    const QByteArray typed = field_->text().toUtf8();
    QStringList rest;
    bool open = false;
    for (const auto& token : items::tokensOf({typed.constData(), static_cast<std::size_t>(typed.size())})) {
        const QString term = QString::fromUtf8(typed.mid(static_cast<qsizetype>(token.begin), static_cast<qsizetype>(token.end - token.begin)));
        open = open || token.openQuote;
        if (token.field.empty() || open || problemRow_->isVisibleTo(this))
            rest.append(term);
        else
            addChip(term);
    }
    if (rest.join(QLatin1Char(' ')) != field_->text()) field_->setText(rest.join(QLatin1Char(' ')));
}

void FilterBar::addChip(const QString& term) {
    auto* chip = new FilterChip(term, words_ ? words_(term) : term);
    chip->setObjectName(QStringLiteral("%1.chip.%2").arg(name_).arg(chips_.size() + 1));
    chipLayout_->addWidget(chip);
    chips_.push_back(chip);
    const auto place = [this, chip] { return static_cast<int>(std::find(chips_.begin(), chips_.end(), chip) - chips_.begin()); };
    connect(chip, &FilterChip::removed, this, [this, place] { removeChip(place(), false); });
    connect(chip, &FilterChip::editWanted, this, [this, place] { removeChip(place(), true); });
}

void FilterBar::removeChip(int at, bool edit) {
    if (at < 0 || at >= static_cast<int>(chips_.size())) return;
    FilterChip* chip = chips_[static_cast<std::size_t>(at)];
    chips_.erase(chips_.begin() + at);
    for (std::size_t i = 0; i < chips_.size(); ++i) chips_[i]->setObjectName(QStringLiteral("%1.chip.%2").arg(name_).arg(i + 1));
    chipLayout_->removeWidget(chip);
    chip->hide();
    chip->deleteLater();
    field_->setFocus(Qt::OtherFocusReason);
    if (edit) {
        const QString typed = field_->text();
        field_->setText(typed.isEmpty() ? chip->term() : chip->term() + QLatin1Char(' ') + typed);
        field_->setCursorPosition(static_cast<int>(chip->term().size()));
    }
    Q_EMIT changed();
}

void FilterBar::setCount(const QString& words) {
    count_->setFullText(words);
}

void FilterBar::setProblem(const QString& words) {
    problem_->setFullText(words);
    problemRow_->setVisible(!words.isEmpty());
}

} // namespace gw::ui

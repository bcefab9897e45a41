#include "ui/inspector/find_strip.h"

#include "ui/inspector/code_area.h"
#include "ui/widgets/widgets.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLocale>

namespace gw::ui {

FindStrip::FindStrip(QWidget* parent) : Panel(Color::BgSurface, parent) {
    setEdges(Qt::BottomEdge);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(space::s3, space::s1, space::s2, space::s1);
    row->setSpacing(space::s1);
    field_ = new SearchBox(tr("Find in the text"));
    field_->setObjectName(QStringLiteral("inspector.find"));
    field_->setSize(ButtonSize::Normal);
    field_->installEventFilter(this);
    row->addWidget(field_, 1);
    const auto button = [&](const QString& name, const QString& iconName, const QString& words, const QString& key) {
        auto* made = new IconButton(iconName, words);
        made->setObjectName(QStringLiteral("inspector.find.") + name);
        made->setKeyHint(key);
        row->addWidget(made);
        return made;
    };
    auto* previous = button(QStringLiteral("previous"), QStringLiteral("chevron-up"), tr("Previous match"), QStringLiteral("Shift F3"));
    auto* next = button(QStringLiteral("next"), QStringLiteral("chevron-down"), tr("Next match"), QStringLiteral("F3"));
    auto* close = button(QStringLiteral("close"), QStringLiteral("close"), tr("End the search"), QStringLiteral("Esc"));
    connect(previous, &QToolButton::clicked, this, [this] { step(-1); });
    connect(next, &QToolButton::clicked, this, [this] { step(1); });
    connect(close, &QToolButton::clicked, this, &FindStrip::close);
    connect(field_, &QLineEdit::textChanged, this, &FindStrip::search);
    hide();
}

void FindStrip::open(CodeArea* area) {
    if (area_ != area && area_) area_->find({});
    area_ = area;
    const auto chosen = area->selection();
    constexpr std::uint32_t longest = 100;
    if (!chosen.empty() && chosen.size() <= longest && area->source() != nullptr) {
        const std::string_view bytes = area->source()->bytes().substr(chosen.begin, chosen.size());
        if (bytes.find('\n') == std::string_view::npos) field_->setText(QString::fromUtf8(bytes.data(), static_cast<qsizetype>(bytes.size())));
    }
    show();
    field_->setFocus(Qt::ShortcutFocusReason);
    field_->selectAll();
    search();
}

void FindStrip::close() {
    hide();
    if (!area_) return;
    area_->find({});
    area_->setFocus(Qt::OtherFocusReason);
}

void FindStrip::search() {
    if (!area_) return;
    if (area_->find(field_->text()) > 0 && area_->matchNumber() == 0) area_->findStep(1);
    count();
}

void FindStrip::step(int by) {
    if (area_) area_->findStep(by);
    count();
}

void FindStrip::count() {
    if (!area_ || field_->text().isEmpty()) return field_->setCounter({});
    const QLocale locale;
    const auto all = static_cast<qulonglong>(area_->matchCount());
    field_->setCounter(all == 0 ? tr("nothing found") : tr("%1 of %2").arg(locale.toString(static_cast<qulonglong>(area_->matchNumber())), locale.toString(all)));
}

bool FindStrip::eventFilter(QObject* watched, QEvent* event) {
    if (watched == field_ && event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        const bool enter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
        if (enter || key->key() == Qt::Key_F3) {
            step(key->modifiers() & Qt::ShiftModifier ? -1 : 1);
            return true;
        }
        if (key->key() == Qt::Key_Escape) {
            close();
            return true;
        }
    }
    return Panel::eventFilter(watched, event);
}

void FindStrip::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape) return close();
    Panel::keyPressEvent(event);
}

} // namespace gw::ui

#include "ui/shell/header_tabs.h"

#include <QKeyEvent>
#include <QMenu>
#include <QStyleOptionTab>

#include <algorithm>
#include <utility>

namespace gw::ui {

HeaderTabs::HeaderTabs(const QString& name, QWidget* parent) : QTabBar(parent), more_(new IconButton(QStringLiteral("chevron-down"), tr("More tabs"), this)) {
    setObjectName(name);
    setDrawBase(false);
    setExpanding(false);
    setUsesScrollButtons(false);
    setElideMode(Qt::ElideNone);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    more_->setObjectName(name + QStringLiteral(".more"));
    more_->hide();
    connect(more_, &QAbstractButton::clicked, this, &HeaderTabs::openMore);
    connect(this, &QTabBar::currentChanged, this, &HeaderTabs::fit);
}

void HeaderTabs::setTab(int at, const QString& title, const QString& count) {
    if (at == static_cast<int>(labels_.size())) {
        labels_.push_back({title, count});
        addTab(title);
    }
    Label& label = labels_[static_cast<std::size_t>(at)];
    label = {title, count};
    setAccessibleTabName(at, count.isEmpty() ? title : QStringLiteral("%1, %2").arg(title, count));
    fit();
    updateGeometry();
}

int HeaderTabs::widthOf(int at, bool counted) const {
    QStyleOptionTab option;
    const Label& label = labels_[static_cast<std::size_t>(at)];
    option.text = counted && !label.count.isEmpty() ? label.title + QLatin1Char('\t') + label.count : label.title;
    return style()->sizeFromContents(QStyle::CT_TabBarTab, &option, {}, this).width();
}

int HeaderTabs::widthOfAll(bool counted) const {
    int width = 0;
    for (int i = 0; i < static_cast<int>(labels_.size()); ++i) width += widthOf(i, counted);
    return width;
}

// As high as the header, so that their words stand on the line of its title.
QSize HeaderTabs::tabSizeHint(int at) const {
    return {widthOf(at, counted_), size::header - 1};
}

QSize HeaderTabs::minimumTabSizeHint(int at) const {
    return tabSizeHint(at);
}

QSize HeaderTabs::sizeHint() const {
    return {widthOfAll(true), size::header - 1};
}

QSize HeaderTabs::minimumSizeHint() const {
    int widest = 0;
    for (int i = 0; i < static_cast<int>(labels_.size()); ++i) widest = std::max(widest, widthOf(i, false));
    return {widest + size::control, size::header - 1};
}

void HeaderTabs::fit() {
    if (std::exchange(fitting_, true)) return;
    const int room = width(), tabs = static_cast<int>(labels_.size());
    counted_ = widthOfAll(true) <= room;
    const bool all = counted_ || widthOfAll(false) <= room;
    int used = currentIndex() < 0 || currentIndex() >= tabs ? 0 : widthOf(currentIndex(), counted_);
    bool full = false;
    std::vector<bool> shown(labels_.size(), true);
    for (int i = 0; i < tabs && !all; ++i) {
        if (i == currentIndex()) continue;
        const int more = widthOf(i, counted_);
        full = full || used + more > room - size::control;
        shown[static_cast<std::size_t>(i)] = !full;
        if (!full) used += more;
    }
    for (int i = 0; i < tabs; ++i) {
        const Label& label = labels_[static_cast<std::size_t>(i)];
        // Words that are left out are in the tooltip.
        setTabText(i, counted_ && !label.count.isEmpty() ? label.title + QLatin1Char('\t') + label.count : label.title);
        setTabToolTip(i, counted_ || label.count.isEmpty() ? QString() : QStringLiteral("%1: %2").arg(label.title, label.count));
        setTabVisible(i, shown[static_cast<std::size_t>(i)]);
    }
    more_->setGeometry(used, (size::header - 1 - size::controlSmall) / 2, size::controlSmall, size::controlSmall);
    more_->setVisible(!all);
    fitting_ = false;
}

void HeaderTabs::openMore() {
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(objectName() + QStringLiteral(".menu"));
    for (int i = 0; i < count(); ++i) {
        if (isTabVisible(i)) continue;
        const Label& label = labels_[static_cast<std::size_t>(i)];
        QAction* action = menu->addAction(label.count.isEmpty() ? label.title : label.title + QLatin1Char('\t') + label.count);
        action->setObjectName(QStringLiteral("%1.%2").arg(objectName()).arg(i));
        connect(action, &QAction::triggered, this, [this, i] { setCurrentIndex(i); });
    }
    menu->popup(more_->mapToGlobal(QPoint(0, more_->height() + space::s1)));
}

void HeaderTabs::resizeEvent(QResizeEvent* event) {
    QTabBar::resizeEvent(event);
    fit();
}

void HeaderTabs::keyPressEvent(QKeyEvent* event) {
    const bool forward = event->key() == (isRightToLeft() ? Qt::Key_Left : Qt::Key_Right), back = event->key() == (isRightToLeft() ? Qt::Key_Right : Qt::Key_Left);
    if (event->key() == Qt::Key_Home) return setCurrentIndex(0);
    if (event->key() == Qt::Key_End) return setCurrentIndex(count() - 1);
    if (!forward && !back) return QTabBar::keyPressEvent(event);
    // Qt's own passes over the tabs that are not shown.
    setCurrentIndex(std::clamp(currentIndex() + (forward ? 1 : -1), 0, count() - 1));
}

} // namespace gw::ui

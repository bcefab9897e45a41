#include "ui/review/tab_panel.h"

#include "ui/estate/panel_section.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QScrollBar>
#include <QVBoxLayout>

namespace gw::ui {
namespace {

constexpr int panelWidth = 376, panelLeast = 300, narrowWindow = 1000;

} // namespace

TabPanel::TabPanel(const QString& name, QWidget* parent) : Panel(Color::BgSurface, parent) {
    setObjectName(name);
    setEdges(Qt::LeftEdge);
    setMinimumWidth(panelLeast);
    setMaximumWidth(panelWidth);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(1, 0, 0, 0);
    column->setSpacing(0);
    scroll_ = new ScrollColumn;
    scroll_->setObjectName(name + QStringLiteral(".scroll"));
    column->addWidget(scroll_);
}

QSize TabPanel::sizeHint() const {
    return {window() != nullptr && window()->width() < narrowWindow ? panelLeast : panelWidth, Panel::sizeHint().height()};
}

void TabPanel::clear() {
    // Qt would give the keyboard to whatever comes next, such as a toast's button.
    const QWidget* focused = QApplication::focusWidget();
    if (focused != nullptr && isAncestorOf(focused)) Q_EMIT left();
    emptyLayout(scroll_->column());
    scroll_->verticalScrollBar()->setValue(0);
}

void TabPanel::showNothing(const QString& words) {
    clear();
    addText(addSection(), "nothing", words, Color::TextTertiary);
    finish();
}

void TabPanel::addHead(const QString& icon, Color color, const QString& title, const QString& detail) {
    auto* column = addSection();
    column->setSpacing(space::s1);
    auto* row = new QHBoxLayout;
    row->setSpacing(space::s2);
    row->addWidget(new IconLabel(icon, color), 0, Qt::AlignTop);
    auto* what = new Text(title, TextStyle::Strong);
    what->setObjectName(partName("title"));
    what->setWordWrap(true);
    row->addWidget(what, 1);
    column->addLayout(row);
    if (!detail.isEmpty()) {
        Text* words = addText(column, "detail", detail);
        words->setStyleToken(TextStyle::Small);
    }
    scroll_->column()->addWidget(new Divider);
}

QVBoxLayout* TabPanel::addSection(const QString& title) {
    auto* part = new QWidget;
    auto* column = new QVBoxLayout(part);
    column->setContentsMargins(space::s4, space::s3, space::s4, space::s1);
    column->setSpacing(space::s2);
    if (!title.isEmpty()) column->addWidget(new Text(title, TextStyle::Strong));
    scroll_->column()->addWidget(part);
    return column;
}

void TabPanel::addWidget(QWidget* part) {
    scroll_->column()->addWidget(part);
}

void TabPanel::finish() {
    scroll_->column()->addStretch(1);
}

bool TabPanel::enter() {
    for (QWidget* each : scroll_->findChildren<QWidget*>()) {
        const bool takes = (each->focusPolicy() & Qt::TabFocus) == Qt::TabFocus && each->isVisibleTo(this) && each->isEnabled();
        if (!takes || each->objectName().startsWith(QLatin1String("qt_"))) continue;
        each->setFocus(Qt::TabFocusReason);
        return true;
    }
    return false;
}

Text* TabPanel::addText(QVBoxLayout* into, const char* part, const QString& words, Color color) {
    auto* text = new Text(words, TextStyle::Body, color);
    text->setObjectName(partName(part));
    text->setWordWrap(true);
    into->addWidget(text);
    return text;
}

Button* TabPanel::addButton(QLayout* into, const char* part, const QString& words, const QString& icon, ButtonKind kind) {
    auto* button = new Button(words, icon, kind);
    button->setSize(ButtonSize::Small);
    button->setObjectName(partName(part));
    into->addWidget(button);
    return button;
}

void TabPanel::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape) {
        Q_EMIT left();
        return;
    }
    Panel::keyPressEvent(event);
}

QWidget* iconAndName(const QString& icon, Color color, const QString& name, const QString& objectName) {
    auto* both = new QWidget;
    auto* row = new QHBoxLayout(both);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::s2);
    row->addWidget(new IconLabel(icon, color));
    auto* words = new Text(name, TextStyle::Strong);
    words->setObjectName(objectName);
    words->setElide(Qt::ElideMiddle);
    row->addWidget(words, 1);
    return both;
}

QWidget* tableAndPanel(const QList<QWidget*>& over, QWidget* table, TabPanel* panel) {
    auto* body = new QWidget;
    auto* row = new QHBoxLayout(body);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    auto* left = new QVBoxLayout;
    left->setSpacing(0);
    for (QWidget* each : over) left->addWidget(each);
    left->addWidget(table, 1);
    row->addLayout(left, 1);
    row->addWidget(panel);
    return body;
}

} // namespace gw::ui

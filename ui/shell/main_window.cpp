#include "ui/shell/main_window_private.h"

#include "ui/shell/banner_bar.h"
#include "ui/shell/header_bar.h"
#include "ui/shell/panes.h"
#include "ui/shell/rail.h"
#include "ui/shell/status_strip.h"
#include "ui/shell/toasts.h"
#include "ui/style/paint.h"

#include <QApplication>
#include <QCloseEvent>
#include <QDataStream>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QMenuBar>
#include <QPainter>

#include <algorithm>
#include <utility>

namespace gw::ui {
namespace {

constexpr int narrowWindow = 1000;
constexpr int pageFoot = 56;
constexpr quint32 layoutMagic = 0x47574C59; // "GWLY"
constexpr quint16 layoutVersion = 1;

} // namespace

void MainWindow::Private::build() {
    auto* root = new QWidget(&window);
    auto* column = new QVBoxLayout(root);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    banner = new BannerBar(root);
    column->addWidget(banner);
    auto* middle = new QHBoxLayout;
    middle->setSpacing(0);
    rail = new Rail(root);
    middle->addWidget(rail);
    auto* right = new QVBoxLayout;
    right->setSpacing(0);
    header = new HeaderBar(actions, root);
    right->addWidget(header);
    stack = new QStackedWidget(root);
    right->addWidget(stack, 1);
    middle->addLayout(right, 1);
    column->addLayout(middle, 1);
    status = new StatusStrip(root);
    column->addWidget(status);
    window.setCentralWidget(root);
    toasts = new Toasts(&window);
    placeToasts();

    connect(rail, &Rail::chosen, &window, &MainWindow::showScreen);
    connect(rail, &Rail::menuWanted, &window, [this](QWidget* anchor) { openMenu(anchor); });
    connect(header, &HeaderBar::paletteWanted, &window, &MainWindow::openPalette);
    connect(header, &HeaderBar::backWanted, &window, [this] { goBack(); });
    connect(&actions, &ActionTable::changed, &window, [this] { adopt(); });
}

MainWindow::Private::Place* MainWindow::Private::place(const QString& id) {
    const auto found = std::find_if(places.begin(), places.end(), [&id](const Place& known) { return known.screen.id == id; });
    return found == places.end() ? nullptr : &*found;
}

void MainWindow::Private::applyHeader() {
    const Place* shown = place(current);
    if (shown == nullptr) return;
    if (page) {
        header->setTabs(nullptr);
        header->setTrail(shown->screen.title, pageTitle);
        header->setActions({});
    } else {
        header->setTitle(shown->screen.title, shown->subtitle);
        header->setTabs(shown->tabs);
        header->setActions(shown->actions);
    }
    orderTabs();
}

void MainWindow::Private::applyRail() {
    rail->setCollapsed(railCollapsed || window.width() < narrowWindow);
    orderTabs();
}

// Tab goes as the eye does: banner, rail, header, then the screen. Without this it goes by when each part was made.
void MainWindow::Private::orderTabs() {
    QWidget* last = nullptr;
    for (QWidget* part : {static_cast<QWidget*>(banner), static_cast<QWidget*>(rail), static_cast<QWidget*>(header)})
        for (QWidget* stop : tabStopsOf(part)) {
            if (last != nullptr) QWidget::setTabOrder(last, stop);
            last = stop;
        }
}

// The foot of a page has its main button where toasts would lie.
void MainWindow::Private::placeToasts() {
    toasts->setBottom(size::statusBar + (page ? pageFoot : 0));
}

void MainWindow::Private::goBack() {
    if (!page) return;
    // A copy: going back usually ends the page and with it this function.
    const auto way = back;
    if (way) {
        way();
    } else {
        window.popPage();
    }
}

void MainWindow::Private::cycle(int step) {
    QList<QWidget*> panes{rail};
    panes.append(panesOf(stack->currentWidget(), paneProperty));
    panes.append(header);
    cyclePanes(panes, step);
}

MainWindow::MainWindow(Theme&, ActionTable& actions, QWidget* parent)
    : QMainWindow(parent), d_(std::make_unique<Private>(*this, actions)) {
    setObjectName(QStringLiteral("main-window"));
    setWindowTitle(QStringLiteral("Gatewarden"));
    setWindowIcon(applicationIcon());
    setMinimumSize(760, 520);
    resize(1440, 900);
    menuBar()->setNativeMenuBar(false);
    menuBar()->hide();
    d_->build();
    // Nobody has pressed a key yet: without this the first control would open with the ring around it.
    centralWidget()->setFocus();
    d_->addActions();
    d_->adopt();
}

MainWindow::~MainWindow() = default;

void MainWindow::addScreen(Screen screen) {
    const QString id = screen.id;
    RailItem* item = d_->rail->addItem(id, screen.title, screen.icon);
    item->setKeyHint(keyText(screen.shortcut));
    d_->stack->addWidget(screen.widget);
    d_->actions.add({QStringLiteral("go.") + id,
                     tr("Go to %1").arg(screen.title),
                     screen.icon,
                     screen.shortcut,
                     QStringLiteral("View"),
                     QString(),
                     [this, id] { showScreen(id); },
                     {}});
    d_->places.push_back({std::move(screen), {}, {}, nullptr});
    d_->orderTabs();
    if (d_->current.isEmpty()) showScreen(id);
}

void MainWindow::showScreen(const QString& id) {
    Private::Place* wanted = d_->place(id);
    if (wanted == nullptr) return;
    popPage();
    const bool changed = d_->current != id;
    d_->current = id;
    d_->stack->setCurrentWidget(wanted->screen.widget);
    d_->rail->setCurrent(id);
    d_->applyHeader();
    if (changed) Q_EMIT screenChanged(id);
}

QString MainWindow::currentScreen() const {
    return d_->current;
}

void MainWindow::setBadge(const QString& screen, int count) {
    d_->rail->setBadge(screen, count);
}

void MainWindow::setSubtitle(const QString& screen, const QString& text) {
    if (Private::Place* wanted = d_->place(screen)) wanted->subtitle = text;
    if (screen == d_->current) d_->applyHeader();
}

void MainWindow::pushPage(QWidget* page, const QString& title, std::function<void()> back) {
    if (page == nullptr) return popPage();
    if (d_->page && d_->page != page) popPage();
    d_->focusBefore = focusWidget();
    d_->page = page;
    d_->pageTitle = title;
    d_->back = std::move(back);
    d_->stack->addWidget(page);
    d_->stack->setCurrentWidget(page);
    d_->placeToasts();
    d_->applyHeader();
}

void MainWindow::popPage() {
    if (!d_->page) return;
    QWidget* ended = d_->page;
    d_->page = nullptr;
    d_->back = nullptr;
    d_->stack->removeWidget(ended);
    ended->hide();
    ended->deleteLater();
    d_->placeToasts();
    if (Private::Place* shown = d_->place(d_->current)) d_->stack->setCurrentWidget(shown->screen.widget);
    d_->applyHeader();
    if (d_->focusBefore) d_->focusBefore->setFocus(Qt::OtherFocusReason);
}

void MainWindow::showBanner(Banner banner) {
    d_->banner->add(std::move(banner));
}

void MainWindow::hideBanner(const QString& id) {
    d_->banner->remove(id);
}

void MainWindow::showToast(Toast toast) {
    d_->toasts->show(std::move(toast));
}

Toasts& MainWindow::toasts() {
    return *d_->toasts;
}

void MainWindow::setStatus(const QString& id, const QString& iconName, const QString& text, bool right) {
    d_->status->set(id, iconName, text, right);
}

void MainWindow::setHeaderActions(const QString& screen, const QStringList& actionIds) {
    if (Private::Place* wanted = d_->place(screen)) wanted->actions = actionIds;
    if (screen == d_->current) d_->applyHeader();
}

void MainWindow::setHeaderTabs(const QString& screen, QWidget* tabs) {
    tabs->setParent(d_->header);
    tabs->hide();
    if (Private::Place* wanted = d_->place(screen)) wanted->tabs = tabs;
    if (screen == d_->current) d_->applyHeader();
}

void MainWindow::setPerson(const QString& name, const QString& detail) {
    d_->rail->setPerson(name, detail);
}

void MainWindow::addPaletteSource(PaletteSource source) {
    d_->sources.push_back(std::move(source));
}

void MainWindow::addPaletteFinder(PaletteFinder finder) {
    d_->finders.push_back(std::move(finder));
}

void MainWindow::openPalette() {
    if (!d_->palette) d_->palette = new CommandPalette(this);
    if (d_->palette->isVisible()) return d_->palette->closePalette();
    d_->actions.refresh();
    d_->palette->open(d_->paletteItems(), d_->finders);
}

void MainWindow::openShortcuts() {
    if (!d_->shortcuts) d_->shortcuts = new ShortcutsWindow(d_->actions, this);
    d_->shortcuts->show();
    d_->shortcuts->raise();
    d_->shortcuts->activateWindow();
}

void MainWindow::setRailCollapsed(bool collapsed) {
    d_->railCollapsed = collapsed;
    d_->applyRail();
}

QByteArray MainWindow::saveLayout() const {
    QByteArray layout;
    QDataStream stream(&layout, QIODevice::WriteOnly);
    stream.setVersion(QDataStream::Qt_6_4);
    stream << layoutMagic << layoutVersion << saveGeometry() << d_->railCollapsed;
    return layout;
}

bool MainWindow::restoreLayout(const QByteArray& layout) {
    QDataStream stream(layout);
    stream.setVersion(QDataStream::Qt_6_4);
    quint32 magic = 0;
    quint16 version = 0;
    QByteArray geometry;
    bool collapsed = false;
    stream >> magic >> version;
    if (magic != layoutMagic || version != layoutVersion) return false;
    stream >> geometry >> collapsed;
    if (stream.status() != QDataStream::Ok || !restoreGeometry(geometry)) return false;
    setRailCollapsed(collapsed);
    return true;
}

void MainWindow::closeEvent(QCloseEvent* event) {
    Q_EMIT closeRequested();
    QMainWindow::closeEvent(event);
}

void MainWindow::resizeEvent(QResizeEvent* event) {
    QMainWindow::resizeEvent(event);
    d_->applyRail();
    d_->toasts->place();
    if (d_->palette) d_->palette->setGeometry(rect());
}

void MainWindow::keyPressEvent(QKeyEvent* event) {
    // Whatever had a use for Esc took it already; it never discards more than the page it leads back from.
    if (event->key() == Qt::Key_Alt && !event->isAutoRepeat()) {
        d_->altAlone = true;
        qApp->installEventFilter(this);
    }
    if (event->key() == Qt::Key_Escape && d_->page) {
        d_->goBack();
        return;
    }
    QMainWindow::keyPressEvent(event);
}

// A shortcut with Alt never arrives as a key of this window, so all keys are watched until Alt goes up.
bool MainWindow::eventFilter(QObject* watched, QEvent* event) {
    switch (event->type()) {
    case QEvent::ShortcutOverride:
    case QEvent::KeyPress:
        if (static_cast<QKeyEvent*>(event)->key() != Qt::Key_Alt) d_->altAlone = false;
        break;
    case QEvent::MouseButtonPress:
    case QEvent::WindowDeactivate: d_->altAlone = false; break;
    default: break;
    }
    return QMainWindow::eventFilter(watched, event);
}

void MainWindow::keyReleaseEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Alt) qApp->removeEventFilter(this);
    if (event->key() == Qt::Key_Alt && std::exchange(d_->altAlone, false) && !menuBar()->isVisible()) {
        d_->actions.action(QStringLiteral("shell.menu-bar"))->trigger();
        return;
    }
    QMainWindow::keyReleaseEvent(event);
}

void MainWindow::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::of(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.color(Color::BgSurface));
}

} // namespace gw::ui

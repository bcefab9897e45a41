// The parts of the window and what ties them together. Included by main_window*.cpp only.
#pragma once

#include "ui/shell/command_palette.h"
#include "ui/shell/main_window.h"
#include "ui/shell/shortcuts_window.h"

#include <QMenu>
#include <QPointer>
#include <QStackedWidget>

#include <vector>

namespace gw::ui {

class BannerBar;
class HeaderBar;
class Rail;
class StatusStrip;

class MainWindow::Private {
public:
    struct Place {
        Screen screen;
        QString subtitle;
        QStringList actions;
        QWidget* tabs = nullptr;
    };

    Private(MainWindow& owner, ActionTable& table) : window(owner), actions(table) {}

    void build();
    void addActions();
    void adopt();
    Place* place(const QString& id);
    void applyHeader();
    void applyRail();
    void orderTabs();
    void placeToasts();
    void goBack();
    void cycle(int step);
    void openMenu(QWidget* anchor);
    [[nodiscard]] std::vector<PaletteItem> paletteItems() const;

    MainWindow& window;
    ActionTable& actions;
    std::vector<Place> places;
    QString current;
    QPointer<QWidget> page;
    QString pageTitle;
    std::function<void()> back;
    QPointer<QWidget> focusBefore;
    std::vector<PaletteSource> sources;
    std::vector<PaletteFinder> finders;
    std::size_t adopted = 0;
    bool railCollapsed = false;
    bool altAlone = false;

    BannerBar* banner = nullptr;
    Rail* rail = nullptr;
    HeaderBar* header = nullptr;
    QStackedWidget* stack = nullptr;
    StatusStrip* status = nullptr;
    Toasts* toasts = nullptr;
    QPointer<CommandPalette> palette;
    QPointer<ShortcutsWindow> shortcuts;
    QPointer<QMenu> menu;
};

} // namespace gw::ui

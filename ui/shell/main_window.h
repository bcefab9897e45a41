// The one window: rail, header, banner, the current screen, status bar, toasts, command palette.
#pragma once

#include "ui/shell/action_table.h"
#include "ui/shell/notices.h"
#include "ui/shell/palette_search.h"
#include "ui/style/theme.h"

#include <QMainWindow>

#include <memory>

namespace gw::ui {

class Toasts;

// A screen of the rail.
struct Screen {
    QString id; // "sessions"
    QString title;
    QString icon;
    QKeySequence shortcut;
    QWidget* widget = nullptr; // owned by the window from then on
};

class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    // A widget of a screen with this dynamic property set to true is a pane of its own for F6.
    static constexpr const char* paneProperty = "gw.pane";

    MainWindow(Theme& theme, ActionTable& actions, QWidget* parent = nullptr);
    ~MainWindow() override;

    // Adds an action "go.<id>" to the table too.
    void addScreen(Screen screen);
    // Ends a pushed page.
    void showScreen(const QString& id);
    [[nodiscard]] QString currentScreen() const;
    // A grey count beside the name; 0 hides it.
    void setBadge(const QString& screen, int count);
    // The line beside the screen's title, such as "4 live".
    void setSubtitle(const QString& screen, const QString& text);
    // A page over the current screen with a trail ("Sessions > Choose roles") and a way back (Esc, which calls `back`).
    // The window owns the page and deletes it when it is popped or another is pushed. Null ends it.
    void pushPage(QWidget* page, const QString& title, std::function<void()> back);
    void popPage();

    void showBanner(Banner banner);
    void hideBanner(const QString& id);
    void showToast(Toast toast);
    [[nodiscard]] Toasts& toasts();
    // Left: what is stored where. Right: agent, region, UTC, clock offset. Each by its own id; an empty text removes it.
    void setStatus(const QString& id, const QString& iconName, const QString& text, bool right);
    // Tabs beside the title of a screen, in place of its subtitle; the window owns them from then on.
    void setHeaderTabs(const QString& screen, QWidget* tabs);
    // Buttons at the right of the header, made from actions: the last is the primary one.
    void setHeaderActions(const QString& screen, const QStringList& actionIds);
    // Who uses it: at the foot of the rail.
    void setPerson(const QString& name, const QString& detail);
    // Further things that the palette finds, besides the actions.
    void addPaletteSource(PaletteSource source);
    void addPaletteFinder(PaletteFinder finder);
    void openPalette();
    void openShortcuts();
    void setRailCollapsed(bool collapsed);

    // Geometry and rail, to be kept by the composition. restoreLayout refuses what it does not know.
    [[nodiscard]] QByteArray saveLayout() const;
    bool restoreLayout(const QByteArray& layout);

Q_SIGNALS:
    void screenChanged(const QString& id);
    void closeRequested();

protected:
    void closeEvent(QCloseEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    class Private;
    std::unique_ptr<Private> d_;
};

} // namespace gw::ui

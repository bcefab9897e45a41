// The one window: rail, header, banner, the current screen, right panel, status bar, toasts, command palette.
#pragma once

#include "ui/shell/action_table.h"
#include "ui/style/theme.h"

#include <QMainWindow>

namespace gw::ui {

// A screen of the rail.
struct Screen {
    QString id;             // "sessions"
    QString title;
    QString icon;
    QKeySequence shortcut;
    QWidget* widget = nullptr; // owned by the window from then on
};

// The more serious one is shown; the order is the seriousness.
enum class BannerKind { Practice, HonourSystem, Notice, Warning, Error };

struct Banner {
    QString id;             // replaces a banner of the same id
    BannerKind kind = BannerKind::Notice;
    QString icon;
    QString strong;         // "Practice environment."
    QString text;
    QString linkText;       // empty for none
    std::function<void()> link;
};

enum class ToastKind { Good, Info, Warning, Error };

struct Toast {
    QString id;             // replaces a toast of the same id
    ToastKind kind = ToastKind::Info;
    QString title;
    QString text;
    QString actionText;
    std::function<void()> action;
};

class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    MainWindow(Theme& theme, ActionTable& actions, QWidget* parent = nullptr);
    ~MainWindow() override;

    void addScreen(Screen screen);
    void showScreen(const QString& id);
    [[nodiscard]] QString currentScreen() const;
    // A grey count beside the name; 0 hides it.
    void setBadge(const QString& screen, int count);
    // The line beside the screen's title, such as "4 live".
    void setSubtitle(const QString& screen, const QString& text);
    // A page over the current screen with a trail ("Sessions > Choose roles") and a way back (Esc). Null ends it.
    void pushPage(QWidget* page, const QString& title, std::function<void()> back);
    void popPage();

    void showBanner(Banner banner);
    void hideBanner(const QString& id);
    void showToast(Toast toast);
    // Left: what is stored where. Right: agent, region, UTC, clock offset. Each by its own id; an empty text removes it.
    void setStatus(const QString& id, const QString& iconName, const QString& text, bool right);
    // Buttons at the right of the header, made from actions: the last is the primary one.
    void setHeaderActions(const QString& screen, const QStringList& actionIds);
    // Who uses it: at the foot of the rail.
    void setPerson(const QString& name, const QString& detail);
    void openPalette();

Q_SIGNALS:
    void screenChanged(const QString& id);
    void closeRequested();

protected:
    void closeEvent(QCloseEvent* event) override;

private:
    class Private;
    std::unique_ptr<Private> d_;
};

} // namespace gw::ui

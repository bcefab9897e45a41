// One table of what a person can do. Menus, the command palette, the tray and shortcuts are all made from it.
#pragma once

#include <QAction>
#include <QKeySequence>
#include <QObject>
#include <QString>

#include <functional>
#include <vector>

namespace gw::ui {

// What must be true for an action to run; otherwise it stays listed, grey, with the reason.
struct Availability {
    bool available = true;
    QString reason;
};

struct ActionSpec {
    QString id;   // "sessions.sign-in": stable, used as object name and in tests
    QString text; // sentence case, translated
    QString icon; // a name of resources/icons
    QKeySequence shortcut;
    QString menu;     // "File", "Session", "View", "Help"; empty for the palette only
    QString keywords; // further words that the palette finds it by
    std::function<void()> run;
    std::function<Availability()> availability; // empty means always
};

class ActionTable : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    // The id must be new: where it is not, the first one stays and is returned. The action is owned by the table.
    QAction* add(ActionSpec spec);
    // Null for an unknown id.
    [[nodiscard]] QAction* action(const QString& id) const;
    [[nodiscard]] const std::vector<ActionSpec>& specs() const { return specs_; }
    // Asked now, not at the last refresh(). An unknown id is not available.
    [[nodiscard]] Availability availability(const QString& id) const;
    // Asks every availability again; call it when the state of the program changed.
    void refresh();

Q_SIGNALS:
    void changed();

private:
    [[nodiscard]] std::size_t indexOf(const QString& id) const;
    static void apply(QAction& action, const ActionSpec& spec);
    std::vector<ActionSpec> specs_;
    std::vector<QAction*> actions_;
};

} // namespace gw::ui

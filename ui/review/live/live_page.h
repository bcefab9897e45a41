// "Read from AWS…": the choice, then the read, in the place of the review's tables, with one line of buttons below.
#pragma once

#include "ui/review/live/live_form.h"
#include "ui/review/live/live_run.h"

class QStackedWidget;

namespace gw::ui {

class LivePage : public QWidget {
    Q_OBJECT
public:
    explicit LivePage(const LiveSource& source, QWidget* parent = nullptr);
    // The choice, or the read where one is under way.
    void open();
    // To what the last read brought.
    void showRun();
    // Some session began or ended.
    void refreshSessions();
    [[nodiscard]] LiveDesk& desk() { return desk_; }
    [[nodiscard]] bool busy() const { return desk_.busy(); }
    // What the read that ended last brought, for the shelf.
    [[nodiscard]] QStringList files() const;
    [[nodiscard]] QString name() const;

Q_SIGNALS:
    void left();
    void reviewWanted();
    // A read ended, while it was seen or not.
    void ended();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void show(QWidget* part);
    void tell();
    void act();

    LiveDesk desk_;
    LiveForm* form_;
    LiveRun* run_;
    QStackedWidget* stack_;
    Text* words_;
    Button* back_;
    Button* other_;
    Button* primary_;
};

} // namespace gw::ui

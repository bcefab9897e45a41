// One live session in the list: ring, role, environment, account, what uses it, time left, renew and end. Ending cannot be
// taken back, so it takes a second step in the same place.
#pragma once

#include "models/sessions/session.h"
#include "ui/style/fade.h"
#include "ui/style/theme.h"

#include <QWidget>

namespace gw::ui {

class Button;
class CountdownRing;
class EnvironmentTag;
class IconButton;
class IconLabel;
class Text;

class SessionCard : public QWidget {
    Q_OBJECT
public:
    SessionCard(const sessions::Session& session, UtcTime now, QWidget* parent = nullptr);

    [[nodiscard]] const sessions::SessionId& id() const { return session_.id; }
    void update(const sessions::Session& session, UtcTime now);
    void tick(UtcTime now);
    void setConsumers(int programs);
    void setRenewing(bool renewing);
    void setSelected(bool selected);
    void setLast(bool last);
    // Shows the second step, with the keyboard on it; a second call ends.
    void askEnd();
    void cancelEnd();

Q_SIGNALS:
    void selected();
    void renewWanted();
    void endWanted();
    void menuWanted(const QPoint& globalPosition);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void fit();

    sessions::Session session_;
    HoverFade hover_{this};
    bool isSelected_ = false, last_ = false, renewing_ = false, programsShown_ = false;
    CountdownRing* ring_;
    Text *role_, *alias_, *account_, *profile_, *programs_, *left_, *ends_;
    EnvironmentTag* environment_;
    IconLabel* programsIcon_;
    QWidget *icons_, *confirm_;
    IconButton *renew_, *end_;
    Button *confirmEnd_, *keep_;
};

// "Ends 14:59", "Ends soon, 14:20", "Ends now", "Expired 11:20".
[[nodiscard]] QString endsText(const sessions::Session& session, UtcTime now);

} // namespace gw::ui

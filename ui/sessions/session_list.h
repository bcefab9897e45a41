// The live sessions as cards in one frame. Cards are kept while their session lives; a tick changes texts only.
#pragma once

#include "ui/sessions/sessions_context.h"
#include "ui/widgets/icon_label.h"

#include <vector>

class QVBoxLayout;

namespace gw::ui {

class SessionCard;
class SignInCoordinator;

class SessionList : public Card {
    Q_OBJECT
public:
    SessionList(const SessionsContext& context, SignInCoordinator& coordinator, QWidget* parent = nullptr);

    void refresh();
    void tick();
    [[nodiscard]] const sessions::SessionId& selected() const { return selected_; }
    void select(const sessions::SessionId& id);
    [[nodiscard]] SessionCard* card(const sessions::SessionId& id) const;
    [[nodiscard]] bool isEmpty() const { return cards_.empty(); }

Q_SIGNALS:
    void selectionChanged();
    void menuWanted(const gw::sessions::SessionId& id, const QPoint& globalPosition);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    SessionCard* makeCard(const sessions::Session& session, UtcTime now);

    const SessionsContext& context_;
    SignInCoordinator& coordinator_;
    QVBoxLayout* column_;
    std::vector<SessionCard*> cards_;
    sessions::SessionId selected_;
};

} // namespace gw::ui

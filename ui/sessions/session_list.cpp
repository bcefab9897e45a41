#include "ui/sessions/session_list.h"

#include "ui/sessions/session_card.h"
#include "ui/sessions/sign_in_coordinator.h"

#include <QKeyEvent>
#include <QVBoxLayout>

#include <algorithm>

namespace gw::ui {

using sessions::Session;
using sessions::SessionId;

SessionList::SessionList(const SessionsContext& context, SignInCoordinator& coordinator, QWidget* parent)
    : Card(parent), context_(context), coordinator_(coordinator) {
    setObjectName(QStringLiteral("sessions.live"));
    setAccessibleName(tr("Live sessions"));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    column_ = new QVBoxLayout(this);
    column_->setContentsMargins(1, 1, 1, 1);
    column_->setSpacing(0);
}

SessionCard* SessionList::card(const SessionId& id) const {
    const auto found = std::find_if(cards_.begin(), cards_.end(), [&](const SessionCard* card) { return card->id() == id; });
    return found == cards_.end() ? nullptr : *found;
}

SessionCard* SessionList::makeCard(const Session& session, UtcTime now) {
    auto* made = new SessionCard(session, now, this);
    const SessionId id = session.id;
    connect(made, &SessionCard::selected, this, [this, id] { select(id); });
    connect(made, &SessionCard::renewWanted, this, [this, id] { coordinator_.renew(id); });
    connect(made, &SessionCard::endWanted, this, [this, id] { context_.book.end(id); });
    connect(made, &SessionCard::menuWanted, this, [this, id](const QPoint& at) { Q_EMIT menuWanted(id, at); });
    return made;
}

void SessionList::refresh() {
    const UtcTime now = context_.clock.now();
    const bool hadFocus = isAncestorOf(focusWidget()) && focusWidget() && focusWidget()->hasFocus();
    const auto place = std::find_if(cards_.begin(), cards_.end(), [this](const SessionCard* card) { return card->id() == selected_; });
    const auto index = place - cards_.begin();
    std::vector<SessionCard*> kept;
    for (const Session& session : context_.book.sessions()) {
        if (!session.live(now)) continue;
        SessionCard* known = card(session.id);
        if (known)
            known->update(session, now);
        else
            known = makeCard(session, now);
        known->setConsumers(static_cast<int>(context_.book.consumers(session.id).size()));
        known->setRenewing(coordinator_.renewing(session.id));
        kept.push_back(known);
    }
    bool moved = kept.size() != cards_.size();
    for (SessionCard* old : cards_)
        if (std::find(kept.begin(), kept.end(), old) == kept.end()) {
            column_->removeWidget(old);
            old->hide();
            old->deleteLater();
            moved = true;
        }
    for (std::size_t i = 0; i < kept.size(); ++i) {
        if (column_->indexOf(kept[i]) != static_cast<int>(i)) {
            column_->insertWidget(static_cast<int>(i), kept[i]);
            kept[i]->show();
            moved = true;
        }
        kept[i]->setLast(i + 1 == kept.size());
    }
    cards_ = std::move(kept);
    for (std::size_t i = 1; moved && i < cards_.size(); ++i) setTabOrder(cards_[i - 1], cards_[i]);
    if (!card(selected_)) {
        // The neighbour follows, so that the keyboard is not thrown out of the list.
        const auto next = std::min<std::ptrdiff_t>(index, static_cast<std::ptrdiff_t>(cards_.size()) - 1);
        selected_ = SessionId();
        if (next >= 0) {
            select(cards_[static_cast<std::size_t>(next)]->id());
            if (hadFocus) cards_[static_cast<std::size_t>(next)]->setFocus(Qt::OtherFocusReason);
        } else {
            Q_EMIT selectionChanged();
        }
    }
}

void SessionList::tick() {
    const UtcTime now = context_.clock.now();
    for (SessionCard* each : cards_) each->tick(now);
}

void SessionList::select(const SessionId& id) {
    if (id == selected_) return;
    selected_ = id;
    for (SessionCard* each : cards_) each->setSelected(each->id() == id);
    Q_EMIT selectionChanged();
}

void SessionList::keyPressEvent(QKeyEvent* event) {
    const auto place = std::find_if(cards_.begin(), cards_.end(), [this](const SessionCard* card) { return card->id() == selected_; });
    if (place == cards_.end()) return Card::keyPressEvent(event);
    auto next = place - cards_.begin();
    switch (event->key()) {
    case Qt::Key_Up: --next; break;
    case Qt::Key_Down: ++next; break;
    case Qt::Key_Home: next = 0; break;
    case Qt::Key_End: next = static_cast<std::ptrdiff_t>(cards_.size()) - 1; break;
    default: return Card::keyPressEvent(event);
    }
    next = std::clamp<std::ptrdiff_t>(next, 0, static_cast<std::ptrdiff_t>(cards_.size()) - 1);
    SessionCard* wanted = cards_[static_cast<std::size_t>(next)];
    select(wanted->id());
    wanted->setFocus(Qt::OtherFocusReason);
}

} // namespace gw::ui

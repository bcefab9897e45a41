// A page over the Sessions screen: the roles of one verified assertion, searched as one types, started several at once.
#pragma once

#include "ui/sessions/role_list_view.h"
#include "ui/sessions/sign_in_attempt.h"

#include <QPointer>
#include <QWidget>

#include <map>

class QHBoxLayout;
class QStackedWidget;

namespace gw::ui {

class Button;
class EmptyState;
class KeyHints;
class LinkLabel;
class Panel;
class RoleDetailsPanel;
class RoleFactsStrip;
class SearchBox;
class Segmented;
class SignInCoordinator;
class Text;
struct DurationLimit;

class RoleChooser : public QWidget {
    Q_OBJECT
public:
    RoleChooser(const SessionsContext& context, const SignInCoordinator& coordinator, const SignInAttempt& attempt, QWidget* parent = nullptr);

    [[nodiscard]] const sessions::Provider& provider() const { return provider_; }
    void focusSearch();
    // The attempt's stage changed.
    void refresh();
    // Roles that failed stay, with the reason; the others are running now.
    void showOutcomes(const std::vector<sessions::ExchangeOutcome>& outcomes);
    // One line above the list.
    void showNotice(const QString& text);

Q_SIGNALS:
    void startWanted(const std::vector<gw::sessions::RoleChoice>& choices);
    void signInAgainWanted(const std::vector<gw::sessions::RoleChoice>& choices);
    void cancelled();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    enum Filter { All, Favourites, Recent, Fresh };

    void buildList();
    void buildFoot();
    void fillRows();
    [[nodiscard]] RoleRow rowOf(std::uint32_t entry, UtcTime now) const;
    void find();
    [[nodiscard]] bool recent(const items::RoleEntry& entry) const;
    [[nodiscard]] bool passes(std::uint32_t entry) const;
    void showCurrent();
    void updateFoot();
    void showInFoot(const std::vector<std::uint32_t>& wanted);
    void updateFilterCounts();
    void toggleFavourite(std::uint32_t entry);
    void tick();
    void start();
    void signInAgain();
    void showNothingFound(const QString& query);
    [[nodiscard]] bool handleKey(int key, Qt::KeyboardModifiers modifiers);
    [[nodiscard]] std::vector<std::uint32_t> chosen() const;
    [[nodiscard]] sessions::RoleChoice& choiceFor(std::uint32_t entry);
    [[nodiscard]] DurationLimit limitOf(const aws::RoleArn& role) const;
    [[nodiscard]] QString profileProblem(std::uint32_t entry) const;

    const SessionsContext& context_;
    const SignInCoordinator& coordinator_;
    QPointer<const SignInAttempt> attempt_;
    sessions::Provider provider_;
    items::RoleSearch search_;
    std::map<std::uint32_t, sessions::RoleChoice> choices_;
    std::map<std::uint32_t, Error> errors_;
    std::vector<bool> fresh_;
    std::vector<std::uint32_t> footShown_;
    // The arrows moved since the last letter was typed: then Space and F act on the list.
    bool listActive_ = false;
    bool stale_ = false;

    RoleFactsStrip* facts_ = nullptr;
    SearchBox* field_ = nullptr;
    Segmented* filter_ = nullptr;
    Text* notice_ = nullptr;
    QStackedWidget* stack_ = nullptr;
    RoleListView* list_ = nullptr;
    EmptyState* nothing_ = nullptr;
    EmptyState* staleState_ = nullptr;
    Text* more_ = nullptr;
    LinkLabel* clear_ = nullptr;
    KeyHints* hints_ = nullptr;
    RoleDetailsPanel* details_ = nullptr;
    Panel* foot_ = nullptr;
    Text* footCount_ = nullptr;
    QHBoxLayout* footRoles_ = nullptr;
    Text* footNote_ = nullptr;
    Button* start_ = nullptr;
};

} // namespace gw::ui

// The campaigns of the store: the list of all, and the one that is open here. Everything is done on the store's own thread and in
// turn; what somebody else saves meanwhile is not lost, and is shown when it is seen. For the thread of the windows.
#pragma once

#include "models/store/database_thread.h"
#include "saml/base/clock.h"
#include "ui/review/campaigns/campaign_shown.h"
#include "ui/review/reviewed.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace gw::ui {

class CampaignDesk : public QObject {
    Q_OBJECT
public:
    using Listed = store::CampaignStore::Listed;
    // What was done, for whoever said so.
    enum class Step { List, Make, Open, Look, Decide, Withdraw, Delegate, Extend, Cancel, Sign };

    // Borrows both. `store` may be null: there are no campaigns then.
    CampaignDesk(store::DatabaseThread* store, const Clock& clock, std::function<std::string()> person, QObject* parent = nullptr);
    ~CampaignDesk() override;

    [[nodiscard]] bool isThere() const { return store_ != nullptr; }
    [[nodiscard]] bool busy() const { return asked_ > 0; }
    [[nodiscard]] std::string me() const { return person_ ? person_() : std::string(); }
    // Nothing until the store told it.
    [[nodiscard]] const std::optional<std::vector<Listed>>& list() const { return list_; }
    // The one that is open here; null for none.
    [[nodiscard]] const CampaignPtr& current() const { return current_; }

    // Asks for the list, and for the open campaign where somebody else changed it; tells whom to remind.
    void refresh();
    // While somebody looks: what others do is seen after some seconds.
    void setWatched(bool watched);

    struct Asked {
        QString title, scope;
        UtcTime due;
        std::vector<std::string> reviewers;
        std::vector<std::uint32_t> rows; // of the review
    };
    // Of rows of the same way into the same role one is taken. Opens it here.
    void make(const ReviewedPtr& review, const Asked& asked);
    void open(const std::string& id);
    void close();

    void look(const std::string& item);
    // Refused where the item was decided by another console since it was shown.
    void decide(const std::string& item, estate::campaign::Verdict verdict, const QString& reason, const QString& change);
    void withdraw(const std::string& item);
    void delegate(const std::string& item, const QString& to, const QString& reason);
    void extend(UtcTime due, const QString& reason);
    void cancel(const QString& reason);
    void sign(const QString& statement);

Q_SIGNALS:
    void listed();
    // The open campaign is another, or was changed.
    void shown();
    void done(gw::ui::CampaignDesk::Step step, const QString& item);
    void failed(const gw::Error& error, gw::ui::CampaignDesk::Step step, const QString& item);
    // Items wait for this person, and it is time.
    void remind(const QString& id, const QString& title, int open, bool overdue);

private:
    struct Shelf; // what the store's thread has of the open campaign
    using Change = std::function<Status(estate::campaign::Campaign&, UtcTime now)>;
    void change(Step step, const std::string& item, Change work);
    void take(const CampaignPtr& shown);

    store::DatabaseThread* store_;
    const Clock& clock_;
    std::function<std::string()> person_;
    std::shared_ptr<Shelf> shelf_;
    std::optional<std::vector<Listed>> list_;
    CampaignPtr current_;
    std::string wanted_; // the id of what is to be open
    QTimer watch_;
    int asked_ = 0;
};

} // namespace gw::ui

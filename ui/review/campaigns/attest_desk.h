// What was said of ways into roles outside campaigns, as the store has it: asked for and written on the store's own thread. All
// here is for the thread of the windows.
#pragma once

#include "models/estate/campaign/attestation.h"
#include "models/store/database_thread.h"
#include "saml/base/clock.h"
#include "ui/review/campaigns/verdict_form.h"

#include <QObject>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace gw::ui {

using AttestationsPtr = std::shared_ptr<const estate::campaign::Attestations>;

class AttestDesk : public QObject {
    Q_OBJECT
public:
    // Borrows both. `store` may be null: nothing is kept then, and nothing can be attested.
    AttestDesk(store::DatabaseThread* store, const Clock& clock, std::function<std::string()> person, QObject* parent = nullptr);

    [[nodiscard]] bool isThere() const { return store_ != nullptr; }
    // Null until the store told it.
    [[nodiscard]] const AttestationsPtr& all() const { return all_; }
    [[nodiscard]] const estate::campaign::Attestation* find(std::string_view item) const;
    [[nodiscard]] bool busy() const { return asked_ > 0; }
    void load();
    // Of each of these the same.
    void attest(std::vector<estate::campaign::Subject> subjects, estate::campaign::Verdict verdict, const QString& reason, const QString& change);
    void withdraw(std::vector<std::int64_t> numbers);

    // What is written about an item and not yet said; it outlives the panel that shows the item.
    [[nodiscard]] VerdictDraft draft(const std::string& item) const;
    void setDraft(const std::string& item, const VerdictDraft& draft);

Q_SIGNALS:
    // Something else counts now.
    void changed();
    void attested(const std::vector<std::int64_t>& numbers, gw::estate::campaign::Verdict verdict);
    void failed(const gw::Error& error);

private:
    [[nodiscard]] std::string me() const { return person_ ? person_() : std::string(); }
    store::DatabaseThread* store_;
    const Clock& clock_;
    std::function<std::string()> person_;
    AttestationsPtr all_;
    std::map<std::string, VerdictDraft> drafts_;
    int asked_ = 0;
};

} // namespace gw::ui

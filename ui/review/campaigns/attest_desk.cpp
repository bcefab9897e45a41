#include "ui/review/campaigns/attest_desk.h"

#include "models/store/attestation_store.h"
#include "models/store/when_done.h"

namespace gw::ui {

namespace campaign = estate::campaign;

namespace {

struct Written {
    std::vector<std::int64_t> numbers;
    campaign::Attestations all;
};

} // namespace

AttestDesk::AttestDesk(store::DatabaseThread* store, const Clock& clock, std::function<std::string()> person, QObject* parent)
    : QObject(parent), store_(store), clock_(clock), person_(std::move(person)) {}

const campaign::Attestation* AttestDesk::find(std::string_view item) const {
    if (!all_) return nullptr;
    const auto found = all_->find(item);
    return found == all_->end() ? nullptr : &found->second;
}

void AttestDesk::load() {
    if (store_ == nullptr) return;
    ++asked_;
    whenDone(store_->ask([](store::Database& database) { return store::AttestationStore(database).current(); }), this,
             [this](Result<campaign::Attestations> all) {
                 --asked_;
                 if (!all) return Q_EMIT failed(all.error());
                 if (all_ && *all_ == *all) return;
                 all_ = std::make_shared<const campaign::Attestations>(std::move(*all));
                 Q_EMIT changed();
             });
}

void AttestDesk::attest(std::vector<campaign::Subject> subjects, campaign::Verdict verdict, const QString& reason, const QString& change) {
    if (store_ == nullptr || subjects.empty()) return;
    campaign::Attestation said;
    said.verdict = verdict;
    said.reason = reason.toStdString();
    said.change = change.toStdString();
    said.by = me();
    said.at = clock_.now();
    std::vector<std::string> items;
    if (subjects.size() == 1) items.push_back(campaign::itemId(subjects.front()));
    ++asked_;
    const auto write = [subjects = std::move(subjects), said](store::Database& database) -> Result<Written> {
        store::AttestationStore store(database);
        Written written;
        GW_TRY(written.numbers, store.add(subjects, said));
        GW_TRY(written.all, store.current());
        return written;
    };
    whenDone(store_->ask(write), this, [this, verdict, items](Result<Written> written) {
        --asked_;
        if (!written) return Q_EMIT failed(written.error());
        for (const std::string& each : items) drafts_.erase(each);
        all_ = std::make_shared<const campaign::Attestations>(std::move(written->all));
        Q_EMIT changed();
        Q_EMIT attested(written->numbers, verdict);
    });
}

void AttestDesk::withdraw(std::vector<std::int64_t> numbers) {
    if (store_ == nullptr) return;
    ++asked_;
    const auto write = [numbers = std::move(numbers), by = me(), at = clock_.now()](store::Database& database) -> Result<campaign::Attestations> {
        store::AttestationStore store(database);
        GW_CHECK(store.withdraw(numbers, by, at));
        return store.current();
    };
    whenDone(store_->ask(write), this, [this](Result<campaign::Attestations> all) {
        --asked_;
        if (!all) return Q_EMIT failed(all.error());
        all_ = std::make_shared<const campaign::Attestations>(std::move(*all));
        Q_EMIT changed();
    });
}

VerdictDraft AttestDesk::draft(const std::string& item) const {
    const auto found = drafts_.find(item);
    return found == drafts_.end() ? VerdictDraft{} : found->second;
}

void AttestDesk::setDraft(const std::string& item, const VerdictDraft& draft) {
    if (draft.isEmpty())
        drafts_.erase(item);
    else
        drafts_.insert_or_assign(item, draft);
}

} // namespace gw::ui

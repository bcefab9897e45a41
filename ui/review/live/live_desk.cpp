#include "ui/review/live/live_desk.h"

#include "models/store/on_worker.h"
#include "models/store/when_done.h"
#include "saml/aws/endpoints.h"
#include "ui/errors/utf8.h"

#include <algorithm>

namespace gw::ui {
namespace {

namespace fs = std::filesystem;

constexpr aws::Partition partitions[] = {aws::Partition::Aws,   aws::Partition::AwsCn,   aws::Partition::AwsUsGov, aws::Partition::AwsEusc,
                                        aws::Partition::AwsIso, aws::Partition::AwsIsoB, aws::Partition::AwsIsoE,  aws::Partition::AwsIsoF};
constexpr std::size_t mostFiles = 200'000; // of all accounts, that are looked at for their ages

std::map<std::string, LiveDesk::Kept> keptBelow(const fs::path& folder) {
    std::map<std::string, LiveDesk::Kept> kept;
    std::size_t seen = 0;
    std::error_code failed;
    for (fs::directory_iterator account(folder, failed), end; !failed && account != end; account.increment(failed)) {
        if (!account->is_directory(failed) || failed) continue;
        LiveDesk::Kept& of = kept[account->path().filename().string()];
        for (fs::recursive_directory_iterator each(account->path(), failed), last; !failed && each != last && ++seen < mostFiles; each.increment(failed)) {
            std::error_code gone;
            if (!each->is_regular_file(gone)) continue;
            const auto written = each->last_write_time(gone);
            if (gone) continue;
            const UtcTime at(std::chrono::floor<UtcTime::Duration>(std::chrono::file_clock::to_sys(written)));
            if (of.answers++ == 0 || at < of.oldest) of.oldest = at;
            of.newest = std::max(of.newest, at);
        }
        failed.clear();
    }
    std::erase_if(kept, [](const auto& each) { return each.second.answers == 0; });
    return kept;
}

} // namespace

std::vector<aws::Region> regionsOf(aws::Partition partition, const std::vector<aws::Region>& chosen) {
    using aws::Partition;
    const auto knows = [](Partition of, const aws::Region& region) {
        const auto known = aws::knownRegions(of);
        return std::find(known.begin(), known.end(), region) != known.end();
    };
    std::vector<aws::Region> own;
    for (const aws::Region& each : chosen) {
        const bool another = std::any_of(std::begin(partitions), std::end(partitions), [&](Partition of) { return of != partition && knows(of, each); });
        if (!another || knows(partition, each)) own.push_back(each);
    }
    return own;
}

LiveDesk::LiveDesk(const LiveSource& source, QObject* parent) : QObject(parent), source_(source) {}

LiveDesk::~LiveDesk() = default;

void LiveDesk::begin(LiveChoice choice) {
    if (busy()) return;
    choice_ = std::move(choice);
    begun_ = source_.clock.now();
    run(choice_.maxAge);
}

void LiveDesk::goOn() {
    if (busy()) return;
    const std::vector<LiveSession> now = source_.sessions();
    for (LiveSession& each : choice_.sessions) {
        const bool lives = std::any_of(now.begin(), now.end(), [&](const LiveSession& other) { return other.id == each.id; });
        if (lives) continue;
        const auto another = std::find_if(now.begin(), now.end(), [&](const LiveSession& other) { return other.account == each.account; });
        if (another != now.end()) each = *another;
    }
    const auto since = std::chrono::ceil<std::chrono::seconds>(source_.clock.now() - begun_);
    run(std::max(choice_.maxAge, since + std::chrono::minutes(1)));
}

void LiveDesk::run(std::chrono::seconds maxAge) {
    cloud::ReadSettings settings;
    settings.folder = source_.folder;
    settings.maxAge = maxAge;
    std::vector<cloud::ReadSession> sessions;
    for (const LiveSession& each : choice_.sessions) {
        cloud::ReadSession session;
        session.name = each.role.toStdString();
        session.partition = each.partition;
        session.regions = regionsOf(each.partition, choice_.regions);
        session.endpoint = source_.endpoint ? source_.endpoint() : std::string();
        session.credentials = each.credentials;
        sessions.push_back(std::move(session));
    }
    outcome_.reset();
    progress_ = {};
    stopping_ = false;
    read_ = std::make_unique<cloud::LiveRead>(source_.http, source_.clock, std::move(settings), std::move(sessions));
    connect(read_.get(), &cloud::LiveRead::progressed, this, [this](const cloud::ReadProgress& progress) {
        progress_ = progress;
        Q_EMIT changed();
    });
    connect(read_.get(), &cloud::LiveRead::finished, this, [this](const cloud::ReadOutcome& outcome) {
        outcome_ = outcome;
        // It is what calls here.
        read_.release()->deleteLater();
        stopping_ = false;
        askKept();
        Q_EMIT ended();
    });
    Q_EMIT changed();
    read_->start();
}

void LiveDesk::cancel() {
    if (!busy() || stopping_) return;
    stopping_ = true;
    Q_EMIT changed();
    read_->cancel();
}

QString LiveDesk::accountWords(const std::string& account) const {
    for (const LiveSession& each : choice_.sessions)
        if (each.account == account && !each.alias.isEmpty()) return QStringLiteral("%1 (%2)").arg(each.alias, fromUtf8(account));
    return fromUtf8(account);
}

void LiveDesk::askKept() {
    whenDone(onWorker([folder = source_.folder] { return keptBelow(folder); }), this, [this](const std::map<std::string, Kept>& kept) {
        kept_ = kept;
        Q_EMIT keptKnown();
    });
}

const LiveDesk::Kept* LiveDesk::kept(const std::string& account) const {
    const auto found = kept_.find(account);
    return found == kept_.end() ? nullptr : &found->second;
}

} // namespace gw::ui

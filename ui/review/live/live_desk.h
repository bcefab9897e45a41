// A read from AWS as the Review screen sees it: begun with a choice, told of while it runs, stopped, gone on with. Nothing is
// called before begin(). Lives on the GUI thread; what waits for the disk is done on a worker.
#pragma once

#include "models/cloud/read/live_read.h"
#include "ui/review/live/live_source.h"

#include <QObject>

#include <map>
#include <memory>
#include <optional>

namespace gw::ui {

struct LiveChoice {
    std::vector<LiveSession> sessions;
    std::vector<aws::Region> regions; // of any partition; each session reads those of its own
    std::chrono::seconds maxAge{0};   // of answers that need not be asked again
};

// Those of `chosen` that can be the session's: known in its partition, or in none.
[[nodiscard]] std::vector<aws::Region> regionsOf(aws::Partition partition, const std::vector<aws::Region>& chosen);

class LiveDesk : public QObject {
    Q_OBJECT
public:
    struct Kept {
        UtcTime oldest, newest;
        std::size_t answers = 0;
    };

    explicit LiveDesk(const LiveSource& source, QObject* parent = nullptr);
    ~LiveDesk() override;

    void begin(LiveChoice choice);
    // Ends soon; what was answered is kept.
    void cancel();
    // The last choice again, taking every answer that it brought. Sessions that ended meanwhile are replaced by those of the
    // same account.
    void goOn();
    [[nodiscard]] bool busy() const { return read_ != nullptr; }
    [[nodiscard]] bool stopping() const { return stopping_; }
    [[nodiscard]] const LiveChoice& choice() const { return choice_; }
    [[nodiscard]] const cloud::ReadProgress& progress() const { return progress_; }
    // Of the read that ended last; null: none did, or one is under way.
    [[nodiscard]] const cloud::ReadOutcome* outcome() const { return outcome_ ? &*outcome_ : nullptr; }
    // "nwr-prod-payments (111122223333)", as far as the choice knows a name.
    [[nodiscard]] QString accountWords(const std::string& account) const;

    // Looks into the folder; keptKnown() follows.
    void askKept();
    // What is kept of an account; null: nothing, or not known yet.
    [[nodiscard]] const Kept* kept(const std::string& account) const;

Q_SIGNALS:
    void changed(); // begun, progress, stopping
    void ended();
    void keptKnown();

private:
    void run(std::chrono::seconds maxAge);

    const LiveSource& source_;
    LiveChoice choice_;
    UtcTime begun_;
    std::unique_ptr<cloud::LiveRead> read_;
    bool stopping_ = false;
    cloud::ReadProgress progress_;
    std::optional<cloud::ReadOutcome> outcome_;
    std::map<std::string, Kept> kept_;
};

} // namespace gw::ui

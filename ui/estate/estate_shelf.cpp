#include "ui/estate/estate_shelf.h"

#include "models/estate/estate_reader.h"
#include "models/estate/folder_walk.h"
#include "models/estate/question.h"
#include "models/store/on_worker.h"
#include "models/store/when_done.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QPointer>

#include <filesystem>

namespace gw::ui {
namespace {

namespace fs = std::filesystem;

// Progress is told this often at most, in files.
constexpr std::size_t step = 8;

} // namespace

struct EstateShelf::Work {
    std::atomic<bool> canceled = false;
};

AskablePtr makeAskable(std::shared_ptr<const estate::Estate> estate) {
    auto askable = std::make_shared<AskableEstate>();
    for (policy::Actor& actor : estate::actorsOf(*estate)) {
        const std::string arn = actor.principal.text();
        const auto id = static_cast<std::size_t>(askable->index.add(std::move(actor)));
        if (askable->actors.size() <= id) askable->actors.resize(id + 1);
        askable->actors[id] = arn;
    }
    askable->estate = std::move(estate);
    return askable;
}

EstateShelf::~EstateShelf() {
    cancel();
}

void EstateShelf::set(std::shared_ptr<const estate::Estate> estate, const QString& name) {
    cancel();
    estate_ = std::move(estate);
    name_ = name;
    Q_EMIT changed();
}

void EstateShelf::load(const QStringList& paths) {
    loadAs(paths, paths.size() == 1 ? QFileInfo(paths.front()).fileName() : QString());
}

void EstateShelf::loadAs(const QStringList& paths, const QString& name) {
    if (paths.isEmpty()) return;
    cancel();
    auto work = std::make_shared<Work>();
    work_ = work;
    loading_ = true;
    Q_EMIT started();
    std::vector<fs::path> files;
    for (const QString& each : paths) files.emplace_back(each.toStdString());
    const QPointer<EstateShelf> self(this);
    const auto tell = [self, work](std::size_t done, std::size_t of) {
        QMetaObject::invokeMethod(
            qApp,
            [self, work, done, of] {
                if (self && self->work_ == work) Q_EMIT self->progress(static_cast<int>(done), static_cast<int>(of));
            },
            Qt::QueuedConnection);
    };
    using Loaded = Result<std::shared_ptr<const estate::Estate>>;
    const auto read = [files = std::move(files), work, tell]() -> Loaded {
        const estate::ReadLimits limits;
        std::vector<fs::path> all;
        std::vector<Error> problems;
        for (const fs::path& each : files) {
            std::error_code failed;
            if (!fs::is_directory(each, failed)) {
                all.push_back(each);
                continue;
            }
            const auto below = estate::filesBelow(each, limits, problems);
            all.insert(all.end(), below.begin(), below.end());
        }
        estate::EstateReader reader(limits);
        reader.onProgress([&work](std::size_t) { return !work->canceled; });
        Status last;
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (work->canceled) return std::shared_ptr<const estate::Estate>();
            if (i % step == 0) tell(i, all.size());
            last = reader.addPath(all[i]);
            // One that is gone is a problem of its own; the others are used.
            if (!last && all.size() == 1) return fail(last.error());
        }
        if (all.empty()) return problems.empty() ? fail(Error(estate::EstateError::NotRecognised)) : fail(problems.front());
        return reader.finish();
    };
    whenDone(onWorker(read), this, [this, work, name](const Loaded& loaded) {
        if (work_ != work) return;
        work_.reset();
        loading_ = false;
        if (!loaded) {
            Q_EMIT failed(loaded.error());
            return;
        }
        estate_ = *loaded;
        name_ = name;
        Q_EMIT changed();
    });
}

void EstateShelf::offer(std::function<std::shared_ptr<const estate::Estate>()> read, const QString& name) {
    offered_ = std::move(read);
    offeredName_ = name;
}

void EstateShelf::need() {
    if (!offered_ || estate_ || loading_) return;
    const auto read = offered_;
    auto work = std::make_shared<Work>();
    work_ = work;
    loading_ = true;
    Q_EMIT started();
    whenDone(onWorker(read), this, [this, work](const std::shared_ptr<const estate::Estate>& estate) {
        // Cancelled, or a person opened something else meanwhile.
        if (work_ != work) return;
        work_.reset();
        loading_ = false;
        offered_ = nullptr;
        estate_ = estate;
        name_ = offeredName_;
        Q_EMIT changed();
    });
}

void EstateShelf::cancel() {
    if (!work_) return;
    work_->canceled = true;
    work_.reset();
    loading_ = false;
    Q_EMIT canceled();
}

} // namespace gw::ui

// The estate that questions are asked of: read from files on a worker, or given by the practice environment.
#pragma once

#include "models/estate/estate.h"
#include "models/policy/access_index.h"

#include <QObject>
#include <QStringList>

#include <atomic>
#include <functional>
#include <memory>

namespace gw::ui {

// An estate made ready for questions over all principals; the index is built once. Safe from any thread.
struct AskableEstate {
    std::shared_ptr<const estate::Estate> estate;
    policy::AccessIndex index;
    std::vector<std::string> actors; // ARN, by ActorId
};
using AskablePtr = std::shared_ptr<const AskableEstate>;

[[nodiscard]] AskablePtr makeAskable(std::shared_ptr<const estate::Estate> estate);

class EstateShelf : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    ~EstateShelf() override;

    [[nodiscard]] const std::shared_ptr<const estate::Estate>& estate() const { return estate_; }
    // What a person calls it: a folder's name, or the practice organisation's.
    [[nodiscard]] const QString& name() const { return name_; }
    [[nodiscard]] bool loading() const { return loading_; }
    void set(std::shared_ptr<const estate::Estate> estate, const QString& name);
    // Files, or folders with the files below them. What was there stays until it is done.
    void load(const QStringList& paths);
    // `name`: what they are called together.
    void loadAs(const QStringList& paths, const QString& name);
    void cancel();
    // What is read, on a worker, when a screen first needs an estate and none is there.
    void offer(std::function<std::shared_ptr<const estate::Estate>()> read, const QString& name);
    void need();

Q_SIGNALS:
    void started();
    void progress(int done, int of);
    void changed();
    // Nothing could be read at all.
    void failed(const gw::Error& error);
    void canceled();

private:
    struct Work;
    std::shared_ptr<const estate::Estate> estate_;
    QString name_;
    std::shared_ptr<Work> work_;
    std::function<std::shared_ptr<const estate::Estate>()> offered_;
    QString offeredName_;
    bool loading_ = false;
};

} // namespace gw::ui

// The organisation's rules file, as far as the screen writes it: what is accepted for a while is added at its end, and nothing
// else in it is touched.
#pragma once

#include "models/estate/review/settings.h"

#include <QByteArray>
#include <QDate>
#include <QObject>

#include <functional>
#include <memory>
#include <mutex>
#include <optional>

namespace gw::ui {

// Until the end of that day, whatever `accepted` itself says.
[[nodiscard]] QByteArray withAccepted(const QByteArray& rules, const estate::review::AcceptedFinding& accepted, const QDate& until);

// Reads and changes the file on workers, one change after the other.
class RulesDesk : public QObject {
    Q_OBJECT
public:
    using Load = std::function<QByteArray()>;          // any thread; empty where there is none
    using Save = std::function<bool(const QByteArray&)>; // any thread; whether it was written
    // Either may be null: then nothing is read, and nothing can be written.
    RulesDesk(Load load, Save save, QObject* parent = nullptr);
    [[nodiscard]] bool canChange() const { return load_ != nullptr && save_ != nullptr; }
    [[nodiscard]] bool busy() const { return underWay_ > 0; }
    void load(std::function<void(const QByteArray&)> then);
    struct Changed {
        QByteArray before, after;
    };
    // Nothing is written where `edit` gives what is there. `then` on this thread; nothing: it could not be written.
    void change(std::function<QByteArray(const QByteArray& before)> edit, std::function<void(const std::optional<Changed>&)> then);

private:
    Load load_;
    Save save_;
    std::shared_ptr<std::mutex> one_ = std::make_shared<std::mutex>();
    int underWay_ = 0;
};

} // namespace gw::ui

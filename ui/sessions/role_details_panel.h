// The right side of the role chooser: the role at hand and how it will be started.
#pragma once

#include "models/sessions/signin/sign_in.h"
#include "ui/sessions/sessions_context.h"
#include "ui/widgets/icon_label.h"

#include <chrono>
#include <optional>
#include <vector>

class QComboBox;
class QLineEdit;

namespace gw::ui {

class EnvironmentTag;
class ErrorState;
class Field;
class Segmented;
class Text;

// The durations that are offered, and why a longer one is not.
struct DurationLimit {
    std::optional<std::chrono::seconds> longest;
    QString reason;
};

class RoleDetailsPanel : public Panel {
    Q_OBJECT
public:
    explicit RoleDetailsPanel(const SessionsContext& context, QWidget* parent = nullptr);

    void show(const sessions::RoleChoice& choice, const QString& label, sessions::Environment environment, const DurationLimit& limit,
              const std::vector<aws::Region>& regions);
    void clear();
    void setError(const std::optional<Error>& error);
    // Empty where the name is fine.
    void setProfileError(const QString& text);
    void focusDuration();

    [[nodiscard]] static const std::vector<std::chrono::seconds>& offeredDurations();

Q_SIGNALS:
    void durationChanged(std::chrono::seconds duration);
    void regionChanged(const gw::aws::Region& region);
    void profileChanged(const gw::sessions::ProfileName& profile);

private:
    const SessionsContext& context_;
    QWidget* content_;
    Text* label_;
    EnvironmentTag* environment_;
    Text* arn_;
    Segmented* duration_;
    Text* durationNote_;
    QComboBox* region_;
    QLineEdit* profile_;
    Field* profileField_;
    ErrorState* error_;
};

} // namespace gw::ui

// The providers and preferences as they are now: what config.toml holds, and what the program adds by itself (the
// practice provider). Screens read here and change things here, so that all of them see the same list.
#pragma once

#include "models/sessions/providers/config_file.h"

#include <QObject>

#include <optional>
#include <vector>

namespace gw::ui {

class ProviderList : public QObject {
    Q_OBJECT
public:
    explicit ProviderList(sessions::ConfigFile& file, QObject* parent = nullptr);

    // Reads the file. Where it is not TOML at all the last good list stays and fileProblem() says why.
    void reload();
    // Added ones come first, cannot be edited or removed, and are never written.
    void addBuiltIn(sessions::Provider provider);
    [[nodiscard]] bool isBuiltIn(const sessions::ProviderId& id) const;

    [[nodiscard]] const std::vector<sessions::Provider>& providers() const { return providers_; }
    [[nodiscard]] const sessions::Provider* find(const sessions::ProviderId& id) const;
    [[nodiscard]] const sessions::Preferences& preferences() const { return preferences_; }
    [[nodiscard]] const std::vector<Error>& problems() const { return problems_; }
    [[nodiscard]] const std::optional<Error>& fileProblem() const { return fileProblem_; }
    [[nodiscard]] const sessions::ConfigFile& file() const { return file_; }

    [[nodiscard]] Status save(const sessions::Provider& provider);
    [[nodiscard]] Status remove(const sessions::ProviderId& id);
    [[nodiscard]] Status save(const sessions::Preferences& preferences);

Q_SIGNALS:
    void changed();              // providers
    void preferencesChanged();
    void problemsChanged();

private:
    sessions::ConfigFile& file_;
    std::vector<sessions::Provider> builtIn_, providers_;
    sessions::Preferences preferences_;
    std::vector<Error> problems_;
    std::optional<Error> fileProblem_;
};

} // namespace gw::ui

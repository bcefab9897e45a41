#include "models/sessions/providers/config_file.h"

#include "models/sessions/providers/config_reader.h"
#include "models/store/files.h"

#include <functional>

namespace gw::sessions {
namespace {

constexpr std::size_t maxConfig = std::size_t{4} << 20;
// How often an edit is made anew when another program changed the file in between.
constexpr int mostAttempts = 5;

Error inFile(Error error, const std::filesystem::path& path) {
    return std::move(error).with("path", path.string());
}

Result<std::string> readText(const std::filesystem::path& path) {
    auto text = store::readFile(path, maxConfig);
    if (text) return text;
    if (text.error().code().is(store::FileError::NotFound)) return std::string();
    return fail(inFile(Error(ConfigError::NotReadable).because(std::move(text).error()), path));
}

Status edit(const std::filesystem::path& path, const std::function<Result<std::string>(std::string_view)>& change) {
    for (int attempt = 1;; ++attempt) {
        GW_TRY(const std::string text, readText(path));
        auto changed = change(text);
        if (!changed) return fail(inFile(std::move(changed).error(), path));
        if (*changed == text) return {};
        auto written = store::replaceFileIfUnchanged(path, text, *changed);
        if (written) return {};
        if (!written.error().code().is(store::FileError::ChangedMeanwhile) || attempt == mostAttempts)
            return fail(inFile(Error(ConfigError::NotWritable).because(std::move(written).error()), path));
    }
}

} // namespace

Result<Config> parseConfig(std::string_view text) {
    GW_TRY(ReadConfig read, readConfig(text));
    Config config{std::move(read.preferences), {}, std::move(read.problems)};
    for (ReadProvider& entry : read.providers)
        if (entry.usable) config.providers.push_back(std::move(entry.provider));
    return config;
}

ConfigFile::ConfigFile(std::filesystem::path path) : path_(std::move(path)) {}

Result<Config> ConfigFile::load() const {
    GW_TRY(const std::string text, readText(path_));
    auto config = parseConfig(text);
    if (!config) return fail(inFile(std::move(config).error(), path_));
    for (Error& problem : config->problems) problem = inFile(std::move(problem), path_);
    return config;
}

Status ConfigFile::save(const Provider& provider) const {
    return edit(path_, [&](std::string_view text) { return withProvider(text, provider); });
}

Status ConfigFile::remove(const ProviderId& id) const {
    return edit(path_, [&](std::string_view text) { return withoutProvider(text, id); });
}

Status ConfigFile::save(const Preferences& preferences) const {
    return edit(path_, [&](std::string_view text) { return withPreferences(text, preferences); });
}

} // namespace gw::sessions

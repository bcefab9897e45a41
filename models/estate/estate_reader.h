// From the dumps of AWS's calls and from saved estates to an estate. Large input is parsed on two further threads; all readers
// run on the one that adds. What a file is, is seen by its content; what it belongs to, where the content
// does not tell, by its name ("get-policy-capture-refund.json") and by the folders above it (an account, a region).
#pragma once

#include "models/estate/estate.h"

#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

namespace gw::estate {

struct ReadLimits {
    // A large file is parsed in pieces. One answer that cannot be cut may not be larger than policy::maxSourceBytes.
    std::size_t fileBytes = std::size_t{768} << 20U;
    std::size_t totalBytes = std::size_t{4} << 30U;
    std::size_t files = 100'000;
    std::size_t depth = 16; // of folders
};

class EstateReader {
public:
    explicit EstateReader(ReadLimits limits = {});
    ~EstateReader();

    // A file, or a folder with all the files below it that there are readers for, in the order of their names. Links are followed where they
    // stay inside the folder. What is wrong with one of them goes to the estate's problems, and the others go on; only
    // where nothing is at `path` itself it is an error.
    [[nodiscard]] Status addPath(const std::filesystem::path& path);
    // Called on the thread that adds, with the octets read so far, at least for every file and few megabytes. Where it
    // answers false nothing further is read, and there is no estate.
    void onProgress(std::function<bool(std::size_t octets)> callback);
    // The same for octets that are there already. `path` is what names the file.
    void addText(const std::string& path, std::string text, std::optional<UtcTime> modified = std::nullopt);

    // Whether anything so far was of a kind that is read here, if only to say that there is nothing in it. Waits for what is
    // under way.
    [[nodiscard]] bool recognised();
    // Once; the reader is empty then. Null where it was stopped.
    [[nodiscard]] std::shared_ptr<const Estate> finish();

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace gw::estate

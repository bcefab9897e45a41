// Which question the answer in a file is of, and since when: one line of JSON for each in "answers.journal", beside them. A file
// that it does not know, or that was changed, is no answer: one of another version of the plan, of another endpoint, or
// somebody's own. Its calls are thread safe and may block on the disk.
#pragma once

#include "saml/base/result.h"
#include "saml/base/utc_time.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace gw::cloud {

class AnswerJournal {
public:
    struct Note {
        std::string asked; // digest of the call: where it went, and all that was asked
        UtcTime at;
        std::uint64_t bytes = 0;
    };

    explicit AnswerJournal(std::filesystem::path folder) : folder_(std::move(folder)) {}

    // Once, before anything else. Lines that are not understood, as the last after a power cut, are passed over.
    void load();
    [[nodiscard]] std::optional<Note> find(const std::string& file) const;
    // Writes the answer, then the line that tells of it.
    [[nodiscard]] Status add(const std::string& file, Note note, std::string_view answer);
    // Of a read that came to its end: what it did not ask or get below these places ("111122223333/eu-west-1/") is of an earlier
    // one, and goes. Other files are left alone.
    [[nodiscard]] Status keepOnly(const std::set<std::string>& files, const std::vector<std::string>& places);
    // To the disk.
    [[nodiscard]] Status flush() const;

private:
    [[nodiscard]] std::filesystem::path path() const { return folder_ / "answers.journal"; }
    [[nodiscard]] Status append(const std::string& line) const;

    std::filesystem::path folder_;
    mutable std::mutex mutex_;
    std::map<std::string, Note, std::less<>> notes_;
};

} // namespace gw::cloud

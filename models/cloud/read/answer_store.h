// One page after another, up to an answer in a file: what the threads of a live read's workers do. No network.
#pragma once

#include "models/cloud/read/answer_journal.h"
#include "models/cloud/read/plan.h"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace gw::cloud {

// Where an answer is kept, and what tells it from that to another question.
struct AnswerPlace {
    std::shared_ptr<AnswerJournal> journal;
    std::string file;  // relative to the journal's folder
    std::string asked; // of askedDigest
};

// Of all that is sent to `endpoint` for this call, its further pages apart.
[[nodiscard]] std::string askedDigest(const PlannedCall& planned, const Arguments& arguments, std::string_view region,
                                      const std::string& endpoint);

struct FollowUp {
    const PlannedCall* planned = nullptr;
    std::vector<Arguments> arguments;
};

struct ReadPage {
    bool runs = false;           // AWS's job is not done: there is nothing else
    std::string next;            // token of the page after it; empty: this was the last one
    std::shared_ptr<Json> whole; // with all pages so far; null once it was written
    std::size_t objects = 0;     // of the whole answer
    std::vector<FollowUp> then;  // what follows from it
    UtcTime at;                  // when it was read
};

// Adds a page to `whole`, which may be null, and writes the answer where it was the last one. Errors: AwsError, FileError.
[[nodiscard]] Result<ReadPage> takePage(const PlannedCall& planned, const Arguments& arguments, const HttpResponse& response,
                                        std::shared_ptr<Json> whole, const AnswerPlace& place, UtcTime now);

// What was answered to the same question not longer ago than `maxAge`. Nothing: never, earlier, or not readable.
[[nodiscard]] std::optional<ReadPage> keptAnswer(const PlannedCall& planned, const Arguments& arguments, const AnswerPlace& place,
                                                 const std::filesystem::path& folder, std::chrono::seconds maxAge, UtcTime now);

// That AWS has no such thing, where that is an answer: of the policies of single resources. False: it is none.
[[nodiscard]] bool writeAbsence(const PlannedCall& planned, const Error& error, const AnswerPlace& place, UtcTime now);

} // namespace gw::cloud

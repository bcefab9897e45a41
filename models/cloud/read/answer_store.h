// One page after another, up to an answer in a file: what the threads of a live read's workers do. No network, no objects.
#pragma once

#include "models/cloud/read/plan.h"

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace gw::cloud {

struct FollowUp {
    const PlannedCall* planned = nullptr;
    std::vector<Arguments> arguments;
};

struct ReadPage {
    std::string next;            // token of the page after it; empty: this was the last one
    std::shared_ptr<Json> whole; // with all pages so far; null once it was written
    std::size_t objects = 0;     // of the whole answer
    std::vector<FollowUp> then;  // what follows from it
    UtcTime at;                  // when it was read
};

// Adds a page to `whole`, which may be null, and writes the answer where it was the last one. Errors: AwsError, FileError.
[[nodiscard]] Result<ReadPage> takePage(const PlannedCall& planned, const Arguments& arguments, const HttpResponse& response,
                                        std::shared_ptr<Json> whole, const std::filesystem::path& file, UtcTime now);

// What was written there not longer ago than `maxAge`. Nothing: not there, older, or not readable.
[[nodiscard]] std::optional<ReadPage> keptAnswer(const PlannedCall& planned, const Arguments& arguments,
                                                 const std::filesystem::path& file, std::chrono::seconds maxAge, UtcTime now);

// That AWS has no such thing, where that is an answer: of the policies of single resources. False: it is none.
[[nodiscard]] bool writeAbsence(const PlannedCall& planned, const Error& error, const std::filesystem::path& file);

} // namespace gw::cloud

#include "models/estate/readers/reading.h"

#include <algorithm>
#include <array>

namespace gw::estate {
namespace {

constexpr JsonReader json[] = {readIam, readOrganizations, readApiGateway, readResourcePolicies};

constexpr std::array<std::string_view, 3> endings = {".json", ".jsonl", ".ndjson"};

} // namespace

std::span<const JsonReader> jsonReaders() {
    return json;
}

std::span<const FileReader> fileReaders() {
    return {};
}

std::span<const Finisher> finishers() {
    return {};
}

bool isReadable(std::string_view fileName) {
    return std::any_of(endings.begin(), endings.end(), [&](std::string_view each) { return fileName.ends_with(each); });
}

} // namespace gw::estate

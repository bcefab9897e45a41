#include "tests/interop/captured_case.h"

#include "saml/metadata/entity_descriptor.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>

namespace gw::interop {
namespace {

const std::string folder = GW_BINARY_DIR "/interop/";

std::string contents(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw std::runtime_error("cannot read " + path + ": did interop_collect run?");
    return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<CapturedCase> readCases() {
    std::vector<CapturedCase> cases;
    std::istringstream table(contents(folder + "cases.tsv"));
    for (std::string line; std::getline(table, line);) {
        std::istringstream row(line);
        CapturedCase made;
        std::string seconds, metadata;
        for (std::string* field : {&made.name, &made.provider, &made.user, &made.acs, &seconds, &metadata})
            std::getline(row, *field, '\t');
        made.capturedAt = UtcTime::fromUnixSeconds(std::stoll(seconds));
        made.base64 = contents(folder + made.name + ".xml.b64");
        made.metadata = contents(folder + metadata);
        cases.push_back(std::move(made));
    }
    return cases;
}

} // namespace

saml::CapturedResponse CapturedCase::captured() const {
    saml::CapturedResponse response;
    response.base64 = Secret(std::string_view(base64));
    response.acs = acs;
    response.capturedAt = capturedAt;
    return response;
}

saml::TrustedProvider CapturedCase::trust() const {
    const auto entity = saml::parseMetadata(metadata, capturedAt);
    if (!entity) throw std::runtime_error(name + ": " + entity.error().chain());
    return {entity->entityId, entity->signingKeys};
}

const std::vector<CapturedCase>& capturedCases() {
    static const std::vector<CapturedCase> cases = readCases();
    return cases;
}

const CapturedCase& capturedCase(const std::string& name) {
    const auto& cases = capturedCases();
    const auto found = std::find_if(cases.begin(), cases.end(), [&](const CapturedCase& one) { return one.name == name; });
    if (found == cases.end()) throw std::runtime_error("no case " + name);
    return *found;
}

Person person(const std::string& user) {
    const auto people = nlohmann::json::parse(contents(GW_SOURCE_DIR "/tests/peers/people.json"));
    for (const auto& one : people.at("people")) {
        if (one.at("username") != user) continue;
        Person found;
        found.email = one.at("email");
        found.roles = one.at("roles").get<std::vector<std::string>>();
        found.sessionDuration = one.at("sessionDuration");
        for (const auto& [key, value] : one.at("tags").items()) found.tags.emplace_back(key, value.get<std::string>());
        found.transitiveTags = one.at("transitiveTags").get<std::vector<std::string>>();
        return found;
    }
    throw std::runtime_error("nobody is called " + user);
}

} // namespace gw::interop

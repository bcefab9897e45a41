// A dump. The first line is the name of its file, the rest the file; every principal of it is asked about every resource.
#include "models/estate/estate_reader.h"
#include "models/estate/inventory.h"
#include "models/estate/question.h"
#include "models/estate/saved_estate.h"
#include "tests/fuzz/property.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>

namespace {

using namespace gw;

void ask(const estate::Estate& estate, const estate::PrincipalItem& who, const std::string& resource) {
    const auto principal = policy::Principal::parse(who.arn);
    if (!principal) return;
    const auto question = estate::makeQuestion(estate, policy::Request{*principal, "execute-api:Invoke", resource, "", {}, {}});
    for (const auto& [layer, policy] : policy::layered(question.policies, false)) {
        const auto* document = estate.documentOf(*policy);
        fuzz::require(document != nullptr, "a policy comes from a document of the estate");
        const auto place = estate.placeOf(*policy, policy->document().statements().front().value);
        fuzz::require(place.has_value() == (document->source.file != nullptr), "what was read has a place");
    }
    const auto conclusion = estate::conclude(question, {true, UtcTime::fromUnixSeconds(1'795'500'000), nullptr});
    fuzz::require(question.gaps.size() >= conclusion.turning.size(), "only gaps can turn an answer");
    fuzz::require(conclusion.turning.empty() || conclusion.decision == policy::Decision::Depends, "what can turn is no answer");
}

std::string savedAgain(const std::string& saved) {
    estate::EstateReader reader;
    reader.addText("saved", saved);
    const auto estate = reader.finish();
    for (const Error& each : estate->problems())
        fuzz::require(!each.code().is(estate::EstateError::Malformed) || each.fact("file") != "saved", "what was saved can be read");
    return estate::saveEstate(*estate);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string input(reinterpret_cast<const char*>(data), size);
    const std::size_t line = std::min(input.find('\n'), input.size());
    estate::EstateReader reader;
    reader.addText("dumps/" + input.substr(0, line), line < input.size() ? input.substr(line + 1) : std::string());
    reader.addText("other.json", R"({"RoleDetailList":[{"RoleName":"r","Arn":"arn:aws:iam::111122223333:role/r"}]})");
    const auto estate = reader.finish();
    fuzz::require(estate->role("arn:aws:iam::111122223333:role/r") != nullptr, "one bad file takes nothing from the others");
    for (const Error& each : estate->problems()) fuzz::require(!each.fact("file").empty(), "a problem names its file");
    // Names of files that are no UTF-8 are changed once.
    const std::string saved = savedAgain(estate::saveEstate(*estate));
    fuzz::require(savedAgain(saved) == saved, "a saved estate is saved as it was");
    auto principals = estate::principalsOf(*estate);
    auto resources = estate::resourcesOf(*estate);
    principals.resize(std::min<std::size_t>(principals.size(), 8));
    resources.resize(std::min<std::size_t>(resources.size(), 4));
    for (const auto& each : principals) {
        for (const auto& resource : resources) ask(*estate, each, resource.arn);
        ask(*estate, each, "arn:aws:execute-api:eu-west-1:********3333:a1b2c3d4e5/prod/GET/x");
    }
    return 0;
}

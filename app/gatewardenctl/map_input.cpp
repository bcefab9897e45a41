#include "app/gatewardenctl/map_input.h"

#include "app/gatewardenctl/estate_input.h"
#include "app/gatewardenctl/files.h"
#include "app/gatewardenctl/output.h"
#include "app/gatewardenctl/saml_trust.h"
#include "models/mesh/toml/value.h"
#include "ui/errors_text.h"

#include <algorithm>

namespace gw::ctl {
namespace {

constexpr mesh::Target everyTarget[] = {mesh::Target::Iam, mesh::Target::ApiGateway, mesh::Target::Lattice,
                                            mesh::Target::Lambda, mesh::Target::Envoy, mesh::Target::Istio};

std::optional<std::vector<mesh::Target>> targetsOf(const Invocation& invocation) {
    if (!invocation.has("--target")) return std::vector<mesh::Target>(std::begin(everyTarget), std::end(everyTarget));
    std::vector<mesh::Target> targets;
    std::string_view names = invocation.value("--target");
    do {
        const std::size_t comma = std::min(names.find(','), names.size());
        const auto target = mesh::targetOf(names.substr(0, comma));
        if (!target || std::find(std::begin(everyTarget), std::end(everyTarget), *target) == std::end(everyTarget)) {
            complain("gatewardenctl: there is no target \"" + std::string(names.substr(0, comma)) + "\": " + std::string(targetOption.help));
            return std::nullopt;
        }
        if (std::find(targets.begin(), targets.end(), *target) == targets.end()) targets.push_back(*target);
        names.remove_prefix(std::min(comma + 1, names.size()));
    } while (!names.empty());
    return targets;
}

bool isFatal(const Error& problem) {
    const auto code = problem.code().as<mesh::MapError>();
    return !code || !mesh::isWarning(*code);
}

// With its path, text and reading alone; null where it cannot be read at all, which was told.
std::unique_ptr<MapInput> readMapFile(const std::string& path) {
    auto input = std::make_unique<MapInput>();
    input->path = path;
    if (!readOrComplain(path, mesh::toml::maxTomlBytes, input->text)) return nullptr;
    auto reading = mesh::readMap(input->text);
    if (!reading) {
        (void)refuse(Error(reading.error()).with("file", path));
        return nullptr;
    }
    input->reading = std::move(*reading);
    return input;
}

} // namespace

std::unique_ptr<MapInput> readMapInput(const Invocation& invocation) {
    auto targets = targetsOf(invocation);
    const auto now = timeFromOptions(invocation);
    if (!targets || !now) return nullptr;
    auto input = readMapFile(invocation.arguments.front());
    if (input == nullptr) return nullptr;
    input->targets = std::move(*targets);
    if (!invocation.values("--estate").empty()) {
        EstateInput estate = readEstate(invocation.values("--estate"));
        if (estate.estate == nullptr) return nullptr;
        input->estate = std::move(estate.estate);
    }
    input->intent = mesh::resolve(input->reading.map, input->estate.get(), *now);
    return input;
}

std::unique_ptr<MapInput> readMapOver(const std::string& path, std::shared_ptr<const estate::Estate> estate, UtcTime now) {
    auto input = readMapFile(path);
    if (input == nullptr) return nullptr;
    input->estate = std::move(estate);
    input->intent = mesh::resolve(input->reading.map, input->estate.get(), now);
    return tellProblems(*input) ? std::move(input) : nullptr;
}

bool isUsable(const MapInput& input) {
    return std::none_of(input.reading.problems.begin(), input.reading.problems.end(), isFatal) &&
           std::none_of(input.intent.problems.begin(), input.intent.problems.end(), isFatal);
}

bool tellProblems(const MapInput& input) {
    for (const auto* problems : {&input.reading.problems, &input.intent.problems})
        for (const Error& problem : *problems) {
            const ui::ErrorText text = ui::explain(problem);
            complain(input.path + ":" + std::string(problem.fact("line")) + ":" + std::string(problem.fact("column")) + ": " +
                     (isFatal(problem) ? "" : "note: ") + text.title.toStdString() + ". " + text.why.toStdString());
        }
    return isUsable(input);
}

} // namespace gw::ctl

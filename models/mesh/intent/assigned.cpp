#include "models/mesh/intent/assigned.h"

#include "models/estate/estate_parts.h"
#include "models/estate/ways_in.h"

#include <memory>
#include <set>
#include <utility>

namespace gw::mesh {

estate::Estate withAssignments(const estate::Estate& estate, const Map& map, const Intent& intent, std::string file) {
    estate::EstateParts parts = estate::partsOf(estate);
    const estate::WaysIn ways(estate);
    const auto idOf = [&](const std::string& group) {
        const estate::DirectoryGroup* known = ways.group(group);
        return known == nullptr ? group : known->id;
    };
    std::set<std::pair<std::string, std::string>> told; // group, role
    for (const estate::Assignment& each : parts.assignments)
        if (!each.group.empty()) told.emplace(idOf(each.group), each.role);
    const auto source = std::make_shared<const estate::SourceFile>(estate::SourceFile{std::move(file), "map", std::nullopt});
    for (const Admission& each : intent.admissions) {
        if (each.effect != Effect::Allow || each.group.empty() || !told.emplace(idOf(each.group), each.role).second) continue;
        estate::Assignment made;
        made.group = idOf(each.group);
        made.role = each.role;
        if (each.kind == Admission::Kind::Saml) made.provider = each.principal;
        made.source.file = source;
        if (const Edge* edge = map.edge(each.edge)) made.source.position = {edge->place.line, edge->place.column};
        parts.assignments.push_back(std::move(made));
    }
    return estate::Estate(std::move(parts));
}

} // namespace gw::mesh

// One function for every service whose dumps are read. Each says whether the object was one of its dumps.
#pragma once

#include "models/estate/dump_file.h"
#include "models/estate/estate_parts.h"

namespace gw::estate {

struct PendingRoute {
    std::string method, path;
    Source source;
};

// What dumps of several calls tell of one API; put together at the end.
struct PendingApi {
    std::vector<PendingRoute> routes;
    std::vector<std::string> stages;
};

struct Reading {
    EstateParts& parts;
    std::map<std::string, PendingApi, std::less<>> apis; // by id
};

[[nodiscard]] bool readIamDump(const DumpFile& file, const Node& root, Reading& into);
[[nodiscard]] bool readOrganizationDump(const DumpFile& file, const Node& root, Reading& into);
[[nodiscard]] bool readGatewayDump(const DumpFile& file, const Node& root, Reading& into);
[[nodiscard]] bool readResourceDump(const DumpFile& file, const Node& root, Reading& into);

// Makes one of all that was read about the same ARN: what only one of them tells is kept, and where they differ the newest
// file counts, which is told as a problem.
void mergeSame(EstateParts& parts);
// APIs, resources and stages to routes.
void addRoutes(Reading& reading);

} // namespace gw::estate

// What readers share while an estate is put together, and the table of them (registry.cpp). A reader looks at the content
// first, at the name of the file where the content does not tell, and says whether this was one of its kinds.
#pragma once

#include "models/estate/estate_parts.h"
#include "models/estate/readers/dump_file.h"
#include "models/estate/readers/iam_parts.h"

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace gw::estate {

// What dumps of several calls tell of one API; put together at the end.
struct PendingApi {
    ResourceKind kind = ResourceKind::RestApi;
    std::string account, region;
    Source source;
    std::vector<Resource> parts; // routes, stages, authorizers, deployments; without ARN, account, region and parent
    std::map<std::string, Resource, std::less<>> integrations; // by "integrations/ID"
};

// What a dump tells of a resource that only its file's name identifies; put to it at the end.
struct PendingPart {
    std::string service, id, account, region;
    Resource part;
    std::optional<Error> unnamed; // where nobody knows the id
};

struct PendingSources; // sources/source_readers.h

struct Reading {
    EstateParts& parts;
    std::map<std::string, PendingApi, std::less<>> apis; // by id
    std::vector<PendingPart> waiting;
    PendingIam iam;
    // Reads one more file that was found inside another, as those of an archive; within the reader's limits.
    std::function<void(const std::string& path, std::string text, std::optional<UtcTime> modified)> addFile;
    std::shared_ptr<PendingSources> pending = nullptr; // what readers of other sources keep until the end
    // False: whoever asked for all this wants it no more. For readers to ask every few megabytes; never empty.
    std::function<bool()> goesOn = [] { return true; };
};

// A file as it came, before its JSON is parsed, if it has any.
struct RawFile {
    std::shared_ptr<SourceFile> file;
    std::string_view text;
};

// `root` is an object: the whole file, one of several answers that lie in it, or a part of a long list.
using JsonReader = bool (*)(const DumpFile& file, const Node& root, Reading& into);
using FileReader = bool (*)(const RawFile& file, Reading& into);
// Runs once, after the last file and before the same objects are merged.
using Finisher = void (*)(Reading& reading);

// In the order in which they are asked.
[[nodiscard]] std::span<const JsonReader> jsonReaders();
[[nodiscard]] std::span<const FileReader> fileReaders();
[[nodiscard]] std::span<const Finisher> finishers();
// Whether a file of a folder is looked at, by the end of its name.
[[nodiscard]] bool isReadable(std::string_view fileName);

[[nodiscard]] bool readIam(const DumpFile& file, const Node& root, Reading& into);
[[nodiscard]] bool readIamParts(const DumpFile& file, const Node& root, Reading& into);
[[nodiscard]] bool readOrganizations(const DumpFile& file, const Node& root, Reading& into);
[[nodiscard]] bool readApiGateway(const DumpFile& file, const Node& root, Reading& into);
[[nodiscard]] bool readApiGatewayV2(const DumpFile& file, const Node& root, Reading& into);
[[nodiscard]] bool readServices(const DumpFile& file, const Node& root, Reading& into);
[[nodiscard]] bool readResourcePolicies(const DumpFile& file, const Node& root, Reading& into);

// Makes one of all that was read about the same ARN: what only one of them tells is kept, and where they differ the newest
// file counts, which is told as a problem.
void mergeSame(EstateParts& parts);
// Finishers: APIs, resources and stages to routes; parts to the resources and IAM objects that they belong to.
void addRoutes(Reading& reading);
void attachPending(Reading& reading);
void attachIamParts(Reading& reading);

} // namespace gw::estate

#include "models/estate/readers/reading.h"

#include "models/estate/sources/file_form.h"
#include "models/estate/sources/source_readers.h"

namespace gw::estate {
namespace {

// Parts first: list-groups-for-user has "Groups" too. What names its own schema comes before what is told by its members.
constexpr JsonReader json[] = {readIamParts,     readIam,        readOrganizations, readScim,     readAppRoles,
                               readDeclaredJson, readEnvoy,      readApiGateway,   readApiGatewayV2, readServices, readResourcePolicies};

constexpr FileReader files[] = {readGzip,  readArchive,      readCloudTrail, readTableFile,
                                readLdif,  readSamlMessages, readYamlFile,   readUnknown};

constexpr Finisher last[] = {attachIamParts,     addRoutes,        attachPending,  finishEnvoy, finishDeclared,
                             finishSamlMessages, finishCloudTrail, finishDirectory};

} // namespace

std::span<const JsonReader> jsonReaders() {
    return json;
}

std::span<const FileReader> fileReaders() {
    return files;
}

std::span<const Finisher> finishers() {
    return last;
}

bool isReadable(std::string_view fileName) {
    return isReadInFolders(fileName);
}

} // namespace gw::estate

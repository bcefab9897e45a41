#include "models/estate/readers/reading.h"

#include "models/estate/sources/file_form.h"
#include "models/estate/sources/source_readers.h"

namespace gw::estate {
namespace {

constexpr JsonReader json[] = {readIam, readOrganizations, readApiGateway, readResourcePolicies, readScim, readAppRoles, readDeclaredJson};

constexpr FileReader files[] = {readGzip,  readArchive,      readCloudTrail, readTableFile,
                                readLdif,  readSamlMessages, readYamlFile,   readUnknown};

constexpr Finisher last[] = {finishDeclared, finishSamlMessages, finishCloudTrail, finishDirectory};

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

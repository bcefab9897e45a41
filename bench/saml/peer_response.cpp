// Writes one response for the peers: peer_response FOLDER ROLES. FOLDER/response.xml, with its assertion signed by RSA 2048,
// valid from now for an hour, FOLDER/provider.crt and FOLDER/provider.xml, the metadata.
#include "tests/support/saml_response_builder.h"

#include <chrono>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>

int main(int argc, char** argv) {
    using namespace gw;
    if (argc != 3) return 2;
    const UtcTime now = UtcTime::fromUnixSeconds(std::time(nullptr));
    const std::filesystem::path folder(argv[1]);
    std::filesystem::create_directories(folder);
    test::ResponseBuilder builder(now);
    builder.notOnOrAfter = builder.confirmationNotOnOrAfter = now + std::chrono::hours(1);
    builder.roles.clear();
    for (int i = 0; i < std::atoi(argv[2]); ++i)
        builder.roles.push_back(test::ResponseBuilder::role(std::to_string(111122223333 + i % 40), "team-production-readonly-" + std::to_string(i),
                                                            "organisation-single-sign-on"));
    const auto write = [&](const char* name, const std::string& text) {
        std::ofstream out(folder / name, std::ios::binary);
        out << text;
        return static_cast<bool>(out.flush());
    };
    const bool ok = write("response.xml", builder.xml()) && write("provider.crt", test::providerKey().certificatePem()) &&
                    write("provider.xml", test::metadataXml(builder.issuer, {test::providerKey().certificate}));
    return ok ? 0 : 1;
}

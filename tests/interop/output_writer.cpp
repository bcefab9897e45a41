// Lets the product's own code write what the tools of aws_cli_test.py then read. One fixed session, whose keys it is told.
//   output_writer profile CONFIG CREDENTIALS PROFILE HELPER REGION
//   output_writer credential-process KEY_ID SECRET TOKEN
//   output_writer environment SHELL KEY_ID SECRET TOKEN
#include "models/sessions/outputs/outputs.h"

#include <chrono>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

using namespace gw;

namespace {

int failed(const Error& error) {
    std::fprintf(stderr, "%s\n", error.chain().c_str());
    return 1;
}

int print(const Secret& text) {
    std::fwrite(text.reveal().data(), 1, text.size(), stdout);
    return 0;
}

UtcTime inAnHour() {
    return UtcTime(std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()) + std::chrono::hours(1));
}

sessions::Session session() {
    sessions::Session made;
    made.id = sessions::SessionId("0123456789ab");
    made.region = aws::Region("eu-central-1");
    made.started = inAnHour() - std::chrono::hours(1);
    made.expiration = inAnHour();
    return made;
}

cloud::Credentials credentials(const std::vector<std::string>& keys) {
    return {keys[0], Secret(std::string_view(keys[1])), Secret(std::string_view(keys[2])), inAnHour()};
}

int writeProfile(const std::vector<std::string>& arguments) {
    const sessions::SharedFiles files{arguments[0], arguments[1]};
    sessions::ProfileEntry entry;
    entry.name = sessions::ProfileName(arguments[2]);
    entry.credentialProcess = sessions::credentialProcessLine(arguments[3], entry.name, true);
    entry.region = arguments[4];
    entry.marker = session().id;
    const auto preview = sessions::previewProfile(files, entry);
    if (!preview) return failed(preview.error());
    if (const auto written = sessions::addProfile(files, *preview); !written) return failed(written.error());
    return 0;
}

} // namespace

int main(int count, char** values) {
    const std::vector<std::string> all(values + 1, values + count);
    const std::vector<std::string> rest(all.empty() ? all.begin() : all.begin() + 1, all.end());
    const std::string_view what = all.empty() ? std::string_view() : all[0];
    if (what == "profile" && rest.size() == 5) return writeProfile(rest);
    if (what == "credential-process" && rest.size() == 3) return print(sessions::credentialProcessJson(session(), credentials(rest)));
    if (what == "environment" && rest.size() == 4) {
        if (const auto shell = sessions::parseShell(rest[0]))
            return print(sessions::environment(session(), credentials({rest.begin() + 1, rest.end()}), *shell));
    }
    std::fputs("output_writer: see its first lines\n", stderr);
    return 2;
}

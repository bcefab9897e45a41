// Reads texts from standard input, each as "LENGTH\n" and its bytes, and prints one JSON line each: what our parser makes
// of it and what a preview would write. For aws_config_check.py.
#include "models/sessions/outputs/aws_config.h"
#include "models/sessions/outputs/outputs.h"
#include "saml/base/base64.h"
#include "saml/base/json.h"

#include <iostream>
#include <string>

int main() {
    using namespace gw;
    using namespace gw::sessions;
    std::string head;
    while (std::getline(std::cin, head)) {
        std::string bytes(std::stoul(head), '\0');
        std::cin.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        Json answer;
        const auto text = parseConfigText(bytes);
        answer["readable"] = text.has_value();
        answer["sections"] = Json::array();
        if (text) {
            for (const ConfigSection& section : text->sections) {
                Json keys = Json::array();
                for (const ConfigKey& key : section.keys) keys.push_back(key.name);
                answer["sections"].push_back({{"header", std::string(section.header)}, {"keys", keys}});
            }
        } else {
            answer["reason"] = std::string(text.error().fact("reason"));
        }
        const ProfileEntry entry{ProfileName("dev"), "/usr/bin/helper --profile dev", "eu-west-1", "", SessionId("0123456789ab")};
        const auto preview = previewProfile(bytes, "", entry, true);
        answer["after"] = preview ? Json(encodeBase64(preview->after)) : Json();
        const auto without = withoutProfile(preview ? preview->after : bytes, entry.name);
        answer["without"] = without ? Json(encodeBase64(*without)) : Json();
        std::cout << answer.dump() << std::endl;
    }
}

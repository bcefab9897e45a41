// Writes lines for `gatewardenctl saml verify-batch`: batch_lines COUNT ROLES [bad] > FILE. Every line is signed anew over
// its own content by one of three providers, so that a batch looks like a day of sign-ins. With "bad" every tenth line is
// broken in one of the ways that people break them.
#include "saml/base/json.h"
#include "tests/support/saml_response_builder.h"

#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

int main(int argc, char** argv) {
    using namespace gw;
    const int count = argc > 1 ? std::atoi(argv[1]) : 1000;
    const int roles = argc > 2 ? std::atoi(argv[2]) : 24;
    const bool bad = argc > 3;
    const UtcTime now = UtcTime::fromUnixSeconds(1'795'521'600);
    std::vector<saml::SigningKey> keys;
    for (int i = 0; i < 3; ++i) {
        auto key = saml::SigningKey::generateRsa(2048, "Provider " + std::to_string(i), now, 3650);
        if (!key) return 1;
        keys.push_back(std::move(*key));
    }
    for (int i = 0; i < count; ++i) {
        test::ResponseBuilder builder(now);
        builder.responseId = "_r" + std::to_string(i);
        builder.assertionId = "_a" + std::to_string(i);
        builder.nameId = "person" + std::to_string(i) + "@example.org";
        builder.roles.clear();
        for (int k = 0; k < roles; ++k) builder.roles.push_back(test::ResponseBuilder::role("111122223333", "role-with-a-usual-name-" + std::to_string(k), "company-idp"));
        const saml::SigningKey& key = keys[static_cast<std::size_t>(i) % keys.size()];
        Json line;
        line["id"] = "line-" + std::to_string(i);
        line["response"] = builder.base64(key);
        line["certificates"] = {key.certificatePem()};
        line["at"] = now.toRfc3339();
        std::string text = line.dump();
        if (bad && i % 10 == 9) {
            switch (i / 10 % 5) {
            case 0:
                text = "{\"id\":\"line-" + std::to_string(i) + "\",";
                break;
            case 1:
                line["colour"] = "blue";
                text = line.dump();
                break;
            case 2:
                line.erase("certificates");
                text = line.dump();
                break;
            case 3:
                line["certificates"] = {"not a certificate"};
                text = line.dump();
                break;
            default:
                text.clear();
            }
        }
        std::puts(text.c_str());
    }
    return 0;
}

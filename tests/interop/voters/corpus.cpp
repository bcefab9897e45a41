// Writes responses, good and bad, with this program's verdict on each, for others to vote on.
//
//     saml_corpus FOLDER COUNT SEED
//
// NAME.xml, NAME.crt and a line "NAME kind verdict method nameid" in cases.tsv; verdict is "accepted" or an error's code.
#include "saml/protocol/assertion_verifier.h"
#include "tests/support/saml_mutator.h"
#include "tests/support/saml_shapes.h"

#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <string>

namespace {

using namespace gw;

class Corpus {
public:
    Corpus(std::filesystem::path folder, UtcTime now) : folder_(std::move(folder)), now_(now) {
        std::filesystem::create_directories(folder_);
        cases_.open(folder_ / "cases.tsv", std::ios::binary);
    }

    void add(const std::string& name, const std::string& kind, const std::string& xml, const saml::SigningKey& key, const std::string& method) {
        saml::TrustedProvider trust{"", {key.certificate}};
        const auto verdict = saml::AssertionVerifier().verify(test::capture(xml, now_), trust, now_, nullptr);
        std::ofstream(folder_ / (name + ".xml"), std::ios::binary) << xml;
        std::ofstream(folder_ / (name + ".crt"), std::ios::binary) << key.certificatePem();
        cases_ << name << '\t' << kind << '\t' << (verdict ? "accepted" : verdict.error().code().id()) << '\t' << method << '\t'
               << (verdict ? verdict->nameId().value : std::string()) << '\n';
    }

    [[nodiscard]] bool finish() {
        cases_.flush();
        return static_cast<bool>(cases_);
    }

private:
    std::filesystem::path folder_;
    UtcTime now_;
    std::ofstream cases_;
};

} // namespace

int main(int argc, char** argv) {
    if (argc != 4) {
        std::fprintf(stderr, "saml_corpus FOLDER COUNT SEED\n");
        return 2;
    }
    const UtcTime now = UtcTime::fromUnixSeconds(std::time(nullptr));
    const auto count = static_cast<std::uint32_t>(std::strtoul(argv[2], nullptr, 10));
    const auto seed = static_cast<std::uint32_t>(std::strtoul(argv[3], nullptr, 10));
    Corpus corpus(argv[1], now);
    for (std::uint32_t i = 0; i < count; ++i) {
        const test::Shape shape = test::makeShape(seed + i, now);
        corpus.add("valid-" + std::to_string(i), shape.common ? "valid" : "valid-special", shape.xml,
                   test::shapeKeys()[shape.key], shape.method);
    }
    // Changed ones: those that are still accepted are what the voters are asked about; the rest shows that they see a
    // difference at all.
    test::Mutator mutator(seed);
    for (const test::Sign sign : {test::Sign::Assertion, test::Sign::Response, test::Sign::Both}) {
        test::ResponseBuilder builder(now);
        builder.sign = sign;
        const std::string original = builder.xml();
        builder.nameId = "bob@example.org";
        builder.assertionId = "_assert2";
        const std::string other = builder.xml();
        for (std::uint32_t i = 0; i < count; ++i) {
            const std::string name = "mutant-" + std::to_string(static_cast<int>(sign)) + "-" + std::to_string(i);
            corpus.add(name, "mutant", mutator.mutate(original, other, &test::strangerKey()), test::providerKey(),
                       "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256");
        }
    }
    return corpus.finish() ? 0 : 1;
}

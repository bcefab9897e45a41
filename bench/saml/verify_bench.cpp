// Verifying one signed response, beside the least that anybody could do with the same octets: parse, canonicalize twice,
// SHA-256, one RSA verification ("limit"). "direct" and "xmlsec" read, gate and verify with one verifier; "both" is
// everything: base64, both verifiers, all rules, AWS's claims. Run with --benchmark_repetitions=5 and compare medians of one
// run; "p99" is in microseconds of wall time.
#include "saml/aws/claims.h"
#include "saml/base/base64.h"
#include "saml/dsig/direct_verifier.h"
#include "saml/dsig/xmlsec_verifier.h"
#include "saml/protocol/assertion_verifier.h"
#include "saml/protocol/response_structure.h"
#include "saml/xml/namespaces.h"
#include "tests/support/saml_response_builder.h"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include <libxml/c14n.h>
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

namespace {

using namespace gw;

const UtcTime now = UtcTime::fromUnixSeconds(1'795'521'600);

test::ResponseBuilder responseWithRoles(std::int64_t count) {
    test::ResponseBuilder builder(now);
    builder.roles.clear();
    for (std::int64_t i = 0; i < count; ++i)
        builder.roles.push_back(test::ResponseBuilder::role(std::to_string(111122223333 + i % 40),
                                                            "team-production-readonly-" + std::to_string(i),
                                                            "organisation-single-sign-on"));
    return builder;
}

// The time of each iteration, for the slowest hundredth.
class Laps {
public:
    explicit Laps(benchmark::State& state) : state_(state) { laps_.reserve(100'000); }
    ~Laps() {
        if (laps_.empty()) return;
        const auto at = laps_.begin() + static_cast<std::ptrdiff_t>(laps_.size() * 99 / 100);
        std::nth_element(laps_.begin(), at, laps_.end());
        state_.counters["p99"] = *at;
    }
    Laps(const Laps&) = delete;
    Laps& operator=(const Laps&) = delete;
    void begin() { start_ = std::chrono::steady_clock::now(); }
    void end() { laps_.push_back(std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - start_).count()); }

private:
    benchmark::State& state_;
    std::chrono::steady_clock::time_point start_;
    std::vector<double> laps_;
};

struct Limit {
    xmlDoc* document = nullptr;

    static xmlNode* find(xmlNode* from, const char* name) {
        for (xmlNode* at = from; at != nullptr; at = at->next) {
            if (at->type != XML_ELEMENT_NODE) continue;
            if (xmlStrEqual(at->name, BAD_CAST name) != 0) return at;
            if (xmlNode* found = find(at->children, name)) return found;
        }
        return nullptr;
    }
    static int below(void* top, xmlNode* node, xmlNode* parent) {
        for (xmlNode* at = node->type == XML_NAMESPACE_DECL ? parent : node; at != nullptr; at = at->parent)
            if (at == top) return 1;
        return 0;
    }
    static std::string canonical(xmlDoc* document, xmlNode* top) {
        xmlOutputBuffer* out = xmlAllocOutputBuffer(nullptr);
        xmlC14NExecute(document, below, top, XML_C14N_EXCLUSIVE_1_0, nullptr, 0, out);
        std::string text(reinterpret_cast<const char*>(xmlOutputBufferGetContent(out)), xmlOutputBufferGetSize(out));
        xmlOutputBufferClose(out);
        return text;
    }
};

void limit(benchmark::State& state) {
    const std::string xml = responseWithRoles(state.range(0)).xml();
    const std::string& der = test::providerKey().certificate.publicKeyDer();
    const auto* at = reinterpret_cast<const unsigned char*>(der.data());
    EVP_PKEY* key = d2i_PUBKEY(nullptr, &at, static_cast<long>(der.size()));
    Laps laps(state);
    for (auto _ : state) {
        laps.begin();
        xmlDoc* document = xmlReadMemory(xml.data(), static_cast<int>(xml.size()), nullptr, nullptr, XML_PARSE_NONET);
        xmlNode* root = xmlDocGetRootElement(document);
        xmlNode* signature = Limit::find(root, "Signature");
        xmlChar* value = xmlNodeGetContent(Limit::find(signature->children, "SignatureValue"));
        const std::string info = Limit::canonical(document, Limit::find(signature->children, "SignedInfo"));
        xmlNode* assertion = signature->parent;
        xmlUnlinkNode(signature);
        xmlFreeNode(signature);
        const std::string octets = Limit::canonical(document, assertion);
        unsigned char digest[EVP_MAX_MD_SIZE];
        EVP_Digest(octets.data(), octets.size(), digest, nullptr, EVP_sha256(), nullptr);
        const auto bytes = decodeBase64(reinterpret_cast<const char*>(value), 4096);
        xmlFree(value);
        EVP_MD_CTX* context = EVP_MD_CTX_new();
        EVP_DigestVerifyInit(context, nullptr, EVP_sha256(), nullptr, key);
        if (EVP_DigestVerify(context, reinterpret_cast<const unsigned char*>(bytes->data()), bytes->size(),
                             reinterpret_cast<const unsigned char*>(info.data()), info.size()) != 1)
            state.SkipWithError("signature does not hold");
        EVP_MD_CTX_free(context);
        xmlFreeDoc(document);
        laps.end();
    }
    EVP_PKEY_free(key);
    state.counters["bytes"] = static_cast<double>(xml.size());
}

void read(benchmark::State& state) {
    const std::string xml = responseWithRoles(state.range(0)).xml();
    for (auto _ : state) benchmark::DoNotOptimize(xml::Document::parse(xml, xml::ReadRules::response()));
}

xml::Element signatureIn(const xml::Document& document) {
    for (xml::Element at = document.root(); at; at = following(at, document.root()))
        if (at.is(xml::ns::signature, "Signature")) return at;
    return {};
}

void readAndVerify(benchmark::State& state, const saml::SignatureVerifier& verifier) {
    const std::string xml = responseWithRoles(state.range(0)).xml();
    const saml::Certificate& key = test::providerKey().certificate;
    Laps laps(state);
    for (auto _ : state) {
        laps.begin();
        const auto document = xml::Document::parse(xml, xml::ReadRules::response());
        const auto parts = saml::locateResponse(document->root());
        const auto profile = saml::readSignatureProfile(signatureIn(*document));
        if (!parts || !verifier.verify(*document, *profile, key, saml::AlgorithmPolicy::Default))
            state.SkipWithError("signature does not hold");
        laps.end();
    }
}

void direct(benchmark::State& state) {
    readAndVerify(state, saml::DirectVerifier());
}

void xmlsec(benchmark::State& state) {
    readAndVerify(state, saml::XmlsecVerifier());
}

void both(benchmark::State& state) {
    const test::ResponseBuilder builder = responseWithRoles(state.range(0));
    const auto captured = builder.captured();
    const auto trust = builder.trust();
    const saml::AssertionVerifier verifier;
    Laps laps(state);
    for (auto _ : state) {
        laps.begin();
        const auto verified = verifier.verify(captured, trust, now, nullptr);
        if (!verified) state.SkipWithError(verified.error().chain().c_str());
        if (verified) benchmark::DoNotOptimize(aws::readClaims(*verified));
        laps.end();
    }
}

BENCHMARK(limit)->Arg(36)->Arg(300)->Arg(550)->Unit(benchmark::kMicrosecond);
BENCHMARK(read)->Arg(36)->Arg(300)->Unit(benchmark::kMicrosecond);
BENCHMARK(direct)->Arg(36)->Arg(300)->Unit(benchmark::kMicrosecond);
BENCHMARK(xmlsec)->Arg(36)->Arg(300)->Unit(benchmark::kMicrosecond);
BENCHMARK(both)->Arg(36)->Arg(300)->Arg(550)->Unit(benchmark::kMicrosecond);

} // namespace

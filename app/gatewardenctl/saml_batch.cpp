#include "app/gatewardenctl/batch_line.h"
#include "app/gatewardenctl/line_stream.h"
#include "app/gatewardenctl/output.h"
#include "app/gatewardenctl/replay_file.h"
#include "app/gatewardenctl/saml_commands.h"
#include "app/gatewardenctl/saml_text.h"
#include "app/gatewardenctl/saml_trust.h"
#include "saml/base/base64.h"
#include "saml/base/clock.h"
#include "saml/inspect/inspect_rules.h"

namespace gw::ctl {
namespace {

namespace rules = inspect::rules;

std::string shortened(std::string text) {
    if (text.size() > 100) text.resize(100);
    return text;
}

class Batch {
public:
    Batch(const Invocation& invocation, saml::ReplayCache* replay) : text_(invocation.value("--format") == "text"), replay_(replay) {
        if (invocation.has("--at")) at_ = UtcTime::parse(invocation.value("--at")).value_or(UtcTime());
        if (invocation.has("--policy")) policy_ = policyOf(invocation.value("--policy")).value_or(saml::AlgorithmPolicy::Default);
    }

    void answer(std::string_view raw, bool tooLong) {
        BatchLine line = readBatchLine(raw);
        if (tooLong) line.problem = refusal(rules::lineTooLong, {{"expected", std::to_string(maxLine)}});
        const Verdict verdict = line.problem ? std::move(*line.problem) : verify(line);
        anyRejected_ = anyRejected_ || !verdict.accepted;
        if (text_) {
            out_.text() += verdictLine(line.id, verdict);
        } else {
            writeVerdict(out_, line.id, verdict);
            out_.endLine();
        }
        if (out_.text().size() >= flushAt) (void)flush();
    }

    // False from the first time on that nothing could be written.
    [[nodiscard]] bool flush() {
        printed_ = printed_ && print(out_.text());
        out_.text().clear();
        return printed_;
    }
    [[nodiscard]] bool anyRejected() const { return anyRejected_; }

private:
    Verdict verify(BatchLine& line) {
        if (line.response.has_value() == line.xml.has_value()) return refusal(rules::missingResponse);
        if (line.certificates.empty() && !line.metadata) return refusal(rules::missingCertificate);
        saml::VerifierSettings settings;
        UtcTime now = at_.value_or(SystemClock().now());
        if (line.at) {
            const auto time = UtcTime::parse(*line.at);
            if (!time) return refusal(rules::badJsonValue, {{"seen", "at: " + shortened(*line.at)}});
            now = *time;
        }
        settings.policy = policy_;
        if (line.policy) {
            const auto policy = policyOf(*line.policy);
            if (!policy) return refusal(rules::badJsonValue, {{"seen", "policy: " + shortened(*line.policy)}});
            settings.policy = *policy;
        }
        for (const std::string& rule : line.skip)
            if (!settings.skip.add(rule)) return refusal(rules::badJsonValue, {{"seen", "skip: " + shortened(rule)}});
        if (line.acs && !line.acs->empty()) setAcs(settings, std::move(*line.acs));
        if (line.audience && !line.audience->empty()) settings.audiences = std::move(*line.audience);
        for (const Secret& pem : line.decryptKeys) {
            auto key = saml::DecryptionKey::fromPem(pem.reveal());
            if (!key) return refusal(rules::badDecryptionKey);
            settings.decryptionKeys.push_back(std::move(*key));
        }

        saml::CapturedResponse captured;
        captured.base64 = line.xml ? Secret(encodeBase64(line.xml->reveal())) : std::move(*line.response);
        captured.capturedAt = now;
        captured.source = saml::CaptureSource::Pasted;
        saml::TrustedProvider provider;
        if (auto refused = trust(line, captured, now, provider)) return std::move(*refused);
        return verdictOf(saml::AssertionVerifier(std::move(settings)).examine(captured, provider, now, replay_));
    }

    std::optional<Verdict> trust(const BatchLine& line, const saml::CapturedResponse& captured, UtcTime now, saml::TrustedProvider& provider) {
        if (line.metadata) {
            auto entity = cache_.metadata(*line.metadata, now, {});
            if (!entity && entity.error().code().is(saml::MetadataError::SeveralIdentityProviders))
                entity = cache_.metadata(*line.metadata, now, claimedIssuerOf(captured));
            if (!entity) return refusal(rules::badMetadata, {{"seen", entity.error().code().id()}});
            provider.entityId = entity->entityId;
            provider.signingKeys = std::move(entity->signingKeys);
        }
        for (const std::string& text : line.certificates) {
            const auto found = cache_.certificates(text);
            if (!found) return refusal(rules::badCertificate, {{"seen", found.error().code().id()}});
            provider.signingKeys.insert(provider.signingKeys.end(), found->begin(), found->end());
        }
        return std::nullopt;
    }

    bool text_;
    saml::ReplayCache* replay_;
    std::optional<UtcTime> at_;
    saml::AlgorithmPolicy policy_ = saml::AlgorithmPolicy::Default;
    TrustCache cache_;
    JsonWriter out_;
    bool anyRejected_ = false, printed_ = true;
};

} // namespace

int runVerifyBatch(const Invocation& invocation) {
    const auto now = timeFromOptions(invocation);
    if (!now) return usage;
    if (invocation.has("--policy") && !policyOf(invocation.value("--policy"))) {
        complain("gatewardenctl: --policy is strict, default or lenient");
        return usage;
    }
    ReplayFile replay;
    if (invocation.has("--replay-cache") && !replay.open(std::string(invocation.value("--replay-cache")), *now)) return usage;
    Batch batch(invocation, replay.cache());
    const Streamed streamed = streamLines(invocation.arguments[0], {[&](std::string_view line, bool tooLong) { batch.answer(line, tooLong); },
                                                                    [&] { return batch.flush(); }});
    if (!replay.save() || streamed != Streamed::Done) return usage;
    return batch.anyRejected() ? no : done;
}

} // namespace gw::ctl

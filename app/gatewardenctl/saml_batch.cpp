#include "app/gatewardenctl/batch_line.h"
#include "app/gatewardenctl/output.h"
#include "app/gatewardenctl/replay_file.h"
#include "app/gatewardenctl/saml_commands.h"
#include "app/gatewardenctl/saml_text.h"
#include "app/gatewardenctl/saml_trust.h"
#include "saml/base/base64.h"
#include "saml/base/clock.h"
#include "saml/inspect/inspect_rules.h"

#include <cerrno>

#include <fcntl.h>
#include <unistd.h>

namespace gw::ctl {
namespace {

namespace rules = inspect::rules;

constexpr std::size_t blockSize = std::size_t{256} << 10;
constexpr std::size_t maxLine = std::size_t{16} << 20;
// Of a longer line so much is looked at, for its id.
constexpr std::size_t keptOfLongLine = std::size_t{64} << 10;
constexpr std::size_t flushAt = std::size_t{128} << 10;

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
        if (raw.ends_with('\r')) raw.remove_suffix(1);
        BatchLine line = readBatchLine(raw);
        if (tooLong) line.problem = refusal(rules::lineTooLong, {{"expected", std::to_string(maxLine)}});
        const Verdict verdict = line.problem ? std::move(*line.problem) : verify(line);
        anyRejected_ = anyRejected_ || !verdict.accepted;
        if (text_) {
            out_.text() += verdictLine(line.id, verdict);
        } else {
            writeVerdict(out_, line.id, verdict);
            out_.text() += '\n';
        }
        fresh();
    }

    [[nodiscard]] bool full() const { return out_.text().size() >= flushAt; }
    [[nodiscard]] bool flush() {
        const bool printed = print(out_.text());
        out_.text().clear();
        return printed;
    }
    [[nodiscard]] bool anyRejected() const { return anyRejected_; }

private:
    // Lines are values of their own, so no comma between them.
    void fresh() {
        std::string kept = std::move(out_.text());
        out_ = JsonWriter();
        out_.text() = std::move(kept);
    }

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
    bool anyRejected_ = false;
};

// Cuts the input into lines; memory is bounded by the longest line that is looked at.
class Lines {
public:
    explicit Lines(Batch& batch) : batch_(batch) {}

    [[nodiscard]] bool feed(std::string_view block) {
        while (!block.empty()) {
            const std::size_t end = block.find('\n');
            const std::string_view part = block.substr(0, end);
            block.remove_prefix(end == std::string_view::npos ? block.size() : end + 1);
            if (end == std::string_view::npos) {
                keep(part);
                return true;
            }
            if (pending_.empty() && !tooLong_) {
                batch_.answer(part, false);
            } else {
                keep(part);
                batch_.answer(pending_, tooLong_);
                clear();
            }
            if (batch_.full() && !batch_.flush()) return false;
        }
        return true;
    }

    void finish() {
        if (!pending_.empty() || tooLong_) batch_.answer(pending_, tooLong_);
        clear();
    }

private:
    void keep(std::string_view part) {
        if (tooLong_) return;
        if (pending_.size() + part.size() > maxLine) {
            tooLong_ = true;
            pending_.append(part.substr(0, keptOfLongLine));
            std::string head = pending_.substr(0, keptOfLongLine);
            wipe(pending_.data(), pending_.size());
            pending_ = std::move(head);
            return;
        }
        pending_ += part;
    }

    void clear() {
        wipe(pending_.data(), pending_.size());
        pending_.clear();
        // The room of one long line is not kept for all the short ones.
        if (pending_.capacity() > (std::size_t{1} << 20)) pending_.shrink_to_fit();
        tooLong_ = false;
    }

    Batch& batch_;
    std::string pending_;
    bool tooLong_ = false;
};

} // namespace

int runVerifyBatch(const Invocation& invocation) {
    const auto now = timeFromOptions(invocation);
    if (!now) return usage;
    if (invocation.has("--policy") && !policyOf(invocation.value("--policy"))) {
        complain("gatewardenctl: --policy is strict, default or lenient");
        return usage;
    }
    const std::string& file = invocation.arguments[0];
    const int input = file == "-" ? STDIN_FILENO : open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (input < 0) {
        complain("gatewardenctl: " + file + " cannot be read");
        return usage;
    }
    ReplayFile replay;
    if (invocation.has("--replay-cache") && !replay.open(std::string(invocation.value("--replay-cache")), *now)) return usage;
    Batch batch(invocation, replay.cache());
    Lines lines(batch);
    std::string block(blockSize, '\0');
    bool printed = true;
    ssize_t got = 0;
    while (printed) {
        got = read(input, block.data(), block.size());
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) break;
        printed = lines.feed(std::string_view(block).substr(0, static_cast<std::size_t>(got))) && batch.flush();
    }
    if (got < 0) complain("gatewardenctl: " + file + " cannot be read to its end");
    if (printed && got == 0) lines.finish();
    wipe(block.data(), block.size());
    printed = batch.flush() && printed;
    if (input != STDIN_FILENO) close(input);
    if (!replay.save() || got < 0 || !printed) return usage;
    return batch.anyRejected() ? no : done;
}

} // namespace gw::ctl

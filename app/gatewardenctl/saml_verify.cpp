#include "app/gatewardenctl/files.h"
#include "app/gatewardenctl/output.h"
#include "app/gatewardenctl/replay_file.h"
#include "app/gatewardenctl/saml_commands.h"
#include "app/gatewardenctl/saml_text.h"
#include "app/gatewardenctl/saml_trust.h"
#include "app/gatewardenctl/saml_verdict.h"
#include "saml/base/base64.h"
#include "saml/inspect/inspect_input.h"
#include "ui/errors_text.h"

namespace gw::ctl {
namespace {

// The one response in a file, as it would have been captured. Nothing where there is none; a sentence says so.
std::optional<saml::CapturedResponse> captureFile(const std::string& file, UtcTime now) {
    std::string text;
    if (!readOrComplain(file, maxMessageFile, text)) return std::nullopt;
    const Secret input(std::move(text));
    auto found = inspect::findMessages(input.reveal());
    if (found) std::erase_if(*found, [](const inspect::FoundMessage& one) { return one.kind != inspect::MessageKind::Response; });
    const bool one = found && found->size() == 1;
    bool several = found && found->size() > 1;
    // As it was posted, where it was: then every check of the form value counts, too.
    if (!one || (!found->front().deflated && found->front().wrapping != inspect::Wrapping::Har)) {
        auto captured = saml::captureFromText(input.reveal(), now);
        if (captured) return std::move(*captured);
        // Two values of one field: servers take the first or the last.
        several = several || captured.error().code().is(saml::CaptureError::SeveralResponses);
    }
    if (several) {
        complain("gatewardenctl: " + file + " holds several SAML responses; see saml inspect");
        return std::nullopt;
    }
    if (!found) {
        complain("gatewardenctl: " + file + ": " + ui::explainBriefly(found.error()).toStdString());
        return std::nullopt;
    }
    if (!one) {
        complain("gatewardenctl: " + file + " holds no SAML response");
        return std::nullopt;
    }
    saml::CapturedResponse captured;
    captured.base64 = Secret(encodeBase64(found->front().xml.reveal()));
    captured.capturedAt = now;
    captured.source = saml::CaptureSource::Pasted;
    return captured;
}

} // namespace

int runVerify(const Invocation& invocation) {
    if (invocation.values("--metadata").empty() && invocation.values("--certificate").empty()) {
        complain("gatewardenctl: expected --metadata or --certificate; see gatewardenctl saml verify --help");
        return usage;
    }
    const auto now = timeFromOptions(invocation);
    if (!now) return usage;
    const auto captured = captureFile(invocation.arguments[0], *now);
    if (!captured) return usage;
    auto trust = trustFromOptions(invocation, claimedIssuerOf(*captured));
    if (!trust) return usage;

    ReplayFile replay;
    if (invocation.has("--replay-cache") && !replay.open(std::string(invocation.value("--replay-cache")), trust->now)) return usage;
    const Verdict verdict =
        verdictOf(saml::AssertionVerifier(std::move(trust->settings)).examine(*captured, trust->provider, trust->now, replay.cache()));
    if (!replay.save()) return usage;

    if (invocation.json()) {
        JsonWriter json;
        JsonWriter name;
        name.string(invocation.arguments[0]);
        writeVerdict(json, name.text(), verdict);
        if (!print(json.text() + "\n")) return usage;
    } else if (!print(verdictText(verdict))) {
        return usage;
    }
    return verdict.accepted ? done : no;
}

} // namespace gw::ctl

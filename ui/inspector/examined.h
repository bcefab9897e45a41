// One message, examined and made ready to be shown. Made on a worker; nothing in it changes afterwards, so the screen
// holds it as long as something of it is shown.
#pragma once

#include "models/sessions/providers/provider.h"
#include "saml/inspect/inspection.h"
#include "saml/inspect/metadata_report.h"
#include "saml/inspect/response_diff.h"
#include "ui/inspector/flow_source.h"
#include "ui/inspector/node_tree.h"
#include "ui/inspector/structure.h"

#include <memory>

namespace gw::ui {

// What is known about the input beside its octets.
struct InputOrigin {
    QString name;                                 // a file name, "Pasted", "Captured 14:02, Northwind"
    sessions::ProviderId provider;                // whose sign-in it was; empty where unknown
    std::string acs;                              // where it was posted to
    std::optional<UtcTime> captured;              // by this computer's clock
    quint64 capture = 0;                          // its number on the shelf; 0 for what did not come from there
    std::optional<std::string> requestId;         // of the AuthnRequest that asked for it
    std::optional<UtcTime> awsDate, awsSeenAt;
};

struct InspectRequest {
    std::shared_ptr<const Secret> input;
    InputOrigin origin;
    std::size_t message = 0;                      // of those in the input
    UtcTime now;
    std::optional<saml::TrustedProvider> trust;
    std::vector<saml::DecryptionKey> decryptionKeys;
    std::vector<Error> keyProblems;               // of keys that should be among them; told where one was needed
    std::vector<std::string> additionalAcs;
    std::optional<std::chrono::seconds> duration;
    saml::AlgorithmPolicy policy = saml::AlgorithmPolicy::Default;
    int columns = 100;
};

struct MessageSummary {
    inspect::MessageKind kind = inspect::MessageKind::Other;
    inspect::Wrapping wrapping = inspect::Wrapping::Xml;
    bool deflated = false;
    std::size_t octets = 0, base64Size = 0;
    std::string url;
};

// Owns the octets.
struct ExaminedDocument {
    std::optional<inspect::Inspection> response;
    std::optional<inspect::MetadataReport> metadata;
    inspect::SourceTree plain;                    // of anything but a response
    Shading shading;
    NodeOutline outline;

    [[nodiscard]] const inspect::SourceTree& tree() const { return response ? response->tree : plain; }
};

struct Examined {
    InputOrigin origin;
    std::vector<MessageSummary> messages;
    std::size_t chosen = 0;
    UtcTime at;
    std::shared_ptr<const ExaminedDocument> document;
    std::vector<StructureItem> structure;
    std::shared_ptr<const CodeSource> flow;
    std::vector<inspect::Range> places;           // of the findings, in their order; empty where the whole is meant

    [[nodiscard]] const MessageSummary& summary() const { return messages[chosen]; }
    [[nodiscard]] const inspect::Inspection* response() const { return document->response ? &*document->response : nullptr; }
    [[nodiscard]] const inspect::MetadataReport* metadata() const { return document->metadata ? &*document->metadata : nullptr; }
    [[nodiscard]] const inspect::SourceTree& tree() const { return document->tree(); }
    [[nodiscard]] const std::vector<saml::Finding>& findings() const;
    // The message's octets with their coverage.
    [[nodiscard]] SharedText text() const;
    [[nodiscard]] NodeDocument nodes() const;
    // The number of the row that an octet stands in, as the gutter counts them.
    [[nodiscard]] int lineOf(std::uint32_t offset) const;
};

using ExaminedPtr = std::shared_ptr<const Examined>;

// Errors: InputError. Blocks for as long as the examination takes.
[[nodiscard]] Result<ExaminedPtr> examine(const InspectRequest& request);

} // namespace gw::ui

#include "ui/inspector/examined.h"

#include "saml/aws/endpoints.h"
#include "saml/protocol/rules.h"

#include <unordered_set>

namespace gw::ui {

namespace {

// Findings name their place by path and line; the first element of a path stands in where no line agrees.
std::vector<inspect::Range> placesOf(const std::vector<saml::Finding>& findings, const inspect::SourceTree& tree) {
    std::vector<inspect::Range> places(findings.size());
    std::unordered_set<std::string_view> names;
    for (const auto& finding : findings) names.insert(std::string_view(finding.where).substr(finding.where.rfind('/') + 1));
    std::vector<bool> exact(findings.size());
    for (inspect::NodeIndex node = 0; node < tree.nodes().size(); ++node) {
        if (tree.node(node).kind != inspect::NodeKind::Element || !names.contains(tree.localName(node))) continue;
        const std::string path = tree.path(node);
        for (std::size_t i = 0; i < findings.size(); ++i) {
            if (exact[i] || findings[i].where != path) continue;
            exact[i] = findings[i].line == tree.lineOf(node);
            if (exact[i] || places[i].empty()) places[i] = tree.node(node).whole;
        }
    }
    return places;
}

// That a rejection for want of a key may be for want of these.
void nameUnreadKeys(std::vector<saml::Finding>& findings, const std::vector<Error>& problems) {
    std::string paths;
    for (const Error& problem : problems) paths.append(paths.empty() ? "" : ", ").append(problem.fact("path"));
    if (paths.empty()) return;
    for (saml::Finding& finding : findings)
        for (const auto code : {saml::VerifyError::EncryptedAssertion, saml::VerifyError::DecryptionFailed})
            if (finding.rule == &saml::ruleOf(code)) finding.facts.push_back({"unread", paths});
}

} // namespace

SharedText Examined::text() const {
    return {document, tree().text(), std::shared_ptr<const Shading>(document, &document->shading)};
}

const std::vector<saml::Finding>& Examined::findings() const {
    static const std::vector<saml::Finding> none;
    return response() != nullptr ? response()->findings : metadata() != nullptr ? metadata()->findings : none;
}

NodeDocument Examined::nodes() const { return {document, &tree(), &document->outline, &document->shading}; }

int Examined::lineOf(std::uint32_t offset) const {
    int row = flow->rowOf(offset);
    // A continuation belongs to the row that has the number.
    while (row > 0 && flow->row(row).number.isEmpty()) --row;
    return flow->row(row).number.toInt();
}

Result<ExaminedPtr> examine(const InspectRequest& request) {
    GW_TRY(auto found, inspect::findMessages(request.input->reveal()));
    auto examined = std::make_shared<Examined>();
    for (const auto& message : found)
        examined->messages.push_back(
            {message.kind, message.wrapping, message.deflated, message.xml.size(), message.base64Size, message.url});
    examined->chosen = std::min(request.message, found.size() - 1);
    examined->origin = request.origin;
    examined->at = request.now;

    inspect::FoundMessage message = std::move(found[examined->chosen]);
    if (message.url.empty()) message.url = request.origin.acs;
    if (!message.captured) message.captured = request.origin.captured;
    auto document = std::make_shared<ExaminedDocument>();
    if (message.kind == inspect::MessageKind::Response) {
        inspect::InspectOptions options;
        options.now = request.now;
        options.trust = request.trust;
        options.awsDate = request.origin.awsDate;
        options.awsSeenAt = request.origin.awsSeenAt;
        options.requestId = request.origin.requestId;
        options.requestedDuration = request.duration;
        options.settings.policy = request.policy;
        options.settings.decryptionKeys = request.decryptionKeys;
        const aws::AcsMatcher acs(request.additionalAcs);
        options.settings.acceptsAcs = [&acs](std::string_view url) { return acs.matches(url); };
        document->response = inspect::inspect(std::move(message), options);
        nameUnreadKeys(document->response->findings, request.keyProblems);
        document->shading = Shading::of(*document->response);
    } else {
        const std::string_view xml = message.xml.reveal();
        if (message.kind == inspect::MessageKind::Metadata) document->metadata = inspect::reportMetadata(xml, request.now);
        document->plain = inspect::SourceTree::read(std::string(xml));
    }
    document->outline = NodeOutline::of(document->tree());
    examined->document = document;
    examined->structure = structureOf(document->tree(), document->shading);
    examined->places = placesOf(examined->findings(), examined->tree());
    FlowRules rules;
    rules.columns = request.columns;
    examined->flow = std::make_shared<FlowSource>(examined->text(), std::move(rules));
    return examined;
}

} // namespace gw::ui

#include "app/gatewardenctl/map_words.h"

#include "app/gatewardenctl/output.h"

#include <array>

namespace gw::ctl {

std::vector<std::string> edgeNames(const std::vector<mesh::EdgeId>& edges) {
    std::vector<std::string> names;
    for (const mesh::EdgeId& edge : edges) names.push_back(edge.value());
    return names;
}

std::string_view lossReason(const mesh::Loss& loss) {
    static constexpr auto reasons = std::to_array<std::pair<std::string_view, std::string_view>>(
        {{"path-template", "its wildcard crosses slashes, so that deeper paths would match, too"},
         {"path", "it does not look at paths here"},
         {"stage", "a wildcard for the stage would reach into methods and paths: name the stage"},
         {"method", "it does not look at methods here"},
         {"mfa", "it does not know whether the caller used a second factor"},
         {"source-ip", "it does not know where the call comes from"},
         {"source-vpc", "it does not know which VPC the call comes from"},
         {"header", "it does not look at headers"},
         {"query", "it does not look at queries"},
         {"jwt", "it does not read tokens"},
         {"key", "it does not have this key of IAM"},
         {"time", "it does not look at the time"},
         {"expires", "it does not end by itself"},
         {"caller", "it has no policy that could name this caller"},
         {"who", "whoever takes the role has it, whichever edge lets them take it: a role for each would tell them apart"},
         {"no-identity", "the caller has no identity that it knows"},
         {"deny", "it has no denials"},
         {"audience", "without the provider's audiences any token of the provider would do"},
         {"quota", "it has no room for more"},
         {"leave-out", "the map leaves it out"}});
    for (const auto& [what, why] : reasons)
        if (what == loss.what) return why;
    return "it cannot be expressed there";
}

void writeLoss(JsonWriter& json, const mesh::Loss& loss) {
    json.beginObject().member("target", mesh::targetName(loss.target)).member("edge", loss.edge.value()).member("what", loss.what);
    json.member("why", lossReason(loss)).memberOrNull("seen", loss.seen).key("accepted").boolean(loss.accepted).endObject();
}

void writeEscalation(JsonWriter& json, const mesh::MapEscalation& escalation) {
    json.beginObject().member("from", escalation.from).member("way", escalation.way).memberOrNull("to", escalation.to);
    json.memberOrNull("through", escalation.through).member("gains", edgeNames(escalation.gains)).member("around", edgeNames(escalation.around)).endObject();
}

std::string lossWords(std::span<const mesh::Loss> losses) {
    std::vector<std::vector<std::string>> rows{{"EDGE", "TARGET", "CANNOT HOLD", "BECAUSE", ""}};
    bool refused = false;
    for (const mesh::Loss& loss : losses) {
        rows.push_back({loss.edge.value(), std::string(mesh::targetName(loss.target)), loss.what + (loss.seen.empty() ? "" : " " + loss.seen),
                        std::string(lossReason(loss)), loss.accepted ? "accepted" : "refused"});
        refused = refused || !loss.accepted;
    }
    std::string text = columns(rows);
    if (refused)
        text += "\nWhat is refused is not compiled. To take it without that, or to leave it out, write in the edge:\n"
                "  accept = [\"TARGET: WHAT\"]   or   accept = [\"TARGET: leave-out\"]\n";
    return text;
}

} // namespace gw::ctl

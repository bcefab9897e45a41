#include "models/estate/review/fixes.h"

#include "models/estate/review/look.h"
#include "models/policy/arn_pattern.h"
#include "models/policy/operator.h"
#include "saml/aws/endpoints.h"
#include "saml/base/ascii.h"
#include "saml/base/json.h"

#include <algorithm>
#include <numeric>

namespace gw::estate::review {
namespace {

std::string token(std::string_view name) {
    std::string out;
    for (const char each : name) out += each == '~' ? "~0" : each == '/' ? "~1" : std::string(1, each);
    return out;
}

std::string parentOf(const std::string& pointer) {
    return pointer.substr(0, pointer.rfind('/'));
}

std::string lastOf(const std::string& pointer) {
    return pointer.substr(pointer.rfind('/') + 1);
}

// A patch in the making; what it did is seen by what follows.
class Patch {
public:
    explicit Patch(const std::string& text) {
        auto source = policy::Document::readSource(text);
        if (!source) return;
        auto json = parseJson(source->text());
        if (json) root_ = std::move(*json);
    }

    [[nodiscard]] const Json* at(const std::string& pointer) const {
        if (root_.is_null()) return nullptr;
        const Json::json_pointer way(pointer);
        return root_.contains(way) ? &root_.at(way) : nullptr;
    }

    void add(const std::string& path, Json value) { put({{"op", "add"}, {"path", path}, {"value", std::move(value)}}); }
    void replace(const std::string& path, Json value) { put({{"op", "replace"}, {"path", path}, {"value", std::move(value)}}); }
    void remove(const std::string& path) { put({{"op", "remove"}, {"path", path}}); }

    void condition(const std::string& statement, const std::string& op, const std::string& key, Json values) {
        const Json* conditions = at(statement + "/Condition");
        if (conditions == nullptr || !conditions->is_object())
            return add(statement + "/Condition", Json{{op, Json{{key, std::move(values)}}}});
        if (!conditions->contains(op)) return add(statement + "/Condition/" + token(op), Json{{key, std::move(values)}});
        add(statement + "/Condition/" + token(op) + "/" + token(key), std::move(values));
    }

    void action(const std::string& statement, const std::string& action) {
        const Json* actions = at(statement + "/Action");
        if (actions == nullptr) return give();
        if (actions->is_array()) return add(statement + "/Action/-", action);
        replace(statement + "/Action", Json::array({*actions, action}));
    }

    // One of several values; where it is the last one, what holds it, as long as something is left.
    void drop(std::string pointer) {
        for (;;) {
            const Json* holder = at(parentOf(pointer));
            if (holder == nullptr || parentOf(pointer).empty()) return give();
            const std::string above = lastOf(parentOf(pointer));
            if (holder->is_structured() && holder->size() > 1) return remove(pointer);
            if (above == "Statement") return give();
            pointer = parentOf(pointer);
            // An entry of the list of statements falls as a whole.
            const Json* statement = at(pointer);
            if (statement != nullptr && statement->contains("Effect")) {
                const Json* list = at(parentOf(pointer));
                if (list == nullptr || !list->is_array() || list->size() < 2) return give();
                return remove(pointer);
            }
            if (above == "Principal") {
                // A statement without its principal is none.
                pointer = parentOf(pointer);
                const Json* list = at(parentOf(pointer));
                if (list == nullptr || !list->is_array() || list->size() < 2) return give();
                return remove(pointer);
            }
        }
    }

    void rename(const std::string& pointer, const std::string& name) {
        const Json* value = at(pointer);
        if (value == nullptr) return give();
        Json kept = *value;
        const std::string into = parentOf(pointer);
        const Json* holder = at(into);
        if (holder == nullptr || holder->contains(name)) return give();
        remove(pointer);
        add(into + "/" + token(name), std::move(kept));
    }

    // There is no sure edit.
    void give() { failed_ = true; }
    [[nodiscard]] std::string text() const { return failed_ || ops_.empty() ? std::string() : ops_.dump(); }

private:
    // The library asserts that what a pointer leads through is there and holds members.
    [[nodiscard]] bool leadsSomewhere(const Json& op) const {
        const std::string path = op.at("path").get<std::string>();
        if (op.at("op") != "add") return at(path) != nullptr;
        const Json* holder = path.empty() ? nullptr : at(parentOf(path));
        return holder != nullptr && (holder->is_object() || (holder->is_array() && (lastOf(path) == "-" || at(path) != nullptr)));
    }

    void put(Json op) {
        if (failed_ || root_.is_null()) return;
        if (!leadsSomewhere(op)) {
            failed_ = true;
            return;
        }
        try {
            root_ = root_.patch(Json::array({op}));
        } catch (const Json::exception&) {
            failed_ = true;
            return;
        }
        ops_.push_back(std::move(op));
    }
    Json root_, ops_ = Json::array();
    bool failed_ = false;
};

aws::Partition partitionOf(const Role& role) {
    const auto parts = policy::ArnParts::split(role.arn);
    const auto partition = parts ? aws::parsePartition(parts->partition) : aws::parsePartition("aws");
    return partition ? *partition : aws::Partition::Aws;
}

std::string regionalAcs(const Look& look, const Role& role) {
    const aws::Partition partition = partitionOf(role);
    const std::string region = look.region.empty() || partition != aws::Partition::Aws ? aws::defaultRegion(partition).value() : look.region;
    return "https://" + region + "." + aws::signinHost(partition) + "/saml";
}

// The condition on SAML:aud in a statement: pointers to its values.
std::vector<std::string> audiencesIn(const Patch& patch, const std::string& statement) {
    std::vector<std::string> found;
    const Json* conditions = patch.at(statement + "/Condition");
    if (conditions == nullptr || !conditions->is_object()) return found;
    for (const auto& [op, keys] : conditions->items())
        if (keys.is_object())
            for (const auto& [key, values] : keys.items())
                if (foldedAscii(key) == "saml:aud") found.push_back(statement + "/Condition/" + token(op) + "/" + token(key));
    return found;
}

void mendAudience(Patch& patch, const Look& look, const Spot& spot, const std::string& statement) {
    if (spot.role == nullptr) return patch.give();
    const std::string global = aws::defaultAcs(partitionOf(*spot.role)), regional = regionalAcs(look, *spot.role);
    if (spot.rule->id == rules::samlNoAudience.id) return patch.condition(statement, "StringEquals", "SAML:aud", Json::array({global, regional}));
    const auto values = audiencesIn(patch, statement);
    if (values.empty()) return patch.give();
    for (const std::string& each : values) {
        if (spot.rule->id == rules::samlAudienceWildcard.id) {
            patch.replace(each, Json::array({global, regional}));
            continue;
        }
        Json list = Json::array();
        const Json& known = *patch.at(each);
        for (const Json& one : known.is_array() ? known : Json::array({known})) list.push_back(one);
        if (spot.rule->id == rules::samlAcsMissing.id && !spot.seen.empty())
            list.push_back(spot.seen.front());
        else
            list.push_back(regional);
        patch.replace(each, std::move(list));
    }
}

// The action by which the principal assumes a role, in the place of those by which it cannot.
void mendActions(Patch& patch, const std::string& statement, std::string_view principal) {
    const bool saml = principal.find(":saml-provider/") != std::string_view::npos;
    const bool web = !saml && principal.find(":oidc-provider/") != std::string_view::npos;
    const std::string right = saml ? "sts:AssumeRoleWithSAML" : web ? "sts:AssumeRoleWithWebIdentity" : "sts:AssumeRole";
    const Json *actions = patch.at(statement + "/Action"), *principals = patch.at(statement + "/Principal");
    // Of several kinds of principals, each needs an action of its own.
    if (actions == nullptr || principals == nullptr || (principals->is_object() && principals->size() > 1)) return patch.give();
    Json kept = Json::array({right});
    for (const Json& each : actions->is_array() ? *actions : Json::array({*actions}))
        if (each.is_string() && !foldedAscii(each.get<std::string>()).starts_with("sts:assumerole")) kept.push_back(each);
    patch.replace(statement + "/Action", kept.size() == 1 ? Json(right) : std::move(kept));
}

// A principal of Federated that names no provider of the account: the only one that is there, or the nearest.
void mendProvider(Patch& patch, const Look& look, const Spot& spot, const std::string& pointer, std::string_view seen) {
    if (spot.role == nullptr) return patch.give();
    std::vector<std::string> own;
    for (const SamlProvider& each : look.estate.samlProviders())
        if (each.account == spot.role->account) own.push_back(each.arn);
    const std::string meant = own.size() == 1 ? own.front() : nearest(seen, own);
    if (meant.empty()) return patch.give();
    patch.replace(pointer, meant);
}

// Keys of session tags that people here have.
std::vector<std::string> tagKeys(const Look& look) {
    std::vector<std::string> keys;
    for (const ObservedResponse& each : look.estate.responses())
        for (const auto& [key, value] : each.tags)
            if (std::find(keys.begin(), keys.end(), key) == keys.end()) keys.push_back(key);
    return keys;
}

void mend(Patch& patch, const Look& look, const Spot& spot, std::size_t index) {
    const std::string& pointer = spot.pointers[index];
    const std::string statement = policy::lint::statementOf(pointer);
    const std::string_view id = spot.rule->id;
    const std::string seen = index < spot.seen.size() ? spot.seen[index] : std::string();
    if (id == rules::samlNoAudience.id || id == rules::samlAudienceWildcard.id || id == rules::samlAudienceGlobalOnly.id ||
        id == rules::samlAcsMissing.id)
        return mendAudience(patch, look, spot, statement);
    if (id == rules::samlActionMismatch.id) return mendActions(patch, statement, seen);
    if (id == rules::samlProviderMissing.id || id == rules::samlProviderOtherAccount.id || id == rules::samlProviderSyntax.id)
        return mendProvider(patch, look, spot, pointer, seen);
    if (id == rules::samlTagSession.id) return patch.action(statement, "sts:TagSession");
    if (id == rules::samlSourceIdentity.id || id == rules::sessNoSourceIdentity.id)
        return patch.action(statement, "sts:SetSourceIdentity");
    if (id == rules::samlTagUnbounded.id) {
        const auto keys = tagKeys(look);
        if (keys.empty()) return patch.give();
        return patch.condition(statement, "ForAllValues:StringEquals", "aws:TagKeys", keys);
    }
    if (id == rules::samlForAllValues.id || id == rules::samlListKey.id) {
        const std::string op = parentOf(pointer);
        std::string name = lastOf(op);
        if (name.starts_with("ForAllValues:")) name = name.substr(13);
        const Json* keys = patch.at(op);
        if (keys == nullptr || keys->size() != 1) {
            // Others under the same operator stay where they are.
            if (keys == nullptr || patch.at(pointer) == nullptr) return patch.give();
            Json values = *patch.at(pointer);
            const std::string key = lastOf(pointer);
            patch.remove(pointer);
            return patch.condition(statement, "ForAnyValue:" + name, key, std::move(values));
        }
        return patch.rename(op, "ForAnyValue:" + name);
    }
    if (id == rules::samlTransientSubject.id) {
        // What qualifies the name is a digest of what only a sign-in tells.
        const Json* written = patch.at(statement);
        if (written == nullptr || foldedAscii(written->dump()).find("saml:namequalifier") == std::string::npos)
            return patch.give();
        return patch.condition(statement, "StringEquals", "SAML:sub_type", "persistent");
    }
    if (id == rules::trustCrossAccount.id) {
        const auto principal = policy::Principal::parse(seen);
        const bool ours = principal && !look.estate.organization().id.empty() && look.organizationKnown &&
                          look.estate.account(principal->account()) != nullptr;
        if (!ours) return patch.give();
        return patch.condition(statement, "StringEquals", "aws:PrincipalOrgID", look.estate.organization().id);
    }
    if (id == rules::trustConfusedDeputy.id && spot.role != nullptr)
        return patch.condition(statement, "StringEquals", "aws:SourceAccount", spot.role->account);
    if (id == rules::trustHasResource.id)
        return patch.remove(patch.at(statement + "/Resource") != nullptr ? statement + "/Resource" : statement + "/NotResource");
    if (id == rules::trustAccountUnknown.id || id == rules::trustDeleted.id || id == rules::trustRedundantSession.id ||
        id == rules::trustEnvCrossing.id)
        return patch.drop(pointer);
    if (id == rules::permVariableLiteral.id)
        return patch.at("/Version") != nullptr ? patch.replace("/Version", "2012-10-17") : patch.add("/Version", "2012-10-17");
    if (id == rules::permDenyAbsent.id) {
        const std::string op = parentOf(pointer);
        return patch.rename(op, lastOf(op) + "IfExists");
    }
    patch.give();
}

} // namespace

Fix edit(std::string_view text, std::vector<Fact> facts) {
    return {FixKind::Edit, text, std::move(facts), {}};
}
Fix plan(std::string_view text, std::vector<Fact> facts) {
    return {FixKind::Plan, text, std::move(facts), {}};
}
Fix manual(std::string_view text, std::vector<Fact> facts) {
    return {FixKind::Manual, text, std::move(facts), {}};
}

Fix fixFor(const Look& look, const Spot& spot) {
    Fix fix = edit(spot.rule->id);
    if (spot.document == nullptr || !spot.document->known) return fix;
    Patch patch(spot.document->text);
    std::set<std::string> mended;
    // From the last on: what is removed moves what follows it.
    std::vector<std::size_t> order(spot.pointers.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    const bool bySpot = spot.rule->id == rules::trustAccountUnknown.id || spot.rule->id == rules::trustDeleted.id ||
                        spot.rule->id == rules::trustRedundantSession.id || spot.rule->id == rules::trustEnvCrossing.id ||
                        spot.rule->id == rules::samlProviderMissing.id || spot.rule->id == rules::samlProviderOtherAccount.id ||
                        spot.rule->id == rules::samlProviderSyntax.id || spot.rule->id == rules::samlForAllValues.id ||
                        spot.rule->id == rules::samlListKey.id || spot.rule->id == rules::permDenyAbsent.id;
    const bool whole = spot.rule->id == rules::permVariableLiteral.id;
    for (auto at = order.rbegin(); at != order.rend(); ++at) {
        const std::string& pointer = spot.pointers[*at];
        const std::string place = whole ? std::string() : bySpot ? pointer : policy::lint::statementOf(pointer);
        if (mended.insert(place).second) mend(patch, look, spot, *at);
    }
    fix.patch = patch.text();
    return fix;
}

std::string nearest(std::string_view word, const std::vector<std::string>& known) {
    constexpr std::size_t longest = 512;
    std::string best;
    if (word.size() > longest) return best;
    std::size_t least = std::max<std::size_t>(word.size() / 6, 2) + 1;
    std::vector<std::size_t> row(word.size() + 1);
    const std::string meant = foldedAscii(word);
    for (const std::string& each : known) {
        const std::size_t difference = each.size() > word.size() ? each.size() - word.size() : word.size() - each.size();
        if (difference >= least) continue;
        std::iota(row.begin(), row.end(), std::size_t{0});
        const std::string folded = foldedAscii(each);
        for (std::size_t i = 0; i < folded.size(); ++i) {
            std::size_t corner = row[0];
            row[0] = i + 1;
            for (std::size_t j = 0; j < meant.size(); ++j) {
                const std::size_t swapped = corner + (folded[i] == meant[j] ? 0 : 1);
                corner = row[j + 1];
                row[j + 1] = std::min({row[j + 1] + 1, row[j] + 1, swapped});
            }
        }
        if (row.back() < least) {
            least = row.back();
            best = each;
        }
    }
    return best;
}

} // namespace gw::estate::review

// Intents of a mesh, made by chance from a seed: the same one always gives the same.
#pragma once

#include "models/mesh/intent/intent.h"

#include <deque>
#include <random>
#include <string>
#include <vector>

namespace gw::mesh::test {

// Owns what the intent borrows.
struct MadeIntent {
    std::deque<Workload> workloads;
    Intent intent;

    Caller caller(const std::string& id) {
        for (std::size_t i = 0; i < workloads.size(); ++i)
            if ("w" + std::to_string(i) == id) return {NodeId(id), workloads[i].role, &workloads[i]};
        return {NodeId(id), id == "anyone" ? "*" : id, nullptr};
    }
    Use& add(const std::string& edge, const std::string& who, Effect effect = Effect::Allow) {
        MeshAccess access;
        access.service = NodeId("payments");
        access.serverNode = NodeId("w0");
        access.server = &workloads.front();
        access.methods = {"*"};
        intent.uses.push_back(
            {EdgeId(edge), effect, caller(who), {}, NodeId("payments"), std::move(access), {}, std::nullopt, false});
        return intent.uses.back();
    }
};

[[nodiscard]] inline std::vector<PathPattern> patterns(std::initializer_list<const char*> texts) {
    std::vector<PathPattern> out;
    for (const char* text : texts) out.push_back(*PathPattern::parse(text));
    return out;
}

[[nodiscard]] inline MeshAccess& accessOf(Use& use) {
    return std::get<MeshAccess>(use.access);
}

inline void addWorkloads(MadeIntent& made) {
    made.workloads.push_back({"", "spiffe://corp.example/ns/shop/sa/payments", {}, "shop/payments", ""});
    made.workloads.push_back({"", "spiffe://corp.example/ns/shop/sa/web", {}, "shop/web", ""});
    made.workloads.push_back({"", "spiffe://corp.example/ns/shop/sa/batch", {"batch.shop.example"}, "shop/batch", ""});
    made.workloads.push_back({"", "spiffe://corp.example/ns/shop/sa/web-admin", {}, "shop/web-admin", ""});
}

// `conditions`: with headers, queries and addresses as well.
[[nodiscard]] inline MadeIntent madeIntent(unsigned seed, bool conditions) {
    MadeIntent made;
    addWorkloads(made);
    std::minstd_rand random(seed * 7919U + 1U);
    const auto chance = [&](unsigned in) { return random() % in == 0; };
    static const std::vector<const char*> paths{
        "/orders", "/orders/**", "/orders/{id}", "/orders/{id}/lines/**", "/admin/**",        "/orders/refunds",
        "/**",     "/status",    "/caf%c3%a9/*", "/orders/{id}/lines",    "/a.b/(c)/+x;y/**", "/orders/special/"};
    static const std::vector<const char*> methods{"GET", "POST", "DELETE", "HEAD"};
    const unsigned edges = 1 + static_cast<unsigned>(random() % 4);
    for (unsigned i = 0; i < edges; ++i) {
        const bool deny = chance(4);
        const std::string who = chance(8) ? "anyone" : "w" + std::to_string(1 + random() % 3);
        Use& use = made.add("E" + std::to_string(i), who, deny ? Effect::Deny : Effect::Allow);
        MeshAccess& access = accessOf(use);
        if (!chance(4)) {
            access.methods.clear();
            for (const char* method : methods)
                if (chance(2)) access.methods.emplace_back(method);
            if (access.methods.empty()) access.methods = {"GET"};
        }
        for (unsigned p = 0; p < 2; ++p)
            if (!chance(3)) access.paths.push_back(*PathPattern::parse(paths[random() % paths.size()]));
        if (access.paths.size() == 2 && access.paths[0] == access.paths[1]) access.paths.pop_back();
        if (chance(4)) access.port = 8080;
        if (!conditions) continue;
        using Kind = EdgeCondition::Kind;
        if (chance(3)) use.when.push_back({Kind::Header, "X-Tenant", {"blue", "green*"}});
        if (chance(3) && !deny) use.when.push_back({Kind::Query, "team", {"payments"}});
        if (chance(3)) use.when.push_back({Kind::SourceIp, "", {"10.0.0.0/8", "2001:db8::/32"}});
        if (chance(2)) made.intent.uses.push_back(use), made.intent.uses.back().caller = made.caller("w2");
    }
    return made;
}

} // namespace gw::mesh::test

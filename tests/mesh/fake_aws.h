// AWS's APIs, as far as steps of a plan call them, over a few maps in memory.
#pragma once

#include "models/estate/estate.h"
#include "models/mesh/plan/apply.h"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace gw::mesh::test {

class FakeAws : public CallDoor {
public:
    explicit FakeAws(const estate::Estate& estate);

    [[nodiscard]] Reply call(const ApiCall& call, const std::string& account, const std::string& region) override;

    // Everything that it holds by its place, policies by their meaning.
    [[nodiscard]] std::map<std::string, std::string> held() const;

    // Of a changing call: true refuses it.
    std::function<bool(const ApiCall&)> refuses;
    std::size_t late = 0; // so many reads of a thing still tell what was there before
    std::vector<std::string> changes; // "iam:PutRolePolicy", in order

    // By "account role", "account role/policy", "policy ARN", "account role@policy ARN", "api", "api route", "api stage", "lattice id",
    // "function:qualifier sid".
    std::map<std::string, std::string> texts;
    std::map<std::string, std::vector<std::string>> versions; // of a managed policy, the oldest first, the default last
    std::map<std::string, std::string> marks;                 // "api deployment"
    std::size_t revision = 1;

private:
    [[nodiscard]] Reply iam(const ApiCall& call, const std::string& account);
    [[nodiscard]] Reply gateway(const ApiCall& call);
    [[nodiscard]] Reply lambda(const ApiCall& call, const std::string& region);
    [[nodiscard]] Reply lattice(const ApiCall& call);
    [[nodiscard]] std::string told(const std::string& key);
    void put(const std::string& key, std::string text);

    struct Delayed {
        std::string before;
        std::size_t left = 0;
    };
    std::map<std::string, Delayed> delayed_;
    std::size_t deployments_ = 1;
};

} // namespace gw::mesh::test

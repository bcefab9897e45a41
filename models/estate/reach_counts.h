// How many of an estate's resources a role reaches, by kinds.
#pragma once

#include "models/estate/role_access.h"

#include <deque>
#include <string>
#include <unordered_map>
#include <vector>

namespace gw::estate {

// What there is to reach; made once, then read by any thread. Borrows the estate.
class Reachable {
public:
    explicit Reachable(const Estate& estate);

    enum class Sort { Route, MeshService, Task, Function, Role, Other };
    struct One {
        Sort sort = Sort::Other;
        std::string action, foldedAction, resource;
        std::string account; // that it belongs to
        const PolicyDocument* policy = nullptr; // of the resource, or the role's trust; null: none
        bool policyUntold = false;
    };
    // Of an account in a region: they share what follows from both.
    struct Place {
        std::vector<const One*> all;
    };
    [[nodiscard]] const std::vector<Place>& placesOf(const std::string& account) const;
    // Whose policies let in this account, or everybody, from elsewhere.
    [[nodiscard]] std::vector<const One*> openTo(const std::string& account) const;
    [[nodiscard]] bool hasResourceControl() const { return resourceControl_; }

private:
    void add(const Resource& resource);
    void add(const Role& role);
    std::deque<One> all_;
    std::unordered_map<std::string, std::vector<Place>> places_;
    std::unordered_map<std::string, std::vector<const One*>> open_; // by account; "*": everybody
    bool resourceControl_ = false;
    const Estate& estate_;
    PolicyPool pool_;
};

// Of the role that `access` was last set to.
[[nodiscard]] ReachCounts countReach(const Estate& estate, const Reachable& reachable, RoleAccess& access);

} // namespace gw::estate

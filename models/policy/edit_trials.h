// Tries edits one after the other, each at the price of the one statement that it changes.
#pragma once

#include "models/policy/edits.h"

#include <cstddef>
#include <memory>
#include <optional>
#include <unordered_map>

namespace gw::policy {

class EditTrials {
public:
    // Borrows both.
    EditTrials(const WorldRules& world, const PolicySet& policies);

    // What is answered with the edit; nothing where it makes no valid document.
    [[nodiscard]] std::optional<Decision> decide(const Request& request, const Edit& edit);
    // Whether as much was tried as may be: then no further edit should be.
    [[nodiscard]] bool exhausted() const;

private:
    [[nodiscard]] CompiledPolicy* copyOf(const Edit& edit) const;
    [[nodiscard]] std::optional<Decision> added(const Request& request, const Edit& edit, CompiledPolicy& policy);
    [[nodiscard]] std::optional<Decision> changed(const Request& request, const Edit& edit, CompiledPolicy& policy);

    const WorldRules& world_;
    const PolicySet& policies_;
    PolicySet trial_; // of copies that only this object changes, and changes back
    std::unordered_map<const CompiledPolicy*, std::shared_ptr<CompiledPolicy>> copies_;
    std::size_t statements_ = 0, octets_ = 0, tried_ = 0;
};

[[nodiscard]] DocumentKind documentKindOf(Layer layer);

} // namespace gw::policy

// Requests that a document lets through although what should guard them does not hold, asked of the evaluator over the whole
// document, its denials included: whatever spelling of a guard means the same gets the same answer.
#pragma once

#include "models/policy/catalogue.h"
#include "models/policy/evaluator.h"
#include "saml/base/utc_time.h"

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gw::policy::lint {

// What a key of a request may hold, nothing among them standing for a key that is absent.
using MayHold = std::vector<std::optional<ContextValue>>;
// Of each key that matters; nothing: whatever the document tells apart.
using ValuesOf = std::function<std::optional<MayHold>(const Key&)>;

// Borrows the document and the catalogue. For one thread.
class Witnesses {
public:
    // Of a trust policy the callers have identity policies that allow them everything; of other documents none but the document.
    Witnesses(const Document& document, const Catalogue* catalogue, UtcTime now);

    struct Asked {
        Principal caller;
        std::string_view action; // "sts:AssumeRole"
        std::string resource;
        Context told{}; // of the request, whatever values the keys may hold otherwise
    };
    // One that this Allow statement lets through, now or later, and no denial stops. What else a call needs (sts:TagSession,
    // sts:SetSourceIdentity) any statement may allow.
    [[nodiscard]] std::optional<Request> find(std::size_t statement, const Asked& asked, const ValuesOf& values = {});
    // The same of all statements together.
    [[nodiscard]] std::optional<Request> find(const Asked& asked, const ValuesOf& values = {});

    [[nodiscard]] const Document& document() const { return document_; }
    [[nodiscard]] UtcTime now() const { return now_; }
    // Whether there was more to try than may be: then what was not found may be there all the same.
    [[nodiscard]] bool isExhausted() const { return workLeft_ == 0; }
    // A text that stands nowhere in the document.
    [[nodiscard]] const std::string& unlikely() const { return unlikely_; }

private:
    static constexpr std::size_t together = static_cast<std::size_t>(-1); // in the place of one statement
    [[nodiscard]] const PolicySet& policiesFor(std::size_t statement, std::string_view action);
    [[nodiscard]] std::optional<Request> ask(const PolicySet& policies, const Asked& asked, const ValuesOf& values);

    const Document& document_;
    const Catalogue* catalogue_;
    UtcTime now_;
    std::string unlikely_;
    std::vector<UtcTime> instants_; // from now on, one of each time that the document tells apart
    std::map<std::string, PolicySet> policies_;
    std::size_t workLeft_; // in statements looked at
};

// The request as {"principal","action","resource","context"}, as a case of `gatewardenctl iam eval` has it; absent keys are left
// out.
[[nodiscard]] std::string witnessText(const Request& request);
// That, as a fact.
[[nodiscard]] Fact witnessFact(const Request& request);

} // namespace gw::policy::lint

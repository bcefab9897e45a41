// One question with all that decides on it, and its answer: plain values that are made on a worker and only read after.
#pragma once

#include "models/estate/question.h"
#include "models/policy/catalogue.h"
#include "models/policy/edits.h"
#include "ui/errors/answer_texts.h"

#include <memory>
#include <optional>
#include <vector>

namespace gw::ui {

// Where a fact of the request is known from.
enum class FactOrigin : std::uint8_t { Request, Message, Tag, Estate, Organization, Resource, Clock, Person };

struct AskedQuestion {
    std::shared_ptr<const estate::Estate> estate; // what the question borrows from; without files where policies were given by
                                                  // hand alone
    estate::Question base;
    std::size_t handed = 0; // policies given by hand
    std::optional<UtcTime> now;
};
using AskedPtr = std::shared_ptr<const AskedQuestion>;

// What a person tries: one edit, and facts other than they are.
struct Trial {
    std::optional<policy::Edit> edit;
    std::vector<policy::Context::Entry> told; // a value, or nothing where the key is absent
    std::vector<policy::Key> untold;          // known otherwise, and taken as not known
    [[nodiscard]] bool empty() const { return !edit && told.empty() && untold.empty(); }
    // Replaces what was tried with this key.
    void tell(const policy::Key& key, std::optional<policy::ContextValue> value);
    void untell(const policy::Key& key);
    void forget(const policy::Key& key);
    [[nodiscard]] bool touches(const policy::Key& key) const;
};

struct UsedFact {
    enum class State : std::uint8_t { Present, Absent, NotTold };
    policy::Key key;
    State state = State::Present;
    policy::ContextValue value;
    FactOrigin origin = FactOrigin::Request;
    bool matters = true; // false: whatever it is, the answer stays
    bool tried = false;  // a person changed it
    bool isBool = false; // by the catalogue, or by what it holds
};

struct ExplainedAnswer {
    AskedPtr question;
    Trial trial;
    // With what is tried.
    policy::Request request;
    policy::PolicySet policies;
    policy::WorldRules world;
    policy::Explanation explanation;
    policy::Decision decision = policy::Decision::ImplicitlyDenied; // the evaluator's, or Depends where a gap could turn it
    std::vector<std::size_t> turning;                               // those gaps, by their place in the question
    PolicyNames names;
    std::vector<UsedFact> facts; // those that matter first
    std::shared_ptr<const policy::Catalogue> catalogue;
    // The real answer, where something is tried.
    policy::Decision before = policy::Decision::ImplicitlyDenied;
};
using ExplainedPtr = std::shared_ptr<const ExplainedAnswer>;

// Errors: of Document::parse, where the edit that is tried gives no policy.
[[nodiscard]] Result<ExplainedPtr> answerQuestion(const AskedPtr& question, const Trial& trial,
                                                  std::shared_ptr<const policy::Catalogue> catalogue);

// The smallest single edits that turn it, each once; none while an edit is tried.
[[nodiscard]] std::vector<estate::PlacedEdit> editsOf(const ExplainedAnswer& answer);

} // namespace gw::ui

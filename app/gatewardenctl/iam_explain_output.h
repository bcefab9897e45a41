// One explained denial, as text and as JSON.
#pragma once

#include "models/estate/question.h"
#include "ui/errors/answer_texts.h"

#include <memory>
#include <string>
#include <vector>

namespace gw::ctl {

struct Explained {
    std::shared_ptr<const estate::Estate> estate;
    policy::WorldRules world;
    estate::Question question;
    estate::Conclusion conclusion;
    std::vector<estate::PlacedEdit> edits;
    ui::PolicyNames names;
};

[[nodiscard]] std::string explainText(const Explained& explained);
[[nodiscard]] std::string explainJson(const Explained& explained);

} // namespace gw::ctl

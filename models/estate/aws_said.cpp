#include "models/estate/aws_said.h"

namespace gw::estate {

bool fitsWhatAwsSaid(const Question& question, const Conclusion& conclusion) {
    using policy::Decision;
    const policy::Answer& answer = conclusion.explanation.answer;
    if (!question.isDenial || answer.decision == Decision::Depends || !conclusion.turning.empty()) return true;
    if (answer.decision == Decision::Allowed) return false;
    if (!question.saidLayer) return true;
    return answer.blockedBy.has(*question.saidLayer) &&
           question.saidExplicit == (answer.decision == Decision::ExplicitlyDenied);
}

} // namespace gw::estate

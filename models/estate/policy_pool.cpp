#include "models/estate/policy_pool.h"

namespace gw::estate {
namespace {

constexpr std::size_t mostOctets = std::size_t{16} << 20U; // of text; made ready it is several times as much

} // namespace

Result<policy::PolicyRef> PolicyPool::get(const PolicyDocument& document, policy::DocumentKind kind) {
    const Key key{document.text, kind};
    if (const auto found = known_.find(key); found != known_.end()) return found->second;
    auto policy = policy::CompiledPolicy::parse(document.text, kind, document.id());
    if (octets_ > mostOctets) {
        known_.clear();
        octets_ = 0;
    }
    octets_ += document.text.size();
    return known_.emplace(key, std::move(policy)).first->second;
}

} // namespace gw::estate

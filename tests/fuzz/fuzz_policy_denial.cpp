// A denial as people paste it.
#include "models/policy/denial_text.h"
#include "tests/fuzz/property.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace gw::policy;
    const auto denial = readDenial(std::string_view(reinterpret_cast<const char*>(data), size));
    if (!denial) return 0;
    gw::fuzz::require(denial->request.action.find(':') != std::string::npos, "an action has its service");
    gw::fuzz::require(denial->namesResource || denial->request.resource == "*", "a resource that is not named may be any");
    RequestView view(denial->request, {true, std::nullopt, nullptr});
    gw::fuzz::require(decide(view, {}).decision != Decision::Depends, "a closed world leaves nothing open");
    return 0;
}

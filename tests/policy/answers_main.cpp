// Answers cases ("gw-iam-case/1"), one a line from standard input, for the random tests in naive/: "decision[ layer…]" a
// line, or "error …".
//   --full   every line by answer(); otherwise it is asked now and then, and must not decide otherwise than decide()
//   --open   keys that are not told are unknown; of Depends the line goes on with a tab and an object:
//            {"keys":[…],"exhaustive":…,"allowed":{key: value or [values] or null},"denied":{…}}
#include "models/policy/case.h"
#include "saml/base/json.h"

#include <iostream>
#include <string>

namespace {

using namespace gw::policy;

void print(Decision decision, LayerSet layers) {
    std::cout << decisionName(decision);
    for (int i = 0; i <= static_cast<int>(Layer::Session); ++i)
        if (layers.has(static_cast<Layer>(i))) std::cout << ' ' << layerName(static_cast<Layer>(i));
}

gw::Json object(const Additions& additions) {
    gw::Json all = gw::Json::object();
    for (const Context::Entry& each : additions) {
        if (!each.value)
            all[each.key.written()] = nullptr;
        else if (each.value->list)
            all[each.key.written()] = each.value->values;
        else
            all[each.key.written()] = each.value->values.front();
    }
    return all;
}

class Answers {
public:
    Answers(bool full, bool open)
        : full_(full), world_{!open, gw::UtcTime::fromUnixSeconds(1'795'500'000)} {}

    void line(const std::string& text) {
        const auto tree = SourceTree::parse(text);
        if (!tree) {
            std::cout << "error " << tree.error().chain();
            return;
        }
        Case one;
        if (const auto read = readCase(tree->root(), cache_, *tree, one); !read || !one.errors.empty()) {
            std::cout << "error " << (read ? one.errors.front() : read.error()).chain();
            return;
        }
        if (full_ || !world_.complete || ++count_ % 16 == 0) {
            const Answer given = answer(one.request, world_, one.policies);
            print(given.decision, given.blockedBy);
            if (given.decision != Decision::Depends) return;
            gw::Json more{{"keys", given.dependsOn}, {"exhaustive", given.exhaustive}};
            if (given.witness) {
                more["allowed"] = object(given.witness->allowed);
                more["denied"] = object(given.witness->denied);
            }
            std::cout << '\t' << more.dump();
            return;
        }
        RequestView view(one.request, world_);
        const Verdict given = decide(view, one.policies);
        print(given.decision, given.blockedBy);
    }

private:
    PolicyCache cache_;
    bool full_;
    WorldRules world_;
    std::size_t count_ = 0;
};

} // namespace

int main(int argc, char** argv) {
    std::ios::sync_with_stdio(false);
    std::cin.tie(nullptr);
    const std::string_view mode = argc > 1 ? argv[1] : "";
    Answers answers(mode == "--full", mode == "--open");
    for (std::string text; std::getline(std::cin, text);) {
        answers.line(text);
        std::cout << '\n';
        if (std::cin.rdbuf()->in_avail() <= 0) std::cout.flush();
    }
    return 0;
}

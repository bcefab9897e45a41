#include "models/estate/sources/template_circles.h"

#include "models/estate/sources/template_values.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <string_view>

namespace gw::estate {
namespace {

using Kind = Datum::Kind;

constexpr std::size_t mostCircles = 50;

// Who hangs on whom in one section of a template.
class Graph {
public:
    explicit Graph(const Datum& section) : section_(section), after_(section.members.size()) {
        for (std::size_t i = 0; i < section.members.size(); ++i) index_.emplace(section.members[i].first, i);
    }

    void connectResources() {
        for (std::size_t i = 0; i < section_.members.size(); ++i) {
            const Datum& resource = section_.members[i].second;
            // SAM makes several resources of one, and no circle of what refers to each other there.
            if (resource.string("Type").starts_with("AWS::Serverless::")) continue;
            references(resource["Properties"], i);
            const Datum& dependsOn = resource["DependsOn"];
            link(i, dependsOn.string());
            for (const auto& [none, each] : dependsOn.members) link(i, each.string());
        }
    }
    void connectConditions() {
        for (std::size_t i = 0; i < section_.members.size(); ++i) conditions(section_.members[i].second, i);
    }

    // Each walk goes along edges that no other walk went along.
    void addCircles(std::vector<TemplateCircle>& into) {
        enum : std::uint8_t { Fresh, Open, Done };
        std::vector<std::uint8_t> state(after_.size(), Fresh);
        std::vector<std::size_t> next(after_.size(), 0), way;
        for (std::size_t start = 0; start < after_.size(); ++start) {
            if (state[start] != Fresh) continue;
            way.push_back(start);
            state[start] = Open;
            while (!way.empty()) {
                const std::size_t at = way.back();
                if (next[at] == after_[at].size()) {
                    state[at] = Done;
                    way.pop_back();
                    continue;
                }
                const std::size_t to = after_[at][next[at]++];
                if (state[to] == Fresh) {
                    state[to] = Open;
                    way.push_back(to);
                } else if (state[to] == Open && into.size() < mostCircles) {
                    TemplateCircle circle;
                    for (auto each = std::find(way.begin(), way.end(), to); each != way.end(); ++each)
                        circle.names.push_back(section_.members[*each].first);
                    circle.position = section_.members[to].second.position;
                    into.push_back(std::move(circle));
                }
            }
        }
    }

private:
    void link(std::size_t from, std::string_view name) {
        const auto found = index_.find(name);
        if (found == index_.end()) return;
        auto& list = after_[from];
        if (std::find(list.begin(), list.end(), found->second) == list.end()) list.push_back(found->second);
    }

    // Ref, GetAtt and Sub, wherever they stand. As deep as the reader of the file allows.
    void references(const Datum& value, std::size_t from) {
        if (value.kind == Kind::Object && value.members.size() == 1) {
            const auto& [name, argument] = value.members[0];
            if (name == "Ref") return link(from, argument.string());
            if (name == "Fn::GetAtt") {
                const std::string_view written = argument.kind == Kind::Array && !argument.members.empty() ? argument.members[0].second.string() : argument.string();
                return link(from, written.substr(0, written.find('.')));
            }
            if (name == "Fn::Sub") {
                const bool listed = argument.kind == Kind::Array && !argument.members.empty();
                substitutions(listed ? argument.members[0].second.string() : argument.string(), from);
                if (listed && argument.members.size() > 1) references(argument.members[1].second, from);
                return;
            }
        }
        for (const auto& [name, each] : value.members) references(each, from);
    }

    void substitutions(std::string_view text, std::size_t from) {
        for (auto next = placeholderIn(text, 0); next; next = placeholderIn(text, next->end))
            if (!next->literal) link(from, next->name.substr(0, next->name.find('.')));
    }

    void conditions(const Datum& value, std::size_t from) {
        for (const auto& [name, each] : value.members) {
            if (name == "Condition" && each.kind == Kind::String) link(from, each.text);
            conditions(each, from);
        }
    }

    const Datum& section_;
    std::map<std::string_view, std::size_t> index_;
    std::vector<std::vector<std::size_t>> after_;
};

} // namespace

std::vector<TemplateCircle> circlesIn(const Datum& root) {
    std::vector<TemplateCircle> circles;
    Graph resources(root["Resources"]);
    resources.connectResources();
    resources.addCircles(circles);
    Graph conditions(root["Conditions"]);
    conditions.connectConditions();
    conditions.addCircles(circles);
    return circles;
}

} // namespace gw::estate

// The functions of CloudFormation's templates, worked out from parameters' defaults, mappings and pseudo parameters
// (CloudFormation User Guide, "Intrinsic function reference"). What nothing tells is Unknown, and so is what hangs on it.
#pragma once

#include "models/estate/sources/datum.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>

namespace gw::estate {

struct TemplatePlace {
    std::string account, region; // those of models/policy/unknown_place.h where nothing tells
    [[nodiscard]] std::string partition() const;
};

// The next "${Name}" in a text of Fn::Sub, from there on.
struct Placeholder {
    std::size_t begin = 0, end = 0; // octets, the second one past its bracket
    std::string_view name;          // without blanks around it
    bool literal = false;           // "${!Name}", which stands for "${Name}" itself
};
[[nodiscard]] std::optional<Placeholder> placeholderIn(std::string_view text, std::size_t from);

class TemplateExports;

class TemplateValues {
public:
    // Borrows the template and what others export.
    TemplateValues(const Datum& root, TemplatePlace place, const TemplateExports* exports = nullptr);

    [[nodiscard]] Datum resolve(const Datum& value);
    // Of a resource's "Condition"; nothing: not known.
    [[nodiscard]] std::optional<bool> condition(std::string_view name);
    // What the resource is called: by its own property, else by its logical id.
    [[nodiscard]] std::string nameOf(std::string_view logicalId);
    // Unknown for types that no policy speaks of.
    [[nodiscard]] Datum arnOf(std::string_view logicalId);
    [[nodiscard]] Datum refOf(std::string_view logicalId);
    [[nodiscard]] const TemplatePlace& place() const { return place_; }

private:
    struct Deeper;
    [[nodiscard]] Datum function(std::string_view name, const Datum& argument, const Datum& whole);
    [[nodiscard]] Datum reference(std::string_view name);
    [[nodiscard]] Datum attribute(std::string_view logicalId, std::string_view name);
    [[nodiscard]] Datum parameter(const Datum& declared, std::string_view name);
    [[nodiscard]] Datum substituted(const Datum& argument);
    [[nodiscard]] std::optional<bool> truth(const Datum& value);
    [[nodiscard]] std::string arn(std::string_view service, std::string_view resource, bool region = true, bool account = true) const;
    [[nodiscard]] std::string property(std::string_view logicalId, std::initializer_list<std::string_view> names);
    // Of a part of a mesh: "mesh/M", and for routes that of their router before them.
    [[nodiscard]] std::string meshPath(std::string_view logicalId, std::string_view type);

    const Datum& root_;
    TemplatePlace place_;
    const TemplateExports* exports_;
    std::map<std::string, std::optional<bool>, std::less<>> conditions_;
    std::set<std::string, std::less<>> open_; // what is being worked out: circles end here
    bool comparing_ = false; // within a condition, where what stands in for an untold place may not be taken for it
    std::size_t depth_ = 0, steps_ = 0, produced_ = 0;
};

// What templates export for each other, in one account and region (CloudFormation User Guide, "Fn::ImportValue"). Not for two
// threads at once.
class TemplateExports {
public:
    // Borrows the template.
    void add(const Datum& root, const TemplatePlace& place);
    // Unknown where no template that was read exports the name there, several do, or it hangs on itself.
    [[nodiscard]] Datum valueOf(const TemplatePlace& place, std::string_view name) const;

private:
    struct Export {
        const Datum* root = nullptr;
        const Datum* value = nullptr;
        bool several = false;
    };
    using Key = std::tuple<std::string, std::string, std::string>; // account, region, name
    std::map<Key, Export> exports_;
    mutable std::map<Key, Datum> known_; // what was worked out; Unknown while it is
    mutable std::size_t depth_ = 0;
};

} // namespace gw::estate

// Keeps account of what became of every value of a model while it is translated. What nobody speaks of ends up as a loss: the
// report is complete whatever a compiler forgets.
#pragma once

#include "models/mesh/appmesh/translate.h"

#include <initializer_list>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace gw::mesh::appmesh {

class Ledger {
public:
    Ledger(const Model& model, Target target) : model_(model), target_(target) {}

    // A value, or a list of values, is in an artefact. Of an object this says nothing about its members.
    void carried(const Object& object, std::string_view field);
    void carried(const Object& object, std::string_view field, std::initializer_list<std::string_view> members);
    // Not in an artefact, or not as it was; with all that is below it. Nothing where the object has no such field.
    void lost(const Object& object, std::string_view field, std::string happens, std::string action);
    // The same for what the target needs, whether or not the source has it.
    void needed(const Object& object, std::string_view field, std::string happens, std::string action);

    [[nodiscard]] std::vector<LossRow> rows() const;

private:
    struct Words {
        std::string happens, action;
    };
    struct Marks {
        std::set<std::string, std::less<>> carried;
        std::map<std::string, std::vector<Words>, std::less<>> lost;
        std::set<std::string, std::less<>> needed;
    };
    void visit(const Object& object, const Marks& marks, const estate::Datum& value, const std::string& field, bool covered, std::set<std::string, std::less<>>& seen,
               std::vector<LossRow>& rows) const;

    const Model& model_;
    Target target_;
    std::map<const Object*, Marks> marks_;
};

} // namespace gw::mesh::appmesh

#include "models/mesh/appmesh/translate.h"

#include "models/mesh/appmesh/compilers.h"
#include "saml/base/json_quote.h"

namespace gw::mesh::appmesh {

std::optional<Target> targetOf(std::string_view name) {
    if (name == "lattice") return Target::Lattice;
    if (name == "service-connect") return Target::ServiceConnect;
    if (name == "istio") return Target::Istio;
    if (name == "envoy") return Target::Envoy;
    return std::nullopt;
}

Translation translationTo(const Model& model, const TaskRoles& roles, Target target) {
    Translation made;
    const Parts parts(model);
    Ledger ledger(model, target);
    const Writing out{made.files, ledger, roles};
    for (const MeshView& each : MeshView::all(parts, model)) {
        switch (target) {
        case Target::Lattice: writeLattice(each, out); break;
        case Target::ServiceConnect: writeServiceConnect(each, out); break;
        case Target::Istio: writeIstio(each, out); break;
        case Target::Envoy: writeEnvoy(each, out); break;
        }
    }
    made.losses = ledger.rows();
    return made;
}

std::string lossJson(const std::vector<LossRow>& losses) {
    std::string out = "[";
    for (const LossRow& each : losses) {
        out += out.size() == 1 ? "\n  {" : ",\n  {";
        const auto member = [&](std::string_view name, std::string_view text, bool last = false) {
            out += '"';
            out += name;
            out += "\": ";
            appendJsonQuoted(out, text);
            out += last ? "}" : ", ";
        };
        member("object", each.object);
        member("field", each.field);
        out += "\"value\": " + each.value + ", ";
        member("what_happens", each.happens);
        member("what_to_do", each.action, true);
    }
    return out + (losses.empty() ? "]\n" : "\n]\n");
}

} // namespace gw::mesh::appmesh

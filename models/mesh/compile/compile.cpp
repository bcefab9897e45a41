#include "models/mesh/compile/compilation.h"

#include <algorithm>

namespace gw::mesh {

Compilation compile(const Intent& intent, std::span<const Target> targets) {
    using Compiler = void (*)(const Intent&, Compilation&);
    static constexpr std::pair<Target, Compiler> compilers[] = {{Target::Iam, compileIam},
                                                                {Target::ApiGateway, compileApiGateway},
                                                                {Target::Lattice, compileLattice},
                                                                {Target::Lambda, compileLambda},
                                                                {Target::Envoy, compileEnvoy},
                                                                {Target::Istio, compileIstio}};
    Compilation compilation;
    for (const auto& [target, compiler] : compilers)
        if (std::find(targets.begin(), targets.end(), target) != targets.end()) compiler(intent, compilation);
    return compilation;
}

} // namespace gw::mesh

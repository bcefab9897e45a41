// Objects of the App Mesh controller for Kubernetes (appmesh.k8s.aws/v1beta2) in the shapes of App Mesh's own interface:
// references by Kubernetes' names become the names that the controller gives, and a router's routes objects of their own.
#pragma once

#include "models/mesh/appmesh/model.h"

#include <map>
#include <string>
#include <tuple>
#include <vector>

namespace gw::mesh::appmesh {

class ControllerReader {
public:
    // Takes note of an object. All must be known before any is converted, for they name each other.
    void add(const estate::Resource& resource, estate::Datum object);
    // What they are to App Mesh.
    void finish(std::vector<Object>& objects, std::vector<Problem>& problems);

    [[nodiscard]] static bool isController(const estate::Datum& object);

private:
    struct Waiting {
        const estate::Resource* resource = nullptr;
        estate::Datum object;
    };
    [[nodiscard]] std::string nameOf(Kind kind, std::string_view space, std::string_view name) const;
    [[nodiscard]] std::string named(Kind kind, const estate::Datum& reference, std::string_view space) const;
    // `within` is the member that `value` stands in.
    [[nodiscard]] estate::Datum converted(const estate::Datum& value, std::string_view within, std::string_view space) const;
    void convert(const Waiting& one, std::vector<Object>& objects, std::vector<Problem>& problems) const;

    std::vector<Waiting> waiting_;
    std::map<std::tuple<Kind, std::string, std::string>, std::string> names_; // by kind, namespace and name
    std::vector<std::string> meshes_;
};

} // namespace gw::mesh::appmesh

#include "models/mesh/appmesh/import.h"

#include "models/mesh/appmesh/controller.h"
#include "models/mesh/appmesh/parts.h"
#include "models/mesh/appmesh/shapes.h"
#include "models/policy/arn_pattern.h"
#include "models/policy/source_tree.h"
#include "saml/base/ascii_classes.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <set>

namespace gw::mesh::appmesh {
namespace {

using estate::Datum;
using estate::Resource;
using estate::ResourceKind;
using DatumKind = Datum::Kind;

std::optional<Kind> kindOf(ResourceKind kind) {
    switch (kind) {
    case ResourceKind::Mesh: return Kind::Mesh;
    case ResourceKind::VirtualNode: return Kind::VirtualNode;
    case ResourceKind::VirtualService: return Kind::VirtualService;
    case ResourceKind::VirtualRouter: return Kind::VirtualRouter;
    case ResourceKind::MeshRoute: return Kind::Route;
    case ResourceKind::VirtualGateway: return Kind::VirtualGateway;
    case ResourceKind::GatewayRoute: return Kind::GatewayRoute;
    default: return std::nullopt;
    }
}

// Without places: those of the object's file are the estate's to tell. As deep as trees are.
Datum datumOf(policy::Value value) {
    Datum made;
    made.kind = static_cast<DatumKind>(value.kind());
    if (made.is(DatumKind::Number) || made.is(DatumKind::String)) made.text = value.text();
    if (!made.is(DatumKind::Object) && !made.is(DatumKind::Array)) return made;
    made.members.reserve(value.size());
    for (policy::Value each = value.first(); each; each = each.next()) made.members.emplace_back(made.is(DatumKind::Object) ? std::string(each.name()) : std::string(), datumOf(each));
    return made;
}

std::optional<Datum> parsed(const std::string& text) {
    const auto tree = policy::SourceTree::parse(text);
    if (!tree) return std::nullopt;
    return datumOf(tree->root());
}

void erase(Datum& object, std::string_view name) {
    std::erase_if(object.members, [&](const Datum::Member& each) { return each.first == name; });
}

Datum emptyObject() {
    Datum made;
    made.kind = DatumKind::Object;
    return made;
}

// The value of a step in "arn:aws:appmesh:R:A:mesh/M/virtualRouter/R/route/X".
std::string stepOf(std::string_view arn, std::string_view step) {
    const auto parts = policy::ArnParts::split(arn);
    std::string_view rest = parts ? parts->resource : std::string_view();
    while (!rest.empty()) {
        const std::size_t slash = rest.find('/');
        const std::string_view word = rest.substr(0, slash);
        if (slash == std::string_view::npos) return {};
        rest.remove_prefix(slash + 1);
        const std::string_view value = rest.substr(0, rest.find('/'));
        if (word == step) return std::string(value);
        rest.remove_prefix(std::min(rest.size(), value.size() + 1));
    }
    return {};
}

// Of a template or a state: names, "spec", and "metadata" where a state tells of it.
Datum declaredBody(const Object& object, Datum given) {
    Datum body = emptyObject();
    const auto put = [&](std::string_view key, const std::string& value) {
        body.members.emplace_back(std::string(key), Datum::of(value));
        erase(given, key);
    };
    put("meshName", object.mesh);
    if (object.kind == Kind::Route) put("virtualRouterName", object.parent);
    if (object.kind == Kind::GatewayRoute) put("virtualGatewayName", object.parent);
    if (object.kind != Kind::Mesh) put(namesOf(object.kind).nameKey, object.name);
    const std::string owner(given.string("meshOwner"));
    erase(given, "meshOwner");
    erase(given, "tags");
    if (given.find("spec") == nullptr) given.members.emplace_back("spec", emptyObject());
    for (Datum::Member& each : given.members) body.members.push_back(std::move(each));
    if (!owner.empty() && body.find("metadata") == nullptr) {
        Datum metadata = emptyObject();
        metadata.members.emplace_back("meshOwner", Datum::of(owner));
        body.members.emplace_back("metadata", std::move(metadata));
    }
    return body;
}

bool isWhole(std::string_view text) {
    if (text.starts_with('-')) text.remove_prefix(1);
    return !text.empty() && text.size() < 19 && std::all_of(text.begin(), text.end(), isDigit);
}

class SpecCheck {
public:
    SpecCheck(Object& object, bool repair, std::vector<Problem>& problems) : object_(object), repair_(repair), problems_(problems) {}

    void check(Datum& value, std::string_view shape, const std::string& field) {
        if (!value.is(DatumKind::Object)) return tell(Trouble::WrongType, field, value, "object");
        std::size_t known = 0;
        for (auto& [name, each] : value.members)
            if (const Member* member = memberOf(shape, name)) {
                ++known;
                one(each, *member, field + "." + name);
            }
        for (const Member& each : membersOf(shape))
            if (each.required && value.find(each.name) == nullptr) tell(Trouble::Lacks, field + "." + std::string(each.name), value, each.name);
        if (known > 1 && isUnion(shape)) tell(Trouble::Several, field, value, "one");
    }

private:
    void one(Datum& value, const Member& member, const std::string& field) {
        if (value.is(DatumKind::Unknown) || (repair_ && value.is(DatumKind::String) && value.text.starts_with("${") && value.text.ends_with("}")))
            return tell(Trouble::Unresolved, field, value, {});
        switch (member.form) {
        case Form::Object:
            return check(value, member.of, field);
        case Form::Objects:
        case Form::Texts:
        case Form::Wholes:
            return list(value, member, field);
        case Form::Whole:
            return whole(value, member, field);
        case Form::Flag:
            if (repair_ && value.is(DatumKind::String) && (value.text == "true" || value.text == "false")) value.kind = value.text == "true" ? DatumKind::True : DatumKind::False;
            if (!value.is(DatumKind::True) && !value.is(DatumKind::False)) tell(Trouble::WrongType, field, value, "true or false");
            return;
        case Form::Text:
        case Form::Word:
            return text(value, member, field);
        }
    }

    void list(Datum& value, const Member& member, const std::string& field) {
        if (!value.is(DatumKind::Array)) return tell(Trouble::WrongType, field, value, "list");
        const auto size = static_cast<std::int64_t>(value.members.size());
        if (size < member.least || (member.most > 0 && size > member.most)) tell(Trouble::OutOfRange, field, value, bounds(member));
        std::size_t index = 0;
        const Member element{member.shape, member.name, member.form == Form::Texts ? Form::Text : Form::Whole, {}, false, 0, 0};
        for (auto& [none, each] : value.members) {
            const std::string at = field + "[" + std::to_string(index++) + "]";
            if (member.form == Form::Objects)
                check(each, member.of, at);
            else
                one(each, element, at);
        }
    }

    void whole(Datum& value, const Member& member, const std::string& field) {
        if (repair_ && value.is(DatumKind::String) && isWhole(value.text)) value.kind = DatumKind::Number;
        if (!value.is(DatumKind::Number) || !isWhole(value.text)) return tell(Trouble::WrongType, field, value, "whole number");
        std::int64_t number = 0;
        std::from_chars(value.text.data(), value.text.data() + value.text.size(), number);
        if (number < member.least || (member.most > 0 && number > member.most)) tell(Trouble::OutOfRange, field, value, bounds(member));
    }

    void text(Datum& value, const Member& member, const std::string& field) {
        if (repair_ && (value.is(DatumKind::Number) || value.is(DatumKind::True) || value.is(DatumKind::False))) {
            if (!value.is(DatumKind::Number)) value.text = value.is(DatumKind::True) ? "true" : "false";
            value.kind = DatumKind::String;
        }
        if (!value.is(DatumKind::String)) return tell(Trouble::WrongType, field, value, "text");
        if (member.form == Form::Word) {
            const std::string all = "|" + std::string(member.of) + "|";
            if (value.text.empty() || value.text.find('|') != std::string::npos || all.find("|" + value.text + "|") == std::string::npos)
                tell(Trouble::OutOfRange, field, value, member.of);
            return;
        }
        const auto size = static_cast<std::int64_t>(value.text.size());
        if (size < member.least || (member.most > 0 && size > member.most)) tell(Trouble::OutOfRange, field, value, bounds(member));
    }

    static std::string bounds(const Member& member) {
        return std::to_string(member.least) + (member.most > 0 ? ".." + std::to_string(member.most) : std::string(".."));
    }

    void tell(Trouble trouble, const std::string& field, const Datum& value, std::string_view expected) {
        std::string seen = trouble == Trouble::Lacks ? std::string() : estate::jsonOf(value);
        constexpr std::size_t most = 200;
        if (seen.size() > most) seen = seen.substr(0, most) + "…";
        problems_.push_back({trouble, object_.label(), field, std::move(seen), std::string(expected), object_.source});
    }

    Object& object_;
    bool repair_;
    std::vector<Problem>& problems_;
};

class Importer {
public:
    void add(const Resource& resource) {
        const auto kind = kindOf(resource.kind);
        if (!kind || !seen_.insert(resource.arn).second) return;
        std::optional<Datum> given = resource.spec.empty() ? std::nullopt : parsed(resource.spec);
        if (given && ControllerReader::isController(*given)) return controller_.add(resource, std::move(*given));
        Object made;
        made.kind = *kind;
        made.account = resource.account;
        made.region = resource.region;
        made.source = resource.source;
        made.tags = resource.tags;
        // The object's own names count; where it has none, those in its ARN.
        const auto named = [&](std::string_view member, std::string_view step) {
            const std::string_view own = given ? given->string(member) : std::string_view();
            return own.empty() ? stepOf(resource.arn, step) : std::string(own);
        };
        made.mesh = named("meshName", "mesh");
        if (*kind == Kind::Route) made.parent = named("virtualRouterName", "virtualRouter");
        if (*kind == Kind::GatewayRoute) made.parent = named("virtualGatewayName", "virtualGateway");
        made.name = *kind == Kind::Mesh ? made.mesh : named(namesOf(*kind).nameKey, namesOf(*kind).member);
        if (made.name.empty()) made.name = resource.name;
        if (*kind == Kind::Mesh && made.mesh.empty()) made.mesh = made.name;
        // A route within an object of the controller's is read with its router.
        if (given && *kind == Kind::Route && given->find("spec") == nullptr && given->find("routeName") == nullptr) return;
        const bool told = given && given->is(DatumKind::Object) && given->find("metadata") != nullptr &&
                          ((*given)["metadata"].find("uid") != nullptr || (*given)["metadata"].find("version") != nullptr || given->find("status") != nullptr);
        const bool listed = given && given->find("spec") == nullptr && given->find("arn") != nullptr;
        if (!given || !given->is(DatumKind::Object) || listed) {
            problems_.push_back({Trouble::NotDescribed, made.path(), {}, {}, std::string(namesOf(*kind).call), made.source});
            return;
        }
        if (told) {
            // A list tells of it, too; those members stand in "metadata" here.
            for (const std::string_view each : {"arn", "createdAt", "lastUpdatedAt", "meshOwner", "resourceOwner", "version"}) erase(*given, each);
            made.body = std::move(*given);
            if (made.body.find("spec") == nullptr) problems_.push_back({Trouble::Lacks, made.label(), "spec", {}, "spec", made.source});
        } else {
            made.body = declaredBody(made, std::move(*given));
        }
        repair_.push_back(!told);
        objects_.push_back(std::move(made));
    }

    Model finish() {
        controller_.finish(objects_, problems_);
        repair_.resize(objects_.size(), true);
        for (std::size_t i = 0; i < objects_.size(); ++i)
            if (objects_[i].body.find("spec") != nullptr) checkSpec(objects_[i], repair_[i], problems_);
        Model model;
        model.objects = std::move(objects_);
        model.problems = std::move(problems_);
        std::stable_sort(model.objects.begin(), model.objects.end());
        // The controller may be asked for the same object twice; the first counts, as everywhere.
        model.objects.erase(std::unique(model.objects.begin(), model.objects.end(), [](const Object& a, const Object& b) { return !(a < b) && !(b < a); }), model.objects.end());
        checkReferences(model);
        return model;
    }

private:
    static void checkReferences(Model& model) {
        const Parts parts(model);
        const auto must = [&](const Object& from, const std::string& field, Kind kind, const std::string& name) {
            if (!name.empty() && model.find(from, kind, name) == nullptr)
                model.problems.push_back({Trouble::Dangling, from.label(), field, name, std::string(namesOf(kind).member), from.source});
        };
        for (const VirtualService& each : parts.services()) {
            must(*each.object, "spec.provider.virtualNode.virtualNodeName", Kind::VirtualNode, each.node);
            must(*each.object, "spec.provider.virtualRouter.virtualRouterName", Kind::VirtualRouter, each.router);
        }
        for (const Route& each : parts.routes()) {
            must(*each.object, {}, each.object->kind == Kind::Route ? Kind::VirtualRouter : Kind::VirtualGateway, each.object->parent);
            for (const WeightedTarget& target : each.targets) must(*each.object, target.field + ".virtualNode", Kind::VirtualNode, target.node);
            must(*each.object, each.target.field + ".virtualService.virtualServiceName", Kind::VirtualService, each.target.service);
        }
        for (const Workload& each : parts.workloads())
            for (const Backend& backend : each.backends) must(*each.object, backend.field + ".virtualService.virtualServiceName", Kind::VirtualService, backend.service);
    }

    std::vector<Object> objects_;
    std::vector<bool> repair_;
    std::vector<Problem> problems_;
    ControllerReader controller_;
    std::set<std::string, std::less<>> seen_;
};

} // namespace

void checkSpec(Object& object, bool repair, std::vector<Problem>& problems) {
    for (auto& [name, value] : object.body.members)
        if (name == "spec") SpecCheck(object, repair, problems).check(value, namesOf(object.kind).shape, "spec");
}

Model importFrom(const estate::Estate& estate) {
    Importer importer;
    for (const Resource& each : estate.resources()) importer.add(each);
    if (const estate::Estate* declared = estate.declared())
        for (const Resource& each : declared->resources()) importer.add(each);
    return importer.finish();
}

} // namespace gw::mesh::appmesh

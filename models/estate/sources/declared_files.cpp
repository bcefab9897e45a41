// Templates, states and objects of Kubernetes: what is not what AWS has, but what it was told to have.
#include "models/estate/sources/cloudformation.h"
#include "models/estate/sources/file_form.h"
#include "models/estate/sources/kubernetes.h"
#include "models/estate/sources/source_readers.h"
#include "models/estate/sources/template_circles.h"
#include "models/estate/sources/template_loops.h"
#include "models/estate/sources/terraform.h"
#include "models/estate/sources/yaml.h"
#include "models/policy/unknown_place.h"

#include <set>

namespace gw::estate {
namespace {

using Kind = Datum::Kind;

TemplatePlace placeOf(const std::string& path) {
    TemplatePlace place{accountIdIn(path.substr(path.rfind('/') + 1)), regionIn(path.substr(path.rfind('/') + 1))};
    std::string_view folders = path;
    while (folders.find('/') != std::string_view::npos) {
        folders = folders.substr(0, folders.rfind('/'));
        const std::string_view name = folders.substr(folders.rfind('/') + 1);
        if (place.account.empty()) place.account = accountIdIn(name);
        if (place.region.empty()) place.region = regionIn(name);
    }
    return place;
}

void keep(Datum root, std::shared_ptr<SourceFile> file, Reading& into) {
    TemplatePlace place = placeOf(file->path);
    pendingIn(into).templates.push_back({std::move(root), std::move(file), std::move(place.account), std::move(place.region)});
}

// The only one that everything read so far speaks of.
template <class List, class Field>
void collect(const List& list, Field field, std::set<std::string>& into) {
    for (const auto& each : list)
        if (const std::string& value = each.*field; !value.empty() && value != "aws") into.insert(value);
}

// Writes its loops out, tells which of them cannot be, and then of the circles that there are.
void prepare(PendingTemplate& pending, const TemplatePlace& place, EstateParts& parts) {
    for (const std::string& each : writeOutLoops(pending.root, place))
        parts.problems.push_back(Error(EstateError::NotRecognised)
                                     .with("file", pending.file->path)
                                     .with("line", std::to_string(pending.root.position.line))
                                     .with("column", std::to_string(pending.root.position.column))
                                     .with("object", each));
    for (const TemplateCircle& each : circlesIn(pending.root)) {
        std::string names;
        for (const std::string& name : each.names) names += name + " → ";
        parts.problems.push_back(Error(EstateError::Malformed)
                                     .with("file", pending.file->path)
                                     .with("line", std::to_string(each.position.line))
                                     .with("column", std::to_string(each.position.column))
                                     .with("seen", names + each.names.front()));
    }
}

bool hasLive(const EstateParts& parts) {
    return !parts.roles.empty() || !parts.users.empty() || !parts.groups.empty() || !parts.managedPolicies.empty() || !parts.resources.empty() ||
           !parts.samlProviders.empty();
}

template <class List>
void append(List& into, List& from) {
    into.insert(into.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

} // namespace

bool readYamlFile(const RawFile& raw, Reading& into) {
    if (formOf(raw.file->path, raw.text) != FileForm::Yaml) return false;
    YamlFile yaml = readYaml(raw.text);
    bool known = false;
    for (Datum& root : yaml.documents) {
        if (isTemplate(root)) {
            known = true;
            raw.file->call = "cloudformation";
            keep(std::move(root), raw.file, into);
        } else if (isKubernetes(root)) {
            known = true;
            raw.file->call = "kubernetes";
            keep(std::move(root), raw.file, into);
        }
    }
    if (yaml.problem) {
        Error error = problemOf(EstateError::Malformed, raw);
        for (const char* fact : {"line", "column"})
            if (const std::string_view value = yaml.problem->fact(fact); !value.empty()) error.with(fact, std::string(value));
        into.parts.problems.push_back(std::move(error).because(std::move(*yaml.problem)));
        return true;
    }
    return known;
}

bool readDeclaredJson(const DumpFile& file, const Node& root, Reading& into) {
    if (isTerraform(root)) {
        file.recognised("terraform");
        if (const std::string_view version = terraformVersion(root); !version.empty()) {
            into.parts.problems.push_back(file.problem(EstateError::NotRecognised, root).with("seen", std::string(version)).with("expected", "4"));
            return true;
        }
        pendingIn(into).states.push_back({std::make_shared<EstateParts>(), terraformPlace(file, root)});
        TemplatePlace& place = pendingIn(into).states.back().place;
        const auto source = file.sourceOf(root).file;
        if (place.account.empty() || place.region.empty()) {
            into.parts.problems.push_back(file.problem(EstateError::Unnamed, root).with("lacks", place.account.empty() ? "account" : "region"));
            if (place.account.empty()) place.account = policy::unknownAccount;
            if (place.region.empty()) place.region = policy::unknownRegion;
        }
        readTerraform(file, root, place, source, *pendingIn(into).states.back().parts);
        return true;
    }
    const bool templated = root.member("AWSTemplateFormatVersion") ||
                           (root.member("Resources").value.is(policy::ValueKind::Object) && root.member("Resources").value.first().member("Type"));
    if (!templated && !(root.member("apiVersion") && root.member("kind"))) return false;
    Datum datum = datumOf(file, root);
    if (!isTemplate(datum) && !isKubernetes(datum)) return false;
    file.recognised(templated ? "cloudformation" : "kubernetes");
    keep(std::move(datum), std::const_pointer_cast<SourceFile>(file.sourceOf(root).file), into);
    return true;
}

void finishDeclared(Reading& reading) {
    PendingSources& pending = pendingIn(reading);
    if (pending.templates.empty() && pending.states.empty()) return;
    EstateParts& live = reading.parts;
    std::set<std::string> accounts, regions;
    collect(live.roles, &Role::account, accounts);
    collect(live.resources, &Resource::account, accounts);
    collect(live.accounts, &Account::account, accounts);
    collect(live.resources, &Resource::region, regions);
    for (const PendingTemplate& each : pending.templates) {
        if (!each.account.empty()) accounts.insert(each.account);
        if (!each.region.empty()) regions.insert(each.region);
    }
    EstateParts declared;
    for (PendingState& each : pending.states) {
        append(declared.roles, each.parts->roles);
        append(declared.users, each.parts->users);
        append(declared.groups, each.parts->groups);
        append(declared.managedPolicies, each.parts->managedPolicies);
        append(declared.samlProviders, each.parts->samlProviders);
        append(declared.oidcProviders, each.parts->oidcProviders);
        append(declared.resources, each.parts->resources);
        append(live.problems, each.parts->problems);
    }
    const auto placeFor = [&](const PendingTemplate& each) {
        TemplatePlace place{each.account, each.region};
        // Of several nothing says which.
        if (place.account.empty()) place.account = accounts.size() == 1 ? *accounts.begin() : std::string(policy::unknownAccount);
        if (place.region.empty()) place.region = regions.size() == 1 ? *regions.begin() : std::string(policy::unknownRegion);
        return place;
    };
    const auto isOfKubernetes = [](const PendingTemplate& each) { return isKubernetes(each.root) && !isTemplate(each.root); };
    TemplateExports exports;
    for (PendingTemplate& each : pending.templates) {
        if (isOfKubernetes(each)) continue;
        const TemplatePlace place = placeFor(each);
        if ((each.account.empty() && place.account == policy::unknownAccount) || (each.region.empty() && place.region == policy::unknownRegion))
            live.problems.push_back(Error(EstateError::Unnamed)
                                        .with("file", each.file->path)
                                        .with("lacks", place.account == policy::unknownAccount ? "account" : "region"));
        prepare(each, place, live);
        exports.add(each.root, place);
    }
    for (PendingTemplate& each : pending.templates) {
        const TemplatePlace place = placeFor(each);
        if (!isOfKubernetes(each)) {
            readTemplate(each.root, place, each.file, declared, &exports);
            continue;
        }
        Declared objects(declared, each.file, place);
        if (!readKubernetes(each.root, objects))
            live.problems.push_back(Error(EstateError::NotRecognised)
                                        .with("file", each.file->path)
                                        .with("line", std::to_string(each.root.position.line))
                                        .with("column", std::to_string(each.root.position.column))
                                        .with("seen", std::string(each.root.string("kind"))));
    }
    pending.templates.clear();
    pending.states.clear();
    if (hasLive(live)) {
        mergeSame(declared);
        live.problems.insert(live.problems.end(), std::make_move_iterator(declared.problems.begin()), std::make_move_iterator(declared.problems.end()));
        declared.problems.clear();
        live.declared = std::make_shared<const Estate>(std::move(declared));
        return;
    }
    append(live.roles, declared.roles);
    append(live.users, declared.users);
    append(live.groups, declared.groups);
    append(live.managedPolicies, declared.managedPolicies);
    append(live.samlProviders, declared.samlProviders);
    append(live.oidcProviders, declared.oidcProviders);
    append(live.resources, declared.resources);
}

} // namespace gw::estate

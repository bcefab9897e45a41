// Where the action catalogue is: named on the command line, or beside the program, installed or in a build tree.
#pragma once

#include "app/gatewardenctl/command.h"
#include "models/policy/catalogue.h"

#include <memory>

namespace gw::ctl {

inline constexpr Option catalogueOption{"--catalogue", "FILE", "the catalogue of actions and condition keys, in place of the installed one"};

struct CatalogueFile {
    std::unique_ptr<policy::Catalogue> catalogue; // null: there is none, which was told on standard error
    bool refused = false;                         // the one that was asked for cannot be used
};

[[nodiscard]] CatalogueFile loadCatalogue(const Invocation& invocation);

} // namespace gw::ctl

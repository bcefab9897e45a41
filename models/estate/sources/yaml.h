// YAML 1.1 as templates and Kubernetes have it, into values with places. Aliases are worked out within bounds; the short
// functions of CloudFormation become the long ones ("!Ref X" is {"Ref": "X"}).
#pragma once

#include "models/estate/sources/datum.h"
#include "saml/base/result.h"

#include <string_view>
#include <vector>

namespace gw::estate {

// Facts: "line", "column", "seen".
#define GW_YAML_ERRORS(X)                                                                                                        \
    X(NotYaml, "not_yaml")                                                                                                       \
    X(TooDeep, "too_deep")                                                                                                       \
    X(TooLarge, "too_large")                                                                                                     \
    X(DuplicateKey, "duplicate_key")                                                                                             \
    X(UnknownAlias, "unknown_alias")
GW_ERROR_ENUM(YamlError, "yaml", GW_YAML_ERRORS);

inline constexpr std::size_t maxYamlBytes = std::size_t{16} << 20U;

struct YamlFile {
    std::vector<Datum> documents;
    std::optional<Error> problem; // what ended it early; the documents before are right
};

[[nodiscard]] YamlFile readYaml(std::string_view text);

} // namespace gw::estate

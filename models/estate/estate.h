// What an organization really has, from the dumps of it. Immutable and safe from any thread; readers make it
// (estate_reader.h), question.h asks it.
#pragma once

#include "models/estate/gap.h"
#include "models/estate/objects.h"
#include "models/estate/people.h"
#include "models/estate/resource.h"
#include "models/estate/usage.h"
#include "models/policy/compiled_policy.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gw::estate {

// Facts: "file"; "line", "column", "pointer" where they are known; "object", "seen", "expected".
#define GW_ESTATE_ERRORS(X)                                                                                                      \
    X(Unreadable, "unreadable")                                                                                                  \
    X(TooLarge, "too_large")                                                                                                     \
    X(TooMany, "too_many")                                                                                                       \
    X(Outside, "outside")                                                                                                        \
    X(Malformed, "malformed")                                                                                                    \
    X(NotRecognised, "not_recognised")                                                                                           \
    X(WrongType, "wrong_type")                                                                                                   \
    X(Unnamed, "unnamed")                                                                                                        \
    X(Truncated, "truncated")                                                                                                    \
    X(Conflict, "conflict")
// TooMany: files below a folder; Outside: a symbolic link that leads out of it; Malformed: no JSON, see the cause;
// Unnamed: a dump that does not say what it belongs to, and neither does its file's name; Truncated: further pages are
// missing; Conflict: the same object with other contents, of which the newest file counts.
GW_ERROR_ENUM(EstateError, "estate", GW_ESTATE_ERRORS);

struct EstateParts; // estate_parts.h

class Estate {
public:
    explicit Estate(EstateParts parts);
    ~Estate();
    Estate(Estate&&) noexcept;
    Estate& operator=(Estate&&) noexcept;

    // In the order in which they were read.
    [[nodiscard]] const std::vector<Account>& accounts() const;
    [[nodiscard]] const std::vector<OrganizationalUnit>& units() const;
    [[nodiscard]] const std::vector<Role>& roles() const;
    [[nodiscard]] const std::vector<User>& users() const;
    [[nodiscard]] const std::vector<Group>& groups() const;
    [[nodiscard]] const std::vector<ManagedPolicy>& managedPolicies() const;
    [[nodiscard]] const std::vector<ControlPolicy>& controlPolicies() const;
    [[nodiscard]] const std::vector<SamlProvider>& samlProviders() const;
    [[nodiscard]] const std::vector<OidcProvider>& oidcProviders() const;
    [[nodiscard]] const std::vector<Resource>& resources() const;
    // Of directories, mappings and saved responses.
    [[nodiscard]] const std::vector<Person>& people() const;
    [[nodiscard]] const std::vector<DirectoryGroup>& directoryGroups() const;
    [[nodiscard]] const std::vector<Assignment>& assignments() const;
    [[nodiscard]] const std::vector<ObservedResponse>& responses() const;
    [[nodiscard]] const Usage& usage() const;
    // What templates and states declare, where dumps of the live estate were read beside them; null otherwise: with
    // nothing else, what they declare is the estate itself.
    [[nodiscard]] const Estate* declared() const;
    [[nodiscard]] const Organization& organization() const;
    [[nodiscard]] const std::vector<std::shared_ptr<const SourceFile>>& files() const;
    // What could not be read, or not fully; the rest is there all the same.
    [[nodiscard]] const std::vector<Error>& problems() const;

    // Null where there is none.
    [[nodiscard]] const Account* account(std::string_view id) const;
    [[nodiscard]] const Role* role(std::string_view arn) const;
    // By the name, which is unique in an account whatever the path.
    [[nodiscard]] const Role* role(std::string_view account, std::string_view name) const;
    [[nodiscard]] const User* user(std::string_view account, std::string_view name) const;
    [[nodiscard]] const Group* group(std::string_view account, std::string_view name) const;
    [[nodiscard]] const ManagedPolicy* managedPolicy(std::string_view arn) const;
    [[nodiscard]] const SamlProvider* samlProvider(std::string_view arn) const;
    // Whose policy decides on the ARN of a request: the API of a route, the bucket of an object, the function of an alias.
    [[nodiscard]] const Resource* resourceFor(std::string_view arn) const;

    // The organization's policies that bind an account, level by level from the root; what is not known of them goes to
    // `gaps`, and a level of which nothing is known is left out. Nothing: none apply, or none are known.
    struct Levels {
        std::vector<std::vector<const ControlPolicy*>> policies;
        std::vector<std::string> targets; // id of the root, unit or account, for every level
    };
    [[nodiscard]] std::optional<Levels> levelsFor(std::string_view account, bool resourceControl, std::vector<Gap>& gaps) const;
    // Of an account: "o-…/r-…/ou-…/…/", as aws:PrincipalOrgPaths has it; empty where not all of it is known.
    [[nodiscard]] std::string pathOf(std::string_view account) const;
    // What a person calls a root, unit or account; the id itself where nothing tells.
    [[nodiscard]] std::string targetName(std::string_view id) const;

    // The document made ready, once for all questions. Errors: of policy::Document::parse.
    [[nodiscard]] Result<policy::PolicyRef> compiled(const PolicyDocument& document, policy::DocumentKind kind) const;
    // Where a policy of compiled() comes from; null for any other.
    [[nodiscard]] const PolicyDocument* documentOf(const policy::CompiledPolicy& policy) const;
    // Of a value in such a policy's document; nothing for any other policy.
    [[nodiscard]] std::optional<Place> placeOf(const policy::CompiledPolicy& policy, policy::Value value) const;
    // The same for a JSON pointer into the document; where nothing is there yet, of what would hold it.
    [[nodiscard]] std::optional<Place> placeOf(const policy::CompiledPolicy& policy, std::string_view pointer) const;

private:
    friend const EstateParts& partsOf(const Estate& estate);
    struct Index;
    std::unique_ptr<EstateParts> parts_;
    std::unique_ptr<Index> index_;
};

} // namespace gw::estate

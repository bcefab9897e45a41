// A document made ready to answer: patterns, typed values and hashed keys, once for all questions.
#pragma once

#include "models/policy/arn_pattern.h"
#include "models/policy/condition.h"
#include "models/policy/document.h"
#include "models/policy/request.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace gw::policy {

class CompiledStatement {
public:
    CompiledStatement(const StatementText& text, DocumentKind kind, bool variables);

    [[nodiscard]] Effect effect() const { return effect_; }
    [[nodiscard]] std::size_t index() const { return index_; }
    [[nodiscard]] const std::optional<std::string>& sid() const { return sid_; }

    [[nodiscard]] bool coversAction(std::string_view foldedAction) const;
    [[nodiscard]] Truth coversResource(const RequestView& request) const;
    // How it names the caller; Naming::Session for a policy without principals, Everyone for a NotPrincipal that applies.
    [[nodiscard]] Naming namesCaller(const Principal& caller, bool hasBoundary) const;
    [[nodiscard]] Truth conditionsHold(const Scope& scope) const;
    // Action, resource and conditions; not the principal.
    [[nodiscard]] Truth applies(const RequestView& request) const;

    [[nodiscard]] const std::vector<Condition>& conditions() const { return conditions_; }
    [[nodiscard]] const std::vector<NamedPrincipal>& principals() const { return principals_; }
    [[nodiscard]] const std::vector<Pattern>& actions() const { return actions_; }
    [[nodiscard]] const std::vector<ArnPattern>& resources() const { return resources_; }
    [[nodiscard]] bool isNotAction() const { return notAction_; }
    [[nodiscard]] bool isNotResource() const { return notResource_; }
    [[nodiscard]] bool isNotPrincipal() const { return notPrincipal_; }

    // Makes it one that says nothing.
    void coverNothing();

private:
    Effect effect_;
    bool notPrincipal_, notAction_, notResource_, hasPrincipals_ = false, hasResources_ = false, everyAction_ = false, onResource_ = false;
    std::size_t index_;
    std::optional<std::string> sid_;
    std::vector<NamedPrincipal> principals_;
    std::vector<Pattern> actions_;
    std::vector<ArnPattern> resources_;
    std::vector<Condition> conditions_;
};

// Immutable, and shared by whoever asks; safe from any thread.
class CompiledPolicy {
public:
    CompiledPolicy(Document document, std::string name);
    // Document::parse and this.
    [[nodiscard]] static Result<std::shared_ptr<const CompiledPolicy>> parse(std::string text, DocumentKind kind,
                                                                             std::string name);

    [[nodiscard]] const std::string& name() const { return name_; }
    [[nodiscard]] const Document& document() const { return document_; }
    [[nodiscard]] const std::vector<CompiledStatement>& statements() const { return statements_; }

private:
    friend class EditTrials; // tries other statements in copies of its own
    Document document_;
    std::string name_;
    std::vector<CompiledStatement> statements_;
};

using PolicyRef = std::shared_ptr<const CompiledPolicy>;

} // namespace gw::policy

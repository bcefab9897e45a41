// What the families of rules work with, and the list of them.
#pragma once

#include "models/policy/context.h"
#include "models/policy/lint/linter.h"
#include "models/policy/operator.h"

#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace gw::policy::lint {

class Witnesses;

enum class PointAt { Value, Name };

class Check {
public:
    Check(const Document& looked, const LintSettings& given, Report& report);
    ~Check();
    Check(const Check&) = delete;
    Check& operator=(const Check&) = delete;

    const Document& document;
    const LintSettings& settings;

    // One finding for each rule and statement: what is found again adds its place and what is seen there.
    void add(const Rule& rule, Value at, std::string_view seen = {}, std::vector<Fact> facts = {}, PointAt what = PointAt::Value);
    void needs(const Rule& rule, std::string_view what) { report_.notChecked.push_back({rule.id, what}); }
    void needs(std::string_view rule, std::string_view what) { report_.notChecked.push_back({rule, what}); }

    [[nodiscard]] DocumentKind kind() const { return document.kind(); }
    [[nodiscard]] bool is(std::initializer_list<DocumentKind> kinds) const;
    // Attached to those who call, as against what is called.
    [[nodiscard]] bool isOfPrincipal() const {
        return is({DocumentKind::Identity, DocumentKind::Session, DocumentKind::Boundary, DocumentKind::Scp});
    }
    [[nodiscard]] const Catalogue* catalogue() const { return settings.catalogue; }
    // Of this document.
    [[nodiscard]] Witnesses& witnesses();
    // What was not tried may be there.
    void tellWhatWasLeftOut();

private:
    // Columns in characters. Places are many where somebody wants them to be: the text is counted through once.
    [[nodiscard]] Position inCharacters(std::size_t offset);

    Report& report_;
    std::vector<Position> marks_; // of every so many octets
    std::unique_ptr<Witnesses> witnesses_; // once it is asked for
};

// Whether everything that `narrow` matches is matched by `wide`, as far as their text tells: never a false yes.
[[nodiscard]] bool covers(std::string_view wide, std::string_view narrow);
// Whether the pattern of an action matches this action; both in any case.
[[nodiscard]] bool matchesAction(std::string_view pattern, std::string_view action);
// Whether the Action or NotAction of the statement reaches it.
[[nodiscard]] bool reaches(const StatementText& statement, std::string_view action);
// Key and a colon, or a slash, at its end: a prefix. Case does not matter.
[[nodiscard]] bool isKey(std::string_view key, std::string_view expected);
[[nodiscard]] bool hasKey(const StatementText& statement, std::initializer_list<std::string_view> keys);
[[nodiscard]] bool holdsAny(const std::vector<Text>& texts, std::string_view exact);

// The ARN of a role of which nothing is known but its account; of the table's where that is not known either.
[[nodiscard]] std::string anyRole(std::string_view account, std::string_view partition = "aws");

// What the reader of documents found wrong.
void addProblems(Check& check, const std::vector<Error>& problems);
void checkElements(Check& check);
void checkSize(Check& check);
void checkActions(Check& check);
void checkResources(Check& check);
void checkPrincipals(Check& check);
void checkConditionKeys(Check& check);
void checkConditionValues(Check& check);
void checkTags(Check& check);
void checkRedundancy(Check& check);
void checkSamlTrust(Check& check);
void checkTrust(Check& check);
void checkPermissions(Check& check);
void checkPrivilegePaths(Check& check);
void checkServices(Check& check);

} // namespace gw::policy::lint

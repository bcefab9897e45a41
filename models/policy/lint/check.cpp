#include "models/policy/lint/check.h"

#include "models/policy/arn_pattern.h"
#include "models/policy/lint/privilege_paths.h"
#include "models/policy/lint/witness.h"

#include <algorithm>
#include <array>

namespace gw::policy::lint {
namespace {

constexpr std::size_t mostPlaces = 50, mostSeen = 600;

constexpr std::size_t markEvery = 1'024; // octets

// The position after `text`, which begins at `from`. Octets that continue a character are no columns.
Position after(Position from, std::string_view text) {
    for (const char each : text) {
        if (each == '\n') {
            ++from.line;
            from.column = 1;
        } else if ((static_cast<unsigned char>(each) & 0xC0U) != 0x80U) {
            ++from.column;
        }
    }
    return from;
}

void join(std::string& list, std::string_view more) {
    if (more.empty() || list == more) return;
    for (std::size_t at = list.find(more); at != std::string::npos; at = list.find(more, at + 1)) {
        const bool begins = at == 0 || list.compare(at - std::min<std::size_t>(at, 2), 2, ", ") == 0;
        const bool ends = at + more.size() == list.size() || list.compare(at + more.size(), 2, ", ") == 0;
        if (begins && ends) return;
    }
    if (list.size() + more.size() > mostSeen) {
        if (!list.ends_with("…")) list += ", …";
        return;
    }
    list += list.empty() ? std::string(more) : ", " + std::string(more);
}

} // namespace

std::string_view Finding::fact(std::string_view name) const {
    const auto known = std::find_if(facts.begin(), facts.end(), [&](const Fact& each) { return each.name == name; });
    return known == facts.end() ? std::string_view() : std::string_view(known->value);
}

std::string statementOf(std::string_view pointer) {
    static constexpr std::string_view start = "/Statement";
    if (pointer.substr(0, start.size()) != start) return {};
    const std::string_view rest = pointer.substr(start.size());
    // A single statement may stand without its list.
    if (rest.size() < 2 || rest[1] < '0' || rest[1] > '9') return std::string(start);
    return std::string(pointer.substr(0, std::min(pointer.find('/', start.size() + 1), pointer.size())));
}

Position Check::inCharacters(std::size_t offset) {
    const std::string_view text = document.source().text();
    offset = std::min(offset, text.size());
    if (marks_.empty()) marks_.emplace_back();
    while (marks_.size() * markEvery <= offset)
        marks_.push_back(after(marks_.back(), text.substr((marks_.size() - 1) * markEvery, markEvery)));
    const std::size_t mark = offset / markEvery;
    return after(marks_[mark], text.substr(mark * markEvery, offset - mark * markEvery));
}

Check::Check(const Document& looked, const LintSettings& given, Report& report)
    : document(looked), settings(given), report_(report) {}

Check::~Check() = default;

// The first of the rules that ask stands for all of them.
void Check::tellWhatWasLeftOut() {
    if (witnesses_ && witnesses_->isExhausted())
        needs(kind() == DocumentKind::Trust ? rules::trustAny : rules::permPassRole, "time");
}

void Check::add(const Rule& rule, Value at, std::string_view seen, std::vector<Fact> facts, PointAt what) {
    const SourceTree& source = document.source();
    Place place;
    place.pointer = source.pointerTo(at);
    const std::string statement = statementOf(place.pointer);
    const auto known = std::find_if(report_.findings.begin(), report_.findings.end(), [&](const Finding& each) {
        return each.rule->id == rule.id && statementOf(each.places.front().pointer) == statement;
    });
    const bool full = known != report_.findings.end() && known->places.size() >= mostPlaces;
    if (!full) {
        const Span span = what == PointAt::Name && at.nameSpan().end != 0 ? at.nameSpan() : at.span();
        place.begin = inCharacters(span.begin);
        place.end = inCharacters(span.end);
    }
    if (known == report_.findings.end()) {
        Finding finding{&rule, rule.severity, {std::move(place)}, std::move(facts), std::nullopt};
        if (!seen.empty()) finding.facts.push_back({"seen", std::string(seen.substr(0, mostSeen))});
        report_.findings.push_back(std::move(finding));
        return;
    }
    if (full) return;
    const bool twice = std::any_of(known->places.begin(), known->places.end(), [&](const Place& each) { return each.pointer == place.pointer; });
    if (!twice) known->places.push_back(std::move(place));
    const auto fact = std::find_if(known->facts.begin(), known->facts.end(), [](const Fact& each) { return each.name == "seen"; });
    if (fact != known->facts.end()) join(fact->value, seen);
}

Witnesses& Check::witnesses() {
    if (!witnesses_) witnesses_ = std::make_unique<Witnesses>(document, catalogue(), settings.now);
    return *witnesses_;
}

bool Check::is(std::initializer_list<DocumentKind> kinds) const {
    return std::find(kinds.begin(), kinds.end(), document.kind()) != kinds.end();
}

std::string anyRole(std::string_view account, std::string_view partition) {
    std::string arn = "arn:";
    arn += partition;
    arn += ":iam::";
    arn += account.empty() ? privilegeAccount : account;
    return arn + ":role/any-role-at-all";
}

bool covers(std::string_view wide, std::string_view narrow) {
    if (wide == "*" || wide == narrow) return true;
    const bool hasRun = wide.find('*') != std::string_view::npos, hasOne = wide.find('?') != std::string_view::npos;
    if (!hasRun && !hasOne) return false;
    // "?" would take the place of a "*" that stands for many; variables are texts that nobody knows here.
    if (wide.find("${") != std::string_view::npos || narrow.find("${") != std::string_view::npos) return false;
    if (hasOne && narrow.find('*') != std::string_view::npos) return false;
    static const Context nothing;
    return Pattern(wide, {.wildcards = true, .variables = false, .foldCase = false}).matches(narrow, Scope(nothing, {}, true)) == Truth::True;
}

bool matchesAction(std::string_view pattern, std::string_view action) {
    return covers(foldedAscii(pattern), foldedAscii(action));
}

bool reaches(const StatementText& statement, std::string_view action) {
    const bool listed = std::any_of(statement.actions.begin(), statement.actions.end(),
                                    [&](const Text& each) { return matchesAction(each.text, action); });
    return listed != statement.notAction;
}

bool isKey(std::string_view key, std::string_view expected) {
    const std::string folded = foldedAscii(key), wanted = foldedAscii(expected);
    const bool prefix = wanted.ends_with('/') || wanted.ends_with(':');
    return prefix ? folded.starts_with(wanted) : folded == wanted;
}

bool hasKey(const StatementText& statement, std::initializer_list<std::string_view> keys) {
    return std::any_of(statement.conditions.begin(), statement.conditions.end(), [&](const ConditionText& condition) {
        return std::any_of(keys.begin(), keys.end(), [&](std::string_view each) { return isKey(condition.key.text, each); });
    });
}

bool holdsAny(const std::vector<Text>& texts, std::string_view exact) {
    return std::any_of(texts.begin(), texts.end(), [&](const Text& each) { return each.text == exact; });
}

} // namespace gw::policy::lint

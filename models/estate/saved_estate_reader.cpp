// The other direction of saved_estate.cpp.
#include "models/estate/saved_documents.h"
#include "models/estate/saved_estate.h"
#include "models/estate/saved_fields.h"

#include <algorithm>
#include <atomic>
#include <charconv>
#include <iterator>
#include <thread>
#include <unordered_map>

namespace gw::estate {
namespace {

using policy::Value;
using policy::ValueKind;

// Hashes of texts to the texts, and of files to the files.
struct Known {
    std::unordered_map<std::string_view, std::string> documents;
    std::unordered_map<std::string, std::shared_ptr<const SourceFile>> files;
};

class In {
public:
    In(const Known& known, Value object) : known_(known), object_(object) {}

    template <class T>
    void operator()(std::string_view name, T& value) {
        if (const Value member = object_.member(name)) read(member, value);
    }
    void unless(std::string_view name, bool& value, bool) { (*this)(name, value); }
    void json(std::string_view name, std::string& value) { value = object_.member(name).text(); }

    template <class T>
    void object(T& value) {
        if constexpr (std::is_base_of_v<Object, T>) {
            Object& common = value;
            (*this)("arn", common.arn);
            (*this)("name", common.name);
            (*this)("account", common.account);
            (*this)("source", common.source);
            (*this)("unknown", common.unknown);
            owner = common.arn;
        }
        fields(*this, value);
    }

    std::string owner;

private:
    void read(Value from, std::string& value) const { value = from.text(); }
    void read(Value from, bool& value) const { value = from.is(ValueKind::True); }
    template <class T>
        requires std::is_integral_v<T>
    void read(Value from, T& value) const {
        std::from_chars(from.text().data(), from.text().data() + from.text().size(), value);
    }
    void read(Value from, UtcTime& value) const {
        std::int64_t milliseconds = 0;
        read(from, milliseconds);
        value = UtcTime::fromUnixMilliseconds(milliseconds);
    }
    void read(Value from, ResourceKind& value) const {
        for (int each = 0; each <= static_cast<int>(ResourceKind::Other); ++each)
            if (resourceKindName(static_cast<ResourceKind>(each)) == from.text()) value = static_cast<ResourceKind>(each);
    }
    void read(Value from, AssignmentOrigin& value) const {
        int origin = 0;
        read(from, origin);
        if (origin >= 0 && origin <= static_cast<int>(AssignmentOrigin::Application)) value = static_cast<AssignmentOrigin>(origin);
    }
    void read(Value from, UnknownField& value) const {
        value = {std::string(from.first().text()), std::string(from.first().next().text())};
    }
    void read(Value from, std::pair<std::string, std::string>& value) const {
        value = {std::string(from.first().text()), std::string(from.first().next().text())};
    }
    template <class T>
    void read(Value from, std::optional<T>& value) const {
        if (from.is(ValueKind::Null)) return;
        read(from, value.emplace());
    }
    template <class T>
    void read(Value from, std::vector<T>& values) const {
        values.reserve(from.size());
        for (Value each = from.first(); each; each = each.next()) read(each, values.emplace_back());
    }
    template <class T, class... More>
    void read(Value from, std::set<T, More...>& values) const {
        for (Value each = from.first(); each; each = each.next()) {
            T value;
            read(each, value);
            values.insert(std::move(value));
        }
    }
    template <class T, class... More>
    void read(Value from, std::map<std::string, T, More...>& values) const {
        for (Value each = from.first(); each; each = each.next()) read(each, values[std::string(each.name())]);
    }
    void read(Value from, Source& value) const {
        const Value pointer = from.first().next(), line = pointer.next();
        if (const auto file = known_.files.find(std::string(from.first().text())); file != known_.files.end())
            value.file = file->second;
        value.pointer = pointer.text();
        read(line, value.position.line);
        read(line.next(), value.position.column);
    }
    void read(Value from, PolicyDocument& value) const {
        In inner(known_, from);
        value.owner = owner;
        inner("name", value.name);
        inner("arn", value.arn);
        inner("owner", value.owner);
        inner("source", value.source);
        inner("quoted", value.quoted);
        inner("known", value.known);
        const Value name = from.member("document");
        if (!name) return;
        if (const auto found = known_.documents.find(name.text()); found != known_.documents.end())
            value.text = found->second;
        else
            value.known = false;
    }
    template <class T>
        requires std::is_class_v<T>
    void read(Value from, T& value) const {
        In inner(known_, from);
        inner.owner = owner;
        inner.object(value);
    }

    const Known& known_;
    Value object_;
};

// One thread's share of the lines.
class Loading {
public:
    Loading(const std::string& path, const Known& known) : path_(path), known_(known) {}

    void line(std::string_view text, std::uint32_t number) {
        const auto tree = policy::SourceTree::parse(std::string(text));
        if (!tree || !tree->root().is(ValueKind::Object))
            return wrong(number, tree ? std::nullopt : std::optional(tree.error()));
        Value member = tree->root().first();
        const bool isDeclared = member.name() == "declared";
        if (isDeclared) member = member.next();
        row_ = member;
        recognised_ = false;
        EstateParts& into = isDeclared ? declared : parts;
        hasDeclared = hasDeclared || isDeclared;
        lists(*this, into);
        one("organization", into.organization);
        one("organizationFacts", into.facts);
        one("usage", into.usage);
        if (row_.name() == "problem") problem(into);
        if (!recognised_) wrong(number, std::nullopt);
    }

    template <class T>
    void list(std::string_view name, std::vector<T>& values) {
        if (row_.name() != name) return;
        recognised_ = true;
        In in(known_, row_);
        in.object(values.emplace_back());
    }

    EstateParts parts, declared;
    bool hasDeclared = false;

private:
    template <class T>
    void one(std::string_view name, T& value) {
        if (row_.name() != name) return;
        recognised_ = true;
        In in(known_, row_);
        in.object(value);
    }
    void problem(EstateParts& into) {
        const auto& domain = errorDomainOf(EstateError{});
        for (std::size_t each = 0; each < domain.codes.size(); ++each) {
            Error error(static_cast<EstateError>(each));
            if (error.code().id() != row_.member("code").text()) continue;
            for (Value fact = row_.member("facts").first(); fact; fact = fact.next())
                error.with(std::string(fact.first().text()), std::string(fact.first().next().text()));
            into.problems.push_back(std::move(error));
            recognised_ = true;
            return;
        }
    }
    void wrong(std::uint32_t number, std::optional<Error> cause) {
        Error error(EstateError::Malformed);
        error.with("file", path_).with("line", std::to_string(number)).with("column", "1");
        parts.problems.push_back(cause ? std::move(error).because(std::move(*cause)) : std::move(error));
    }

    const std::string& path_;
    const Known& known_;
    Value row_;
    bool recognised_ = false;
};

struct Line {
    std::string_view text;
    std::uint32_t number = 0;
};

constexpr std::size_t askedEvery = 1024; // lines

// Runs `work` with every line and the number of its half, the second one in a thread of its own where there are many. Ends
// early where `goesOn` says so, which only the calling thread asks.
template <class Work>
void halves(const std::vector<Line>& lines, const std::function<bool()>& goesOn, Work work) {
    const std::size_t middle = lines.size() < 1000 ? lines.size() : lines.size() / 2;
    std::atomic<bool> stopped{false};
    const auto run = [&](std::size_t half, std::size_t from, std::size_t to) {
        for (std::size_t each = from; each < to && !stopped; ++each) {
            if (half == 0 && each % askedEvery == 0 && !goesOn()) stopped = true;
            work(half, lines[each]);
        }
    };
    std::thread other;
    if (middle < lines.size()) other = std::thread([&] { run(1, middle, lines.size()); });
    run(0, 0, middle);
    if (other.joinable()) other.join();
}

constexpr std::string_view documentStart = R"({"document":")", fileStart = R"({"file":")";

void readDocuments(const std::string& path, const std::vector<Line>& lines, Known& known, std::vector<Error>& problems,
                   const std::function<bool()>& goesOn) {
    std::unordered_map<std::string_view, std::string> found[2];
    std::vector<std::uint32_t> bad[2];
    halves(lines, goesOn, [&](std::size_t half, const Line& line) {
        const std::string_view rest = line.text.substr(documentStart.size());
        const std::size_t end = rest.find('"');
        auto text = end == std::string_view::npos ? std::nullopt : documentText(rest.substr(end + 1));
        if (text)
            found[half].emplace(rest.substr(0, end), std::move(*text));
        else
            bad[half].push_back(line.number);
    });
    known.documents = std::move(found[0]);
    known.documents.merge(found[1]);
    for (const auto& half : bad)
        for (const std::uint32_t number : half)
            problems.push_back(Error(EstateError::Malformed)
                                   .with("file", path)
                                   .with("line", std::to_string(number))
                                   .with("column", "1"));
}

void readFile(std::string_view text, Known& known, EstateParts& into) {
    const auto tree = policy::SourceTree::parse(std::string(text));
    if (!tree) return;
    auto file = std::make_shared<SourceFile>();
    file->path = tree->root().member("path").text();
    file->call = tree->root().member("call").text();
    if (const Value modified = tree->root().member("modified")) {
        std::int64_t milliseconds = 0;
        std::from_chars(modified.text().data(), modified.text().data() + modified.text().size(), milliseconds);
        file->modified = UtcTime::fromUnixMilliseconds(milliseconds);
    }
    known.files.emplace(tree->root().member("file").text(), file);
    into.files.push_back(std::move(file));
}

template <class T>
void append(std::vector<T>& into, std::vector<T>& from) {
    into.reserve(into.size() + from.size());
    std::move(from.begin(), from.end(), std::back_inserter(into));
}

void appendParts(EstateParts& into, EstateParts& from) {
    append(into.accounts, from.accounts);
    append(into.units, from.units);
    append(into.roles, from.roles);
    append(into.users, from.users);
    append(into.groups, from.groups);
    append(into.managedPolicies, from.managedPolicies);
    append(into.controlPolicies, from.controlPolicies);
    append(into.samlProviders, from.samlProviders);
    append(into.oidcProviders, from.oidcProviders);
    append(into.resources, from.resources);
    append(into.people, from.people);
    append(into.directoryGroups, from.directoryGroups);
    append(into.assignments, from.assignments);
    append(into.responses, from.responses);
    append(into.problems, from.problems);
    append(into.usage.signIns, from.usage.signIns);
    append(into.usage.chains, from.usage.chains);
    into.usage.principals.merge(from.usage.principals);
    into.usage.services.merge(from.usage.services);
    if (!into.usage.from || (from.usage.from && *from.usage.from < *into.usage.from)) into.usage.from = from.usage.from;
    if (!into.usage.until || (from.usage.until && *from.usage.until > *into.usage.until)) into.usage.until = from.usage.until;
    into.usage.events += from.usage.events;
    if (!from.organization.id.empty()) into.organization.id = from.organization.id;
    if (!from.organization.managementAccount.empty()) into.organization.managementAccount = from.organization.managementAccount;
    OrganizationFacts& facts = into.facts;
    facts.parents.merge(from.facts.parents);
    facts.attachments.merge(from.facts.attachments);
    facts.targetsListed.merge(from.facts.targetsListed);
    facts.otherPolicies.merge(from.facts.otherPolicies);
    facts.types.merge(from.facts.types);
    facts.scpsListed = facts.scpsListed || from.facts.scpsListed;
    facts.rcpsListed = facts.rcpsListed || from.facts.rcpsListed;
}

} // namespace

bool isSavedEstate(std::string_view text) {
    return text.starts_with(savedEstateStart);
}

void readSavedEstate(const std::string& path, std::string_view text, EstateParts& into, const std::function<bool()>& goesOn) {
    const std::string_view head = text.substr(savedEstateStart.size(), text.find('}') - savedEstateStart.size());
    const std::string_view version = head.substr(0, head.find(savedEstateLines));
    if (version != std::to_string(savedEstateVersion)) {
        into.problems.push_back(Error(EstateError::NotRecognised)
                                    .with("file", path)
                                    .with("line", "1")
                                    .with("column", std::to_string(savedEstateStart.size() + 1))
                                    .with("seen", std::string(version.substr(0, 32)))
                                    .with("expected", std::to_string(savedEstateVersion)));
        return;
    }
    Known known;
    std::vector<Line> documents, objects;
    std::uint32_t number = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        const std::string_view line = text.substr(at, end - at);
        at = end + 1;
        if (number % askedEvery == 0 && !goesOn()) return;
        if (++number == 1 || line.empty()) continue;
        if (line.starts_with(documentStart))
            documents.push_back({line, number});
        else if (line.starts_with(fileStart))
            readFile(line, known, into);
        else
            objects.push_back({line, number});
    }
    const bool counted = version.size() < head.size();
    const std::string_view lines = counted ? head.substr(version.size() + savedEstateLines.size()) : std::string_view();
    if (counted && lines != std::to_string(number - 1))
        into.problems.push_back(Error(EstateError::Malformed)
                                    .with("file", path)
                                    .with("line", std::to_string(number))
                                    .with("column", "1")
                                    .with("seen", std::to_string(number - 1) + " lines")
                                    .with("expected", std::string(lines.substr(0, 20)) + " lines"));
    readDocuments(path, documents, known, into.problems, goesOn);
    Loading loading[2] = {{path, known}, {path, known}};
    halves(objects, goesOn, [&](std::size_t half, const Line& line) { loading[half].line(line.text, line.number); });
    EstateParts declared;
    for (Loading& each : loading) {
        appendParts(into, each.parts);
        appendParts(declared, each.declared);
    }
    if (loading[0].hasDeclared || loading[1].hasDeclared) into.declared = std::make_shared<const Estate>(std::move(declared));
}

} // namespace gw::estate

// Exports of directories: tables, LDIF (RFC 2849), SCIM's lists (RFC 7643, 7644), and Entra's assignments of application roles.
#include "models/estate/sources/file_form.h"
#include "models/estate/sources/role_names.h"
#include "models/estate/sources/source_readers.h"
#include "models/estate/sources/table.h"
#include "saml/base/ascii.h"
#include "saml/base/base64.h"
#include "saml/base/blanks.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>
#include <set>

namespace gw::estate {
namespace {

using policy::ValueKind;
using Entry = DirectoryCollector::Entry;

bool isNo(std::string_view text) {
    static constexpr auto words = std::to_array<std::string_view>(
        {"false", "no", "0", "disabled", "inactive", "suspended", "deprovisioned", "deactivated", "archived", "blocked"});
    const std::string folded = foldedAscii(trimmed(text));
    return std::find(words.begin(), words.end(), folded) != words.end();
}

// Several names in one cell: by semicolons, lines or bars; by commas where no DN has some of its own.
std::vector<std::string> listIn(std::string_view cell) {
    std::string_view separators = ";|\n";
    if (cell.find_first_of(separators) == std::string_view::npos && cell.find('=') == std::string_view::npos) separators = ",";
    std::vector<std::string> names;
    while (!cell.empty()) {
        const std::string_view one = cell.substr(0, cell.find_first_of(separators));
        cell.remove_prefix(std::min(one.size() + 1, cell.size()));
        if (const std::string_view name = trimmed(one); !name.empty()) names.emplace_back(name);
    }
    return names;
}

class TableFile {
public:
    TableFile(const RawFile& raw, Reading& into) : raw_(raw), into_(into), table_(readTable(utf8Of(raw.text))) {}

    bool read() {
        person_ = table_.column({"userprincipalname", "username", "login", "userlogin", "memberemail", "memberusername", "member", "membername", "user",
                                 "useremail", "primaryemail", "emailaddressrequired", "emailaddress", "email", "mail", "samaccountname", "person"});
        group_ = table_.column({"groupname", "group", "groupemailrequired", "groupemail", "groupdisplayname", "directorygroup"});
        groups_ = table_.column({"groups", "memberof", "groupmemberships", "usergroups"});
        role_ = table_.column({"rolearn", "awsrolearn", "role", "awsrole", "iamrole", "rolename"});
        id_ = table_.column({"objectid", "id", "userid", "distinguishedname", "dn", "objectguid"});
        shown_ = table_.column({"displayname", "name", "fullname", "cn"});
        if (role_ && (group_ || person_)) {
            assignments();
        } else if (const auto type = table_.column({"objectclass", "objecttype"}); type && (person_ || shown_)) {
            objects(*type);
        } else if (person_ && (group_ || groups_)) {
            memberships();
        } else if (person_) {
            for (const TableRow& row : table_.rows) person(row);
        } else if (group_) {
            for (const TableRow& row : table_.rows) collector().addGroup(entry(row, group_));
        } else {
            return false;
        }
        raw_.file->call = role_ && (group_ || person_) ? "role-assignments" : "directory-table";
        tellFaults();
        return true;
    }

private:
    DirectoryCollector& collector() { return pendingIn(into_).directory; }
    [[nodiscard]] std::string cell(const TableRow& row, std::optional<std::size_t> column) const {
        return column ? std::string(trimmed(row.cells[*column])) : std::string();
    }
    [[nodiscard]] Source at(const TableRow& row) const { return {raw_.file, {}, {row.line, 1}}; }

    [[nodiscard]] Entry entry(const TableRow& row, std::optional<std::size_t> name) const {
        Entry made;
        made.id = cell(row, id_);
        made.name = cell(row, name);
        made.displayName = cell(row, shown_);
        made.mail = cell(row, table_.column({"mail", "email", "emailaddress", "emailaddressrequired"}));
        made.source = at(row);
        if (const auto active = table_.column({"accountenabled", "enabled", "active", "status", "statusreadonly", "userstatus"}))
            made.active = !isNo(row.cells[*active]);
        return made;
    }

    void person(const TableRow& row) {
        Entry made = entry(row, person_);
        if (made.displayName.empty()) {
            const std::string first = cell(row, table_.column({"firstname", "givenname", "firstnamerequired"}));
            const std::string last = cell(row, table_.column({"lastname", "surname", "lastnamerequired"}));
            made.displayName = first.empty() || last.empty() ? first + last : first + " " + last;
        }
        collector().addPerson(std::move(made));
    }

    void memberships() {
        // One row a member: what else it tells may be the group's.
        for (const TableRow& row : table_.rows) {
            if (!group_) person(row);
            const std::string who = cell(row, person_);
            if (group_) collector().addMember(cell(row, group_), who, at(row));
            if (groups_)
                for (std::string& each : listIn(row.cells[*groups_])) collector().addMember(std::move(each), who, at(row));
        }
    }

    // Of Active Directory: a row is a user or a group.
    void objects(std::size_t type) {
        const auto members = table_.column({"member", "members"});
        for (const TableRow& row : table_.rows) {
            const std::string kind = foldedAscii(row.cells[type]);
            if (kind.find("computer") != std::string::npos) continue;
            const bool isGroup = kind.find("group") != std::string::npos;
            Entry made = entry(row, isGroup ? (group_ ? group_ : shown_) : person_);
            if (!isGroup && made.name.empty()) made.name = cell(row, table_.column({"samaccountname"}));
            const std::string name = made.id.empty() ? made.name : made.id;
            if (isGroup) {
                made.membersKnown = members.has_value();
                collector().addGroup(std::move(made));
                if (members)
                    for (std::string& each : listIn(row.cells[*members])) collector().addMember(name, std::move(each), at(row));
            } else {
                collector().addPerson(std::move(made));
            }
            if (groups_)
                for (std::string& each : listIn(row.cells[*groups_])) collector().addMember(std::move(each), name, at(row));
        }
    }

    void assignments() {
        const auto provider = table_.column({"providerarn", "provider", "samlprovider", "idp", "identityprovider"});
        const auto account = table_.column({"account", "accountid", "awsaccount", "awsaccountid"});
        for (const TableRow& row : table_.rows) {
            const std::string group = cell(row, group_), who = group.empty() ? cell(row, person_) : std::string();
            const std::string written = cell(row, role_);
            if (written.empty() && group.empty() && who.empty()) continue;
            const auto role = namedRole(written, cell(row, account));
            if (!role || (group.empty() && who.empty())) {
                into_.parts.problems.push_back(problemOf(EstateError::WrongType, raw_)
                                                   .with("line", std::to_string(row.line))
                                                   .with("column", "1")
                                                   .with("seen", written.substr(0, 200))
                                                   .with("expected", role ? "group" : "role"));
                continue;
            }
            Assignment made{group, who, role->role, role->provider, AssignmentOrigin::Table, at(row)};
            if (made.provider.empty()) made.provider = providerArn(cell(row, provider), made.role);
            into_.parts.assignments.push_back(std::move(made));
        }
    }

    // By its ARN, or by its name in the account of the role.
    static std::string providerArn(const std::string& written, const std::string& role) {
        if (written.empty() || written.starts_with("arn:")) return written;
        return role.substr(0, role.find(":role/")) + ":saml-provider/" + written;
    }

    void tellFaults() {
        const auto tell = [&](EstateError code, std::uint32_t line, const char* seen) {
            into_.parts.problems.push_back(problemOf(code, raw_).with("line", std::to_string(line)).with("column", "1").with("seen", seen));
        };
        if (table_.openQuote != 0) tell(EstateError::Malformed, table_.openQuote, "open_quote");
        if (table_.tooMany != 0) tell(EstateError::TooMany, table_.tooMany, "rows");
        if (table_.uneven != 0) tell(EstateError::Malformed, 1, "uneven_rows");
    }

    const RawFile& raw_;
    Reading& into_;
    Table table_;
    std::optional<std::size_t> person_, group_, groups_, role_, id_, shown_;
};

class LdifFile {
public:
    LdifFile(const RawFile& raw, Reading& into) : raw_(raw), into_(into), text_(utf8Of(raw.text)) {}

    bool read() {
        std::string line;
        std::uint32_t number = 0;
        for (std::size_t at = 0; at < text_.size();) {
            const std::size_t end = std::min(text_.find('\n', at), text_.size());
            std::string_view piece = std::string_view(text_).substr(at, end - at);
            if (piece.ends_with('\r')) piece.remove_suffix(1);
            at = end + 1;
            ++number;
            if (piece.starts_with(' ')) {
                line += piece.substr(1);
                continue;
            }
            attribute(line);
            line = piece;
            if (piece.empty()) finish();
            if (dn_.empty()) line_ = number;
        }
        attribute(line);
        finish();
        if (records_ == 0) return false;
        raw_.file->call = "ldif";
        return true;
    }

private:
    using Values = std::vector<std::string>;

    void attribute(std::string_view line) {
        const std::size_t colon = line.find(':');
        if (line.starts_with('#') || colon == std::string_view::npos) return;
        // Options of an attribute ("cn;lang-en") say nothing here.
        const std::string name = foldedAscii(line.substr(0, std::min(colon, line.find(';'))));
        std::string_view value = line.substr(colon + 1);
        std::string text;
        if (value.starts_with(':')) {
            auto decoded = decodeBase64(trimmed(value.substr(1)), std::size_t{1} << 20U);
            if (!decoded) {
                into_.parts.problems.push_back(problemOf(EstateError::Malformed, raw_).with("line", std::to_string(line_)).with("column", "1").with("seen", name));
                return;
            }
            text = std::move(*decoded);
        } else if (value.starts_with('<')) {
            return;
        } else {
            text = trimmed(value);
        }
        if (name == "dn")
            dn_ = std::move(text);
        else if (wanted(name))
            attributes_[name].push_back(std::move(text));
    }

    static bool wanted(std::string_view name) {
        static constexpr auto names = std::to_array<std::string_view>({"objectclass", "cn", "displayname", "mail", "uid", "samaccountname", "userprincipalname",
                                                                       "memberof", "member", "uniquemember", "memberuid", "useraccountcontrol", "changetype",
                                                                       "nsaccountlock"});
        return std::find(names.begin(), names.end(), name) != names.end();
    }

    [[nodiscard]] std::string first(std::initializer_list<const char*> names) const {
        for (const char* name : names)
            if (const auto found = attributes_.find(name); found != attributes_.end() && !found->second.front().empty()) return found->second.front();
        return {};
    }

    [[nodiscard]] bool isOf(std::initializer_list<std::string_view> classes) const {
        const auto found = attributes_.find("objectclass");
        if (found == attributes_.end()) return false;
        return std::any_of(found->second.begin(), found->second.end(), [&](const std::string& each) {
            return std::find(classes.begin(), classes.end(), foldedAscii(each)) != classes.end();
        });
    }

    void finish() {
        const std::string change = first({"changetype"});
        if (!dn_.empty()) {
            ++records_;
            if (change.empty() || change == "add") entry();
        }
        dn_.clear();
        attributes_.clear();
    }

    void entry() {
        DirectoryCollector& collector = pendingIn(into_).directory;
        Entry made;
        made.id = dn_;
        made.source = {raw_.file, {}, {line_, 1}};
        made.displayName = first({"displayname", "cn"});
        made.mail = first({"mail"});
        const bool group = isOf({"group", "groupofnames", "groupofuniquenames", "posixgroup", "groupofmembers"});
        const bool person = isOf({"user", "person", "inetorgperson", "organizationalperson", "posixaccount"}) && !isOf({"computer"});
        if (!group && !person) return;
        for (const char* list : {"member", "uniquemember", "memberuid"})
            if (const auto found = attributes_.find(list); group && found != attributes_.end())
                for (const std::string& each : found->second) collector.addMember(dn_, each, made.source);
        if (const auto found = attributes_.find("memberof"); found != attributes_.end())
            for (const std::string& each : found->second) collector.addMember(each, dn_, made.source);
        if (group) {
            made.name = first({"cn"});
            made.membersKnown = true;
            collector.addGroup(std::move(made));
            return;
        }
        made.name = first({"userprincipalname", "mail", "uid", "samaccountname", "cn"});
        made.active = !isDisabled(first({"useraccountcontrol"})) && foldedAscii(first({"nsaccountlock"})) != "true";
        collector.addPerson(std::move(made));
    }

    // ADS_UF_ACCOUNTDISABLE is the second bit.
    static bool isDisabled(std::string_view control) {
        std::uint64_t bits = 0;
        for (const char c : control.substr(0, 12)) {
            if (c < '0' || c > '9') return false;
            bits = bits * 10 + static_cast<std::uint64_t>(c - '0');
        }
        return (bits & 2U) != 0;
    }

    const RawFile& raw_;
    Reading& into_;
    std::string text_, dn_;
    std::map<std::string, Values, std::less<>> attributes_;
    std::uint32_t line_ = 1;
    std::size_t records_ = 0;
};

void scimResource(const DumpFile& file, const Node& node, Reading& into) {
    DirectoryCollector& collector = pendingIn(into).directory;
    Entry made;
    made.id = node.text("id");
    made.displayName = node.text("displayName");
    made.source = file.sourceOf(node);
    if (const Node user = node.member("userName")) {
        made.name = node.text("userName");
        if (made.displayName.empty()) made.displayName = node.member("name").text("formatted");
        forEach(node.member("emails"), [&](const Node& each) {
            if (made.mail.empty() || each.member("primary").value.is(ValueKind::True)) made.mail = each.text("value");
        });
        made.active = !node.member("active").value.is(ValueKind::False);
        forEach(node.member("groups"), [&](const Node& each) {
            const std::string group = each.text("value");
            if (!group.empty() && !each.text("display").empty()) collector.addGroup({group, each.text("display"), {}, {}, true, false, file.sourceOf(each)});
            collector.addMember(group, made.id.empty() ? made.name : made.id, file.sourceOf(each));
        });
        collector.addPerson(std::move(made));
        return;
    }
    made.name = made.displayName;
    made.membersKnown = static_cast<bool>(node.member("members"));
    const std::string group = made.id.empty() ? made.name : made.id;
    forEach(node.member("members"), [&](const Node& each) { collector.addMember(group, each.text("value"), file.sourceOf(each)); });
    collector.addGroup(std::move(made));
}

bool isScim(const Node& node) {
    const policy::Value schema = node.member("schemas").value.first();
    return schema.is(ValueKind::String) && schema.text().starts_with("urn:ietf:params:scim:");
}

// Groups whose names tell a role. They do not tell its path, which the role itself does where it is known. A saved estate
// has their assignments already.
void addNamedRoles(EstateParts& parts) {
    std::set<std::string, std::less<>> told; // ids of groups
    for (const Assignment& each : parts.assignments)
        if (each.origin == AssignmentOrigin::GroupName) told.insert(each.group);
    std::map<std::string, std::string, std::less<>> arns; // by account and name
    for (const DirectoryGroup& each : parts.directoryGroups) {
        auto role = roleInGroupName(each.name);
        if (!role || !told.insert(each.id).second) continue;
        if (arns.empty())
            for (const Role& known : parts.roles) arns.emplace("arn:aws:iam::" + known.account + ":role/" + known.name, known.arn);
        if (const auto found = arns.find(role->role); found != arns.end()) role->role = found->second;
        parts.assignments.push_back({each.id, {}, role->role, role->provider, AssignmentOrigin::GroupName, each.source});
    }
}

} // namespace

bool readTableFile(const RawFile& raw, Reading& into) {
    return formOf(raw.file->path, raw.text) == FileForm::Csv && TableFile(raw, into).read();
}

bool readLdif(const RawFile& raw, Reading& into) {
    return formOf(raw.file->path, raw.text) == FileForm::Ldif && LdifFile(raw, into).read();
}

bool readScim(const DumpFile& file, const Node& root, Reading& into) {
    if (!isScim(root)) return false;
    const Node resources = root.member("Resources");
    if (!resources && !root.member("userName") && !root.member("displayName")) return false;
    file.recognised("scim");
    if (resources)
        forEach(resources, [&](const Node& each) { scimResource(file, each, into); });
    else
        scimResource(file, root, into);
    // Pages are saved beside each other; what all say there is must be among them.
    if (const policy::Value total = root.member("totalResults").value; total.is(ValueKind::Number)) {
        PendingPages& pages = pendingIn(into).scim[resources.value.first().member("userName") ? "users" : "groups"];
        pages.read += resources.value.size();
        pages.expected = std::max<std::uint64_t>(pages.expected, std::strtoull(std::string(total.text()).c_str(), nullptr, 10));
        pages.problem = file.problem(EstateError::Truncated, root);
    }
    return true;
}

bool readAppRoles(const DumpFile& file, const Node& root, Reading& into) {
    PendingSources& pending = pendingIn(into);
    bool any = false;
    const auto application = [&](const Node& node) {
        forEach(node.member("appRoles"), [&](const Node& each) {
            any = true;
            if (const auto role = namedRole(each.text("value"))) pending.appRoles[each.text("id")] = {role->role, role->provider};
        });
    };
    const auto assigned = [&](const Node& node) {
        if (!node.member("appRoleId") || !node.member("principalType")) return;
        any = true;
        pending.appAssignments.push_back(
            {node.text("appRoleId"), node.text("principalId"), node.text("principalDisplayName"), node.text("principalType") == "Group", file.sourceOf(node)});
    };
    const Node list = root.member("value");
    application(root);
    assigned(root);
    forEach(list, [&](const Node& each) {
        application(each);
        assigned(each);
    });
    for (const char* name : {"appRoleAssignedTo", "appRoleAssignments"}) forEach(root.member(name), assigned);
    if (any) file.recognised("app-role-assignments");
    return any;
}

void finishDirectory(Reading& reading) {
    PendingSources& pending = pendingIn(reading);
    EstateParts& parts = reading.parts;
    for (auto& [kind, pages] : pending.scim)
        if (pages.read < pages.expected && pages.problem)
            parts.problems.push_back(pages.problem->with("seen", std::to_string(pages.read)).with("expected", std::to_string(pages.expected)));
    pending.scim.clear();
    pending.directory.moveInto(parts);
    std::map<std::string, std::string, std::less<>> people; // user name by id
    for (const Person& each : parts.people) people.emplace(each.id, each.userName);
    std::set<std::string, std::less<>> groups; // ids
    for (const DirectoryGroup& each : parts.directoryGroups) groups.insert(each.id);
    for (const PendingAppAssignment& each : pending.appAssignments) {
        const auto role = pending.appRoles.find(each.role);
        if (role == pending.appRoles.end()) {
            Error error(EstateError::Unnamed);
            parts.problems.push_back(error.with("file", each.source.file->path).with("pointer", each.source.pointer).with("object", each.role));
            continue;
        }
        const auto person = people.find(each.principal);
        Assignment made;
        // The group's name is all that one can read where its directory was not read.
        if (each.group)
            made.group = groups.contains(each.principal) ? each.principal : each.name;
        else
            made.person = person != people.end() ? person->second : each.name;
        made.role = role->second.role;
        made.provider = role->second.provider;
        made.origin = AssignmentOrigin::Application;
        made.source = each.source;
        parts.assignments.push_back(std::move(made));
    }
    pending.appAssignments.clear();
    addNamedRoles(parts);
    // A group that an assignment calls by its name has an id where its directory was read.
    std::map<std::string, std::string, std::less<>> ids;
    for (const DirectoryGroup& each : parts.directoryGroups) ids.emplace(foldedAscii(each.name), each.id);
    for (Assignment& each : parts.assignments)
        if (const auto found = ids.find(foldedAscii(each.group)); found != ids.end() && !each.group.empty()) each.group = found->second;
}

} // namespace gw::estate

#include "models/policy/catalogue.h"

#include "models/policy/context.h"
#include "models/policy/pattern.h"

#include <algorithm>
#include <charconv>

namespace gw::policy {
namespace {

KeyInfo keyOf(std::string_view name, std::string_view type) {
    KeyInfo key;
    key.name = name;
    // Some services write the place for a tag's key in other ways.
    for (const std::string_view place : {"/<key>", "/tag-key"})
        if (name.ends_with(place)) key.name = std::string(name.substr(0, name.size() - place.size())) + "/${TagKey}";
    key.folded = foldedAscii(key.name);
    static constexpr std::string_view list = "ArrayOf";
    if (type.substr(0, list.size()) == list) {
        key.list = true;
        type.remove_prefix(list.size());
    }
    if (type == "ARN")
        key.type = KeyType::Arn;
    else if (type == "Bool")
        key.type = KeyType::Bool;
    else if (type == "Numeric")
        key.type = KeyType::Numeric;
    else if (type == "Date")
        key.type = KeyType::Date;
    else if (type == "IPAddress")
        key.type = KeyType::IpAddress;
    else if (type == "Binary")
        key.type = KeyType::Binary;
    return key;
}

std::vector<KeyInfo> keysOf(Value list) {
    std::vector<KeyInfo> keys;
    keys.reserve(list.size());
    for (Value each = list.first(); each; each = each.next())
        keys.push_back(keyOf(each.first().text(), each.first().next().text()));
    return keys;
}

// Numbers below `bound`; what is not is left out.
std::vector<std::size_t> indexesOf(Value list, std::size_t bound) {
    std::vector<std::size_t> indexes;
    for (Value each = list.first(); each; each = each.next()) {
        std::size_t index = bound;
        const std::string_view text = each.text();
        std::from_chars(text.data(), text.data() + text.size(), index);
        if (index < bound) indexes.push_back(index);
    }
    return indexes;
}

AccessLevel levelOf(std::string_view letter) {
    if (letter == "L") return AccessLevel::List;
    if (letter == "W") return AccessLevel::Write;
    if (letter == "T") return AccessLevel::Tagging;
    return letter == "P" ? AccessLevel::PermissionsManagement : AccessLevel::Read;
}

std::unique_ptr<ServiceInfo> serviceOf(Value root) {
    auto service = std::make_unique<ServiceInfo>();
    service->prefix = root.member("service").text();
    service->name = root.member("name").text();
    service->keys = keysOf(root.member("keys"));
    for (Value each = root.member("types").first(); each; each = each.next())
        service->types.push_back(
            {std::string(each.name()), std::string(each.first().text()), indexesOf(each.first().next(), service->keys.size())});
    for (Value each = root.member("actions").first(); each; each = each.next()) {
        ActionInfo action;
        action.name = each.name();
        const Value level = each.first();
        action.level = levelOf(level.text());
        for (Value type = level.next().first(); type; type = type.next()) {
            std::string_view name = type.text();
            const bool required = name.ends_with('*');
            if (required) name.remove_suffix(1);
            const auto known = std::find_if(service->types.begin(), service->types.end(),
                                            [&](const ResourceType& one) { return one.name == name; });
            if (known != service->types.end())
                action.types.push_back({static_cast<std::size_t>(known - service->types.begin()), required});
        }
        action.keys = indexesOf(level.next().next(), service->keys.size());
        service->actions.emplace(foldedAscii(action.name), std::move(action));
    }
    return service;
}

// Whether `text` is `shape` with something in the place of each ${…}.
bool fits(std::string_view shape, std::string_view text) {
    const std::size_t first = shape.find("${");
    if (first == std::string_view::npos) return shape == text;
    if (text.substr(0, first) != shape.substr(0, first)) return false;
    if (shape.find('}', first) == shape.size() - 1) return true;
    std::string pattern;
    while (!shape.empty()) {
        const std::size_t open = shape.find("${");
        pattern += shape.substr(0, open);
        if (open == std::string_view::npos) break;
        pattern += '*';
        const std::size_t close = shape.find('}', open);
        shape.remove_prefix(close == std::string_view::npos ? shape.size() : close + 1);
    }
    static const Context nothing;
    return Pattern(pattern, {.wildcards = true, .variables = false, .foldCase = false}).matches(text, Scope(nothing, {}, true)) ==
           Truth::True;
}

} // namespace

bool KeyInfo::covers(std::string_view key) const {
    return coversFolded(foldedAscii(key));
}
bool KeyInfo::coversFolded(std::string_view key) const {
    return fits(folded, key);
}
bool ResourceType::covers(std::string_view resource) const {
    return fits(arn, resource);
}

const ActionInfo* ServiceInfo::action(std::string_view foldedName) const {
    const auto known = actions.find(foldedName);
    return known == actions.end() ? nullptr : &known->second;
}

Result<std::unique_ptr<Catalogue>> Catalogue::read(std::string text) {
    std::unique_ptr<Catalogue> catalogue(new Catalogue);
    catalogue->text_ = std::move(text);
    std::string_view rest = catalogue->text_;
    for (std::size_t number = 1; !rest.empty(); ++number) {
        const std::size_t end = rest.find('\n');
        const std::string_view line = rest.substr(0, end);
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
        if (number == 1) {
            auto tree = SourceTree::parse(std::string(line));
            if (!tree) return fail(Error(CatalogueError::NotACatalogue).because(std::move(tree).error()));
            const Value head = tree->root();
            if (head.member("schema").text() != "gw-action-catalogue/1") return fail(CatalogueError::NotACatalogue);
            catalogue->date_ = head.member("date").text();
            catalogue->source_ = head.member("source").text();
            catalogue->global_ = keysOf(head.member("keys"));
            for (Value each = head.member("rcp").first(); each; each = each.next()) catalogue->rcp_.emplace(each.text());
            for (Value each = head.member("foreign").first(); each; each = each.next())
                for (Value one = each.first(); one; one = one.next())
                    catalogue->foreign_[foldedAscii(each.name())].emplace(one.text());
            continue;
        }
        // Only the name is looked at; the rest is read when somebody asks.
        static constexpr std::string_view start = "{\"service\":\"";
        const std::size_t quote = line.find('"', start.size());
        if (line.substr(0, start.size()) != start || quote == std::string_view::npos)
            return fail(Error(CatalogueError::BadLine).with("line", std::to_string(number)));
        catalogue->lines_[std::string(line.substr(start.size(), quote - start.size()))].text = line;
    }
    if (catalogue->date_.empty()) return fail(CatalogueError::NotACatalogue);
    return catalogue;
}

std::vector<std::string_view> Catalogue::services() const {
    const std::lock_guard lock(mutex_);
    std::vector<std::string_view> all;
    for (const auto& [prefix, line] : lines_) all.emplace_back(prefix);
    return all;
}

const ServiceInfo* Catalogue::service(std::string_view prefix) const {
    const std::lock_guard lock(mutex_);
    const auto known = lines_.find(prefix);
    if (known == lines_.end()) return nullptr;
    if (!known->second.service) {
        const auto tree = SourceTree::parse(std::string(known->second.text));
        if (!tree) return nullptr;
        known->second.service = serviceOf(tree->root());
    }
    return known->second.service.get();
}

const ActionInfo* Catalogue::action(std::string_view name) const {
    const std::string folded = foldedAscii(name);
    const std::size_t colon = folded.find(':');
    const ServiceInfo* info = service(folded.substr(0, colon));
    return info == nullptr || colon == std::string::npos ? nullptr : info->action(folded.substr(colon + 1));
}

const KeyInfo* Catalogue::globalKey(std::string_view key) const {
    const std::string folded = foldedAscii(key);
    const auto known = std::find_if(global_.begin(), global_.end(), [&](const KeyInfo& each) { return each.coversFolded(folded); });
    return known == global_.end() ? nullptr : &*known;
}

const KeyInfo* Catalogue::actionKey(std::string_view foldedAction, std::string_view foldedKey) const {
    const std::size_t colon = foldedAction.find(':');
    const ServiceInfo* info = colon == std::string_view::npos ? nullptr : service(foldedAction.substr(0, colon));
    const ActionInfo* known = info == nullptr ? nullptr : info->action(foldedAction.substr(colon + 1));
    if (known == nullptr) return nullptr;
    const auto among = [&](const std::vector<std::size_t>& indexes) -> const KeyInfo* {
        for (const std::size_t index : indexes)
            if (info->keys[index].coversFolded(foldedKey)) return &info->keys[index];
        return nullptr;
    };
    if (const KeyInfo* found = among(known->keys)) return found;
    for (const ActionInfo::Use& use : known->types)
        if (const KeyInfo* found = among(info->types[use.type].keys)) return found;
    return nullptr;
}

const KeyInfo* Catalogue::key(std::string_view action, std::string_view key) const {
    const KeyInfo* known = actionKey(foldedAscii(action), foldedAscii(key));
    return known != nullptr ? known : globalKey(key);
}

bool Catalogue::mayHave(std::string_view foldedAction, std::string_view foldedKey) const {
    static constexpr std::string_view global = "aws:", assume = "sts:assumerole";
    if (foldedKey.substr(0, global.size()) == global) return true;
    // Keys of an OpenID Connect provider begin with its host, and stay with the session.
    const std::string_view prefix = foldedKey.substr(0, foldedKey.find(':'));
    if (prefix.find('.') != std::string_view::npos) return true;
    // Of a SAML subject so much stays with the session (IAM User Guide, "AWS global condition context keys", federation).
    if (foldedKey == "saml:sub" || foldedKey == "saml:sub_type" || foldedKey == "saml:namequalifier") return true;
    if (action(foldedAction) == nullptr || actionKey(foldedAction, foldedKey) != nullptr || globalKey(foldedKey) != nullptr) return true;
    if (foldedAction.substr(0, assume.size()) != assume) return false;
    return actionKey("sts:tagsession", foldedKey) != nullptr || actionKey("sts:setsourceidentity", foldedKey) != nullptr;
}

bool Catalogue::isWildcardOnly(std::string_view foldedAction) const {
    const ActionInfo* known = action(foldedAction);
    return known != nullptr && known->types.empty();
}

const KeyInfo* Catalogue::anyKey(std::string_view key) const {
    if (const KeyInfo* known = globalKey(key)) return known;
    const std::string folded = foldedAscii(key);
    const std::string prefix = folded.substr(0, folded.find(':'));
    const auto among = [&](std::string_view name) -> const KeyInfo* {
        const ServiceInfo* info = service(name);
        if (info == nullptr) return nullptr;
        const auto known =
            std::find_if(info->keys.begin(), info->keys.end(), [&](const KeyInfo& each) { return each.coversFolded(folded); });
        return known == info->keys.end() ? nullptr : &*known;
    };
    if (const KeyInfo* known = among(prefix)) return known;
    for (const auto& [name, services] : foreign_) {
        if (!fits(name, prefix)) continue;
        for (const std::string& each : services)
            if (const KeyInfo* known = among(each)) return known;
    }
    return nullptr;
}

} // namespace gw::policy

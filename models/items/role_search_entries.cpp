// The part of the search that takes the roles in. It runs where the role chooser opens, so it must not be felt: each
// distinct text is folded once, and what is sorted are numbers.
#include "models/items/role_search.h"

#include "models/items/fold.h"

#include <algorithm>
#include <charconv>

namespace gw::items {
namespace {

// Production first; what has no environment last.
std::uint32_t environmentRank(sessions::Environment environment) {
    return environment == sessions::Environment::None ? 99 : static_cast<std::uint32_t>(environment);
}

// Of twelve digits; what is no account at all comes first.
std::uint64_t accountNumber(const aws::AccountId& account) {
    std::uint64_t number = 0;
    std::from_chars(account.value().data(), account.value().data() + account.value().size(), number);
    return number;
}

struct Key {
    std::uint32_t environment;
    std::uint32_t alias;
    std::uint64_t account;
    std::uint32_t label;
    std::uint32_t entry; // keeps the order of the assertion among equals
    friend auto operator<=>(const Key&, const Key&) = default;
};

} // namespace

void RoleSearch::setEntries(std::vector<RoleEntry> entries) {
    entries_ = std::move(entries);
    DistinctTexts labels(entries_.size());
    DistinctTexts aliases(entries_.size());
    for (const RoleEntry& entry : entries_) {
        labels.add(entry.label);
        aliases.add(entry.accountAlias);
    }
    labels.rank();
    aliases.rank();

    std::vector<Key> order;
    order.reserve(entries_.size());
    for (std::uint32_t i = 0; i < entries_.size(); ++i)
        order.push_back({environmentRank(entries_[i].environment), aliases[i].rank, accountNumber(entries_[i].pair.role.account()),
                         labels[i].rank, i});
    std::sort(order.begin(), order.end());

    reserveRows(labels, aliases);
    for (const Key& key : order) addRow(key.entry, labels, aliases);

    words_.clear();
    for (const DistinctTexts* texts : {&labels, &aliases})
        for (const DistinctTexts::Text& text : texts->distinct()) words_.add(text.given, text.count);
    for (const auto environment : {sessions::Environment::Prod, sessions::Environment::Stage, sessions::Environment::Dev, sessions::Environment::Shared}) {
        const auto count = std::count_if(entries_.begin(), entries_.end(), [&](const RoleEntry& entry) { return entry.environment == environment; });
        if (count > 0) words_.add(sessions::environmentName(environment), static_cast<std::size_t>(count));
    }
    words_.finish();
}

void RoleSearch::reserveRows(const DistinctTexts& labels, const DistinctTexts& aliases) {
    // The account, the environment's name, the line feeds; a path is the exception.
    constexpr std::size_t around = 12 + 6 + 3;
    std::size_t bytes = entries_.size() * around;
    std::size_t arnBytes = 0;
    for (std::size_t i = 0; i < entries_.size(); ++i) {
        bytes += labels[i].end - labels[i].begin + aliases[i].end - aliases[i].begin;
        arnBytes += entries_[i].pair.role.value().size();
    }
    rows_.clear();
    rows_.reserve(entries_.size());
    texts_.clear();
    texts_.reserve(bytes);
    arns_.clear();
    arns_.reserve(arnBytes);
}

void RoleSearch::addRow(std::uint32_t entry, const DistinctTexts& labels, const DistinctTexts& aliases) {
    const RoleEntry& role = entries_[entry];
    Row row{};
    row.entry = entry;
    const auto copy = [&](const DistinctTexts& texts) {
        const std::uint32_t begin = texts_.size();
        texts_.copy(texts.folded(), texts[entry].begin, texts[entry].end);
        row.letters |= texts[entry].letters;
        return begin;
    };
    const auto add = [&](std::string_view text) {
        const std::uint32_t begin = texts_.size();
        row.letters |= texts_.add(text);
        return begin;
    };
    row.label = copy(labels);
    row.alias = copy(aliases);
    row.account = add(role.pair.role.account().value());
    row.environment = add(sessions::environmentName(role.environment));
    const bool said = role.pair.role.path() == "/" && role.pair.role.name() == role.label;
    row.path = said ? add({}) : add(role.pair.role.path() + role.pair.role.name());
    row.end = texts_.size();
    row.arn = static_cast<std::uint32_t>(arns_.size());
    appendFolded(role.pair.role.value(), arns_, nullptr);
    row.arnEnd = static_cast<std::uint32_t>(arns_.size());
    rows_.push_back(row);
}

} // namespace gw::items

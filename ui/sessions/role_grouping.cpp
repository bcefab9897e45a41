#include "ui/sessions/role_grouping.h"

#include "ui/sessions/text_of.h"

#include <QCoreApplication>

#include <algorithm>
#include <iterator>

namespace gw::ui {

namespace {

QString tr(const char* text) { return QCoreApplication::translate("RoleGrouping", text); }

} // namespace

std::vector<RoleGroup> groupRoles(const items::RoleSearch& search, std::vector<items::RoleHit> hits, RoleGrouping grouping) {
    using Hits = std::vector<items::RoleHit>;
    std::vector<RoleGroup> groups;
    const auto& entries = search.entries();
    const auto rest = std::stable_partition(hits.begin(), hits.end(), [&](const items::RoleHit& hit) { return entries[hit.entry].favourite; });
    const auto taken = [](Hits::iterator from, Hits::iterator to) { return Hits(std::make_move_iterator(from), std::make_move_iterator(to)); };
    if (rest != hits.begin()) groups.push_back({tr(QT_TRANSLATE_NOOP("RoleGrouping", "Favourites")), {}, taken(hits.begin(), rest)});
    if (grouping != RoleGrouping::ByAccount) {
        groups.push_back({grouping == RoleGrouping::Recent ? tr(QT_TRANSLATE_NOOP("RoleGrouping", "Recent"))
                                                           : tr(QT_TRANSLATE_NOOP("RoleGrouping", "Matches")),
                          {},
                          taken(rest, hits.end())});
        return groups;
    }
    const aws::AccountId* account = nullptr;
    for (auto hit = rest; hit != hits.end(); ++hit) {
        const items::RoleEntry& entry = entries[hit->entry];
        if (!account || *account != entry.pair.role.account()) {
            account = &entry.pair.role.account();
            const QString id = textOf(account->value());
            groups.push_back(entry.accountAlias.empty() ? RoleGroup{id, {}, {}} : RoleGroup{textOf(entry.accountAlias), id, {}});
        }
        groups.back().hits.push_back(std::move(*hit));
    }
    return groups;
}

} // namespace gw::ui

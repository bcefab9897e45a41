#include "ui/review/reach_suggestions.h"

#include "models/estate/inventory.h"
#include "ui/errors/utf8.h"
#include "ui/shell/palette_search.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

#include <algorithm>
#include <set>

namespace gw::ui {
namespace {

struct ReachWords {
    Q_DECLARE_TR_FUNCTIONS(ReachWords)
};

constexpr std::size_t shortest = 2;      // letters without which too much would be found
constexpr std::size_t considered = 2000; // matches among which the best are chosen

QStringList wordsOf(const QString& text) {
    return foldForSearch(text).split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

} // namespace

void ReachIndex::add(Kind kind, const std::string& of, const std::string& name, const std::string& place) {
    static const QString kinds[] = {ReachWords::tr("group"), ReachWords::tr("role"), ReachWords::tr("user"), ReachWords::tr("route"), ReachWords::tr("function"), {}};
    Entry entry{kind, folded_.size(), 0, 0, of, name, place};
    const auto put = [this](const QString& text) { folded_ += foldForSearch(text).toStdString(); };
    put(fromUtf8(name));
    entry.nameEnd = folded_.size();
    folded_ += ' ';
    put(fromUtf8(place));
    folded_ += ' ';
    put(kinds[static_cast<std::size_t>(kind)]);
    entry.end = folded_.size();
    folded_ += '\n';
    entries_.push_back(std::move(entry));
}

ReachIndex::ReachIndex(const estate::Estate& estate) {
    std::set<std::string> groups, ids;
    for (const auto& each : estate.directoryGroups()) {
        groups.insert(each.name);
        ids.insert(each.id);
    }
    for (const auto& each : estate.assignments())
        if (!each.group.empty() && !ids.contains(each.group)) groups.insert(each.group);
    for (const std::string& each : groups) add(Kind::Group, each, each, {});
    for (const auto& each : estate::principalsOf(estate)) add(each.kind == policy::PrincipalKind::User ? Kind::User : Kind::Role, each.arn, each.name, each.accountName);
    for (const auto& each : estate::resourcesOf(estate)) {
        if (each.action.empty()) continue;
        const Kind kind = each.kind == estate::ResourceKind::Route ? Kind::Route : each.kind == estate::ResourceKind::Function ? Kind::Function : Kind::Other;
        add(kind, each.arn, each.name.empty() ? each.arn : each.name, each.parent.empty() ? each.accountName : each.parent + ", " + each.accountName);
    }
}

std::vector<ReachSuggestion> ReachIndex::find(const QString& query, std::size_t most) const {
    static const QStringList asking = wordsOf(ReachWords::tr("who what which can could may do does is are the call use take reach invoke", "words of a question, in any order"));
    static const QString whoWord = foldForSearch(ReachWords::tr("who")), whatWord = foldForSearch(ReachWords::tr("what"));
    bool who = false, what = false;
    std::vector<std::string> wanted;
    std::size_t letters = 0;
    for (QString word : wordsOf(query)) {
        while (word.endsWith(QLatin1Char('?')) || word.endsWith(QChar(0x2026))) word.chop(1);
        who = who || word == whoWord;
        what = what || word == whatWord;
        if (word.isEmpty() || asking.contains(word)) continue;
        letters += static_cast<std::size_t>(word.size());
        wanted.push_back(word.toStdString());
    }
    if (letters < shortest) return {};
    // The longest word is in the fewest lines.
    std::stable_sort(wanted.begin(), wanted.end(), [](const std::string& a, const std::string& b) { return a.size() > b.size(); });

    struct Hit {
        std::size_t entry = 0;
        int score = 0;
    };
    std::vector<Hit> hits;
    const std::string_view all = folded_;
    for (std::size_t at = all.find(wanted.front()); at != std::string_view::npos && hits.size() < considered;) {
        const auto entry = std::upper_bound(entries_.begin(), entries_.end(), at, [](std::size_t place, const Entry& each) { return place < each.begin; }) - 1;
        const std::string_view line = all.substr(entry->begin, entry->end - entry->begin), name = line.substr(0, entry->nameEnd - entry->begin);
        Hit hit{static_cast<std::size_t>(entry - entries_.begin()), 0};
        bool found = true;
        for (const std::string& word : wanted) {
            found = found && line.find(word) != std::string_view::npos;
            hit.score += name == word ? 3 : name.starts_with(word) ? 2 : name.find(word) != std::string_view::npos ? 1 : 0;
        }
        if (found) hits.push_back(hit);
        at = all.find(wanted.front(), entry->end);
    }
    std::stable_sort(hits.begin(), hits.end(), [](const Hit& a, const Hit& b) { return a.score > b.score; });

    const bool both = who == what;
    std::vector<ReachSuggestion> found;
    const auto offer = [&](ReachSuggestion::Ask ask, const Entry& entry, const QString& title, const char* icon) {
        if (found.size() < most) found.push_back({ask, entry.of, title, entry.kind == Kind::Group ? ReachWords::tr("group") : fromUtf8(entry.place), QString::fromLatin1(icon)});
    };
    using Ask = ReachSuggestion::Ask;
    for (const Hit& hit : hits) {
        if (found.size() == most) break;
        const Entry& entry = entries_[hit.entry];
        const QString name = fromUtf8(entry.name);
        switch (entry.kind) {
        case Kind::Group:
        case Kind::User:
            if (both || what)
                offer(entry.kind == Kind::Group ? Ask::WhatGroupCan : Ask::WhatCan, entry, ReachWords::tr("What can %1 do?", "a group, role or user").arg(name),
                      entry.kind == Kind::Group ? "group" : "person");
            break;
        case Kind::Role:
            if (both || what) offer(Ask::WhatCan, entry, ReachWords::tr("What can %1 do?", "a group, role or user").arg(name), "role");
            if (both || who) offer(Ask::WhoCanTake, entry, ReachWords::tr("Who can take %1?", "a role").arg(name), "role");
            break;
        case Kind::Route:
        case Kind::Function:
            if (both || who)
                offer(Ask::WhoCanUse, entry, ReachWords::tr("Who can call %1?", "a route or function").arg(name), entry.kind == Kind::Route ? "route" : "function");
            break;
        case Kind::Other:
            if (both || who) offer(Ask::WhoCanUse, entry, ReachWords::tr("Who can use %1?", "a bucket, key, queue or the like").arg(name), "file");
            break;
        }
    }
    return found;
}

} // namespace gw::ui

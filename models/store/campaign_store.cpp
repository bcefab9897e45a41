#include "models/store/campaign_store.h"

#include "models/store/sql_values.h"
#include "saml/base/json.h"

#include <set>

namespace gw::store {

namespace campaign = estate::campaign;
using sql::text;
using sql::time;

namespace {

QString list(const std::vector<std::string>& values) {
    return text(Json(values).dump(-1, ' ', false, Json::error_handler_t::replace));
}

Result<std::vector<std::string>> list(const QVariant& value) {
    const auto json = parseJson(text(value));
    if (!json || !json->is_array()) return fail(DatabaseError::Damaged);
    std::vector<std::string> values;
    for (const Json& each : *json) {
        if (!each.is_string()) return fail(DatabaseError::Damaged);
        values.push_back(each.get<std::string>());
    }
    return values;
}

Status nothing(Result<QSqlQuery> query) {
    return std::move(query).map([](const QSqlQuery&) {});
}

Status writeItem(Database& database, const std::string& id, std::size_t position, const campaign::Item& item) {
    const campaign::Subject& subject = item.subject;
    QVariantList values{text(id),
                        static_cast<qlonglong>(position),
                        text(item.id),
                        text(subject.kind),
                        text(subject.who),
                        text(subject.provider),
                        text(subject.role),
                        text(subject.environment),
                        text(subject.privilege),
                        subject.people ? QVariant(static_cast<qlonglong>(*subject.people)) : QVariant(),
                        list(subject.findings),
                        text(item.reviewer)};
    if (const auto& one = item.decision)
        values << text(campaign::verdictName(one->verdict)) << text(one->reason) << text(one->change) << text(one->by)
               << time(one->at) << static_cast<qlonglong>(one->seconds);
    else
        values << QVariant() << QVariant() << QVariant() << QVariant() << QVariant() << QVariant();
    values << (item.looked ? QVariant(time(*item.looked)) : QVariant());
    return nothing(database.run(
        QStringLiteral("INSERT OR REPLACE INTO campaign_item VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"), values));
}

Result<campaign::Item> readItem(const QSqlQuery& row) {
    campaign::Item item;
    item.id = text(row.value(0));
    campaign::Subject& subject = item.subject;
    subject.kind = text(row.value(1));
    subject.who = text(row.value(2));
    subject.provider = text(row.value(3));
    subject.role = text(row.value(4));
    subject.environment = text(row.value(5));
    subject.privilege = text(row.value(6));
    if (!row.value(7).isNull()) subject.people = row.value(7).toULongLong();
    GW_TRY(subject.findings, list(row.value(8)));
    item.reviewer = text(row.value(9));
    if (!row.value(10).isNull()) {
        const auto verdict = campaign::verdictNamed(text(row.value(10)));
        if (!verdict) return fail(DatabaseError::Damaged);
        item.decision = campaign::Decision{*verdict,
                                           text(row.value(11)),
                                           text(row.value(12)),
                                           text(row.value(13)),
                                           time(row.value(14)),
                                           row.value(15).toLongLong()};
    }
    if (!row.value(16).isNull()) item.looked = time(row.value(16));
    return item;
}

} // namespace

Result<std::vector<CampaignStore::Listed>> CampaignStore::list(const std::string& person) {
    GW_TRY(QSqlQuery rows,
           database_.run(QStringLiteral("SELECT id, title, owner, state, due, count(item), count(verdict),"
                                        " coalesce(sum(verdict IS NULL AND reviewer = ?), 0), scope, created FROM campaign"
                                        " LEFT JOIN (SELECT campaign AS item, verdict, reviewer FROM campaign_item) ON item = id"
                                        " GROUP BY id ORDER BY created DESC, id"),
                         {text(person)}));
    std::vector<Listed> all;
    while (rows.next()) {
        const auto state = campaign::stateNamed(text(rows.value(3)));
        if (!state) return fail(DatabaseError::Damaged);
        all.push_back({text(rows.value(0)), text(rows.value(1)), text(rows.value(8)), text(rows.value(2)), *state,
                       time(rows.value(9)), time(rows.value(4)), rows.value(5).toULongLong(), rows.value(6).toULongLong(),
                       rows.value(7).toULongLong()});
    }
    return all;
}

Result<CampaignStore::Kept> CampaignStore::load(const std::string& id) {
    campaign::Record record;
    std::int64_t revision = 0;
    // One picture of it, whoever else writes.
    const Status read = database_.inTransaction([&]() -> Status {
        GW_TRY(
            QSqlQuery head,
            database_.run(
                QStringLiteral("SELECT title, scope, owner, state, created, due, reviewers, revision FROM campaign WHERE id = ?"),
                {text(id)}));
        if (!head.next()) return fail(DatabaseError::NotFound);
        const auto state = campaign::stateNamed(text(head.value(3)));
        if (!state) return fail(DatabaseError::Damaged);
        record.id = id;
        record.title = text(head.value(0));
        record.scope = text(head.value(1));
        record.owner = text(head.value(2));
        record.state = *state;
        record.created = time(head.value(4));
        record.due = time(head.value(5));
        GW_TRY(record.reviewers, store::list(head.value(6)));
        revision = head.value(7).toLongLong();
        GW_TRY(
            QSqlQuery items,
            database_.run(
                QStringLiteral("SELECT id, kind, who, provider, role, environment, privilege, people, findings, reviewer, "
                               "verdict, reason, change, "
                               "decided_by, decided_at, seconds, looked FROM campaign_item WHERE campaign = ? ORDER BY position"),
                {text(id)}));
        while (items.next()) {
            GW_TRY(campaign::Item item, readItem(items));
            record.items.push_back(std::move(item));
        }
        GW_TRY(QSqlQuery events,
               database_.run(
                   QStringLiteral(
                       "SELECT kind, at, person, item, detail, reason FROM campaign_event WHERE campaign = ? ORDER BY position"),
                   {text(id)}));
        while (events.next()) {
            const auto kind = campaign::eventNamed(text(events.value(0)));
            if (!kind) return fail(DatabaseError::Damaged);
            record.history.push_back({*kind, time(events.value(1)), text(events.value(2)), text(events.value(3)),
                                      text(events.value(4)), text(events.value(5))});
        }
        return {};
    });
    if (!read) return fail(read.error());
    auto restored = campaign::Campaign::restore(std::move(record));
    if (!restored) return fail(Error(DatabaseError::Damaged).because(std::move(restored).error()));
    return Kept{std::move(*restored), revision};
}

Result<std::int64_t> CampaignStore::revision(const std::string& id) {
    GW_TRY(QSqlQuery row, database_.run(QStringLiteral("SELECT revision FROM campaign WHERE id = ?"), {text(id)}));
    if (!row.next()) return fail(DatabaseError::NotFound);
    return row.value(0).toLongLong();
}

Result<std::int64_t> CampaignStore::save(const campaign::Campaign& saved, std::int64_t revision) {
    const campaign::Record& record = saved.record();
    const QString id = text(record.id);
    const Status written = database_.inTransaction([&]() -> Status {
        std::size_t known = 0;
        if (revision == 0) {
            GW_TRY(QSqlQuery same, database_.run(QStringLiteral("SELECT 1 FROM campaign WHERE id = ?"), {id}));
            if (same.next()) return fail(DatabaseError::ChangedMeanwhile);
            GW_CHECK(nothing(database_.run(QStringLiteral("INSERT INTO campaign VALUES (?,?,?,?,?,?,?,?,1)"),
                                           {id, text(record.title), text(record.scope), text(record.owner),
                                            text(campaign::stateName(record.state)), time(record.created), time(record.due),
                                            store::list(record.reviewers)})));
        } else {
            GW_TRY(QSqlQuery updated, database_.run(QStringLiteral("UPDATE campaign SET state = ?, due = ?, reviewers = ?, "
                                                                   "revision = revision + 1 WHERE id = ? AND revision = ?"),
                                                    {text(campaign::stateName(record.state)), time(record.due),
                                                     store::list(record.reviewers), id, static_cast<qlonglong>(revision)}));
            if (updated.numRowsAffected() != 1) return fail(DatabaseError::ChangedMeanwhile);
            GW_TRY(QSqlQuery count,
                   database_.run(QStringLiteral("SELECT count(*) FROM campaign_event WHERE campaign = ?"), {id}));
            known = count.next() ? count.value(0).toULongLong() : 0;
            if (known > record.history.size()) return fail(DatabaseError::ChangedMeanwhile);
        }
        // What happened since then tells which items are others now.
        std::set<std::string_view> touched;
        for (std::size_t i = known; i < record.history.size(); ++i) {
            const campaign::Event& each = record.history[i];
            touched.insert(each.item);
            GW_CHECK(nothing(database_.run(QStringLiteral("INSERT INTO campaign_event VALUES (?,?,?,?,?,?,?,?)"),
                                           {id, static_cast<qlonglong>(i), text(campaign::eventName(each.kind)), time(each.at),
                                            text(each.by), text(each.item), text(each.detail), text(each.reason)})));
        }
        for (std::size_t i = 0; i < record.items.size(); ++i)
            if (revision == 0 || touched.contains(record.items[i].id))
                GW_CHECK(writeItem(database_, record.id, i, record.items[i]));
        return {};
    });
    if (!written) return fail(written.error());
    return revision + 1;
}

Status CampaignStore::change(Kept& kept, const std::function<Status(campaign::Campaign&)>& step) {
    // Each time somebody else was faster, so all of them together do get on.
    constexpr int most = 100;
    for (int tried = 1;; ++tried) {
        campaign::Campaign changed = kept.campaign;
        GW_CHECK(step(changed));
        auto saved = save(changed, kept.revision);
        if (saved) {
            kept = {std::move(changed), *saved};
            return {};
        }
        if (!saved.error().code().is(DatabaseError::ChangedMeanwhile) || tried == most) return fail(std::move(saved).error());
        GW_TRY(kept, load(kept.campaign.record().id));
    }
}

} // namespace gw::store

#include "models/store/attestation_store.h"

#include "models/store/sql_values.h"

namespace gw::store {

namespace campaign = estate::campaign;
using sql::text;
using sql::time;

Result<campaign::Attestations> AttestationStore::current() {
    // A later one comes later, whichever of the two it is.
    GW_TRY(QSqlQuery rows,
           database_.run(QStringLiteral(
               "SELECT number, item, verdict, reason, change, person, at, '' FROM attestation"
               " WHERE number NOT IN (SELECT number FROM attestation_withdrawn)"
               " UNION ALL SELECT 0, item.id, verdict, reason, change, decided_by, decided_at, title FROM campaign_item item"
               " JOIN campaign ON campaign.id = item.campaign WHERE state = 'signed' AND verdict IS NOT NULL ORDER BY 7, 1")));
    campaign::Attestations all;
    while (rows.next()) {
        const auto verdict = campaign::verdictNamed(text(rows.value(2)));
        if (!verdict) return fail(DatabaseError::Damaged);
        const std::string item = text(rows.value(1));
        all.insert_or_assign(item, campaign::Attestation{rows.value(0).toLongLong(), item, *verdict, text(rows.value(3)),
                                                         text(rows.value(4)), text(rows.value(5)), time(rows.value(6)),
                                                         text(rows.value(7))});
    }
    return all;
}

Result<std::vector<std::int64_t>> AttestationStore::add(const std::vector<campaign::Subject>& subjects,
                                                        campaign::Attestation attestation) {
    if (attestation.verdict != campaign::Verdict::Change) attestation.change.clear();
    std::vector<std::int64_t> numbers;
    const Status written = database_.inTransaction([&]() -> Status {
        for (const campaign::Subject& each : subjects) {
            attestation.item = campaign::itemId(each);
            GW_CHECK(campaign::checkAttestation(each, attestation));
            GW_TRY(QSqlQuery added,
                   database_.run(QStringLiteral("INSERT INTO attestation VALUES (NULL,?,?,?,?,?,?,?,?,?,?)"),
                                 {text(attestation.item), text(each.kind), text(each.who), text(each.provider), text(each.role),
                                  text(campaign::verdictName(attestation.verdict)), text(attestation.reason),
                                  text(attestation.change), text(attestation.by), time(attestation.at)}));
            numbers.push_back(added.lastInsertId().toLongLong());
        }
        return {};
    });
    if (!written) return fail(written.error());
    return numbers;
}

Status AttestationStore::withdraw(const std::vector<std::int64_t>& numbers, const std::string& by, UtcTime at) {
    return database_.inTransaction([&]() -> Status {
        for (const std::int64_t each : numbers) {
            GW_TRY(QSqlQuery added,
                   database_.run(QStringLiteral("INSERT INTO attestation_withdrawn SELECT number, ?, ? FROM attestation WHERE number = ?"
                                                " AND number NOT IN (SELECT number FROM attestation_withdrawn)"),
                                 {text(by), time(at), static_cast<qlonglong>(each)}));
            if (added.numRowsAffected() != 1) return fail(DatabaseError::NotFound);
        }
        return {};
    });
}

} // namespace gw::store

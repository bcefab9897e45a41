// One SQLite file: made with mode 0600, in write-ahead mode, brought to the newest schema of resources/migrations/sqlite. All
// of an object belongs to the thread that opened it.
#pragma once

#include "saml/base/result.h"

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QVariantList>

#include <filesystem>
#include <functional>
#include <memory>

namespace gw::store {

// Facts: "path", "reason" (the database's words), "seen" and "expected" (schema versions).
#define GW_DATABASE_ERRORS(X)                                                                                                    \
    X(CannotOpen, "cannot_open")                                                                                                 \
    X(NotOurs, "not_ours")                                                                                                       \
    X(TooNew, "too_new")                                                                                                         \
    X(Failed, "failed")                                                                                                          \
    X(Busy, "busy")                                                                                                              \
    X(ChangedMeanwhile, "changed_meanwhile")                                                                                     \
    X(NotFound, "not_found")                                                                                                     \
    X(Damaged, "damaged")
// TooNew: a newer program wrote it. ChangedMeanwhile: somebody else saved in between. Damaged: what is kept there makes no sense.
GW_ERROR_ENUM(DatabaseError, "database", GW_DATABASE_ERRORS);

class Database {
public:
    [[nodiscard]] static Result<std::unique_ptr<Database>> open(const std::filesystem::path& path);
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    // One statement with its values. Errors: Failed, Busy.
    [[nodiscard]] Result<QSqlQuery> run(const QString& statement, const QVariantList& values = {});
    // All of `work` or nothing of it; holds the only right to write from the beginning.
    [[nodiscard]] Status inTransaction(const std::function<Status()>& work);

private:
    Database() = default;
    [[nodiscard]] Status prepare();
    [[nodiscard]] Status migrate();
    QString name_;
    QSqlDatabase database_;
};

} // namespace gw::store

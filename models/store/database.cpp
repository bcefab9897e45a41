#include "models/store/database.h"

#include <QFile>
#include <QSqlError>
#include <QUuid>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static void initializeMigrations() {
    Q_INIT_RESOURCE(migrations);
}

namespace gw::store {
namespace {

constexpr int newestSchema = 2;
constexpr int applicationId = 0x47574452; // "GWDR"
constexpr int busyCode = 5, lockedCode = 6, corruptCode = 11, notADatabaseCode = 26;

Error failed(const QSqlError& error) {
    const int code = error.nativeErrorCode().toInt() & 0xFF;
    const auto what = code == busyCode || code == lockedCode             ? DatabaseError::Busy
                      : code == corruptCode || code == notADatabaseCode ? DatabaseError::Damaged
                                                                        : DatabaseError::Failed;
    return Error(what).with("reason", error.databaseText().toStdString());
}

// Made before SQLite does, which would ask the umask.
Status makePrivate(const std::filesystem::path& path) {
    std::error_code ignored;
    std::filesystem::create_directories(path.parent_path(), ignored);
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (descriptor < 0)
        return fail(Error(DatabaseError::CannotOpen).with("path", path.string()).with("reason", std::strerror(errno)));
    const bool done = ::fchmod(descriptor, S_IRUSR | S_IWUSR) == 0;
    const int why = errno;
    ::close(descriptor);
    if (!done) return fail(Error(DatabaseError::CannotOpen).with("path", path.string()).with("reason", std::strerror(why)));
    return {};
}

} // namespace

Result<std::unique_ptr<Database>> Database::open(const std::filesystem::path& path) {
    initializeMigrations();
    GW_CHECK(makePrivate(path));
    std::unique_ptr<Database> made(new Database);
    made->name_ = QUuid::createUuid().toString();
    made->database_ = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), made->name_);
    made->database_.setDatabaseName(QString::fromStdString(path.string()));
    made->database_.setConnectOptions(QStringLiteral("QSQLITE_BUSY_TIMEOUT=5000"));
    if (!made->database_.open())
        return fail(Error(DatabaseError::CannotOpen)
                        .with("path", path.string())
                        .with("reason", made->database_.lastError().text().toStdString()));
    if (Status prepared = made->prepare(); !prepared) return fail(std::move(prepared).error().with("path", path.string()));
    if (Status migrated = made->migrate(); !migrated) return fail(std::move(migrated).error().with("path", path.string()));
    return made;
}

Database::~Database() {
    database_ = QSqlDatabase();
    QSqlDatabase::removeDatabase(name_);
}

Result<QSqlQuery> Database::run(const QString& statement, const QVariantList& values) {
    QSqlQuery query(database_);
    query.setForwardOnly(true);
    if (!query.prepare(statement)) return fail(failed(query.lastError()));
    for (const QVariant& each : values) query.addBindValue(each);
    if (!query.exec()) return fail(failed(query.lastError()));
    return query;
}

Status Database::inTransaction(const std::function<Status()>& work) {
    GW_CHECK(run(QStringLiteral("BEGIN IMMEDIATE")).map([](const QSqlQuery&) {}));
    Status done = work();
    if (done) done = run(QStringLiteral("COMMIT")).map([](const QSqlQuery&) {});
    if (!done) static_cast<void>(run(QStringLiteral("ROLLBACK")));
    return done;
}

Status Database::prepare() {
    for (const char* each :
         {"PRAGMA trusted_schema = OFF", "PRAGMA foreign_keys = ON", "PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL"})
        GW_CHECK(run(QString::fromLatin1(each)).map([](const QSqlQuery&) {}));
    return {};
}

Status Database::migrate() {
    const auto number = [this](const char* statement) -> Result<int> {
        GW_TRY(QSqlQuery query, run(QString::fromLatin1(statement)));
        return query.next() ? query.value(0).toInt() : 0;
    };
    return inTransaction([&]() -> Status {
        GW_TRY(const int owner, number("PRAGMA application_id"));
        GW_TRY(const int version, number("PRAGMA user_version"));
        GW_TRY(const int tables, number("SELECT count(*) FROM sqlite_schema"));
        if (owner != applicationId && (owner != 0 || tables != 0)) return fail(DatabaseError::NotOurs);
        if (version > newestSchema)
            return fail(Error(DatabaseError::TooNew)
                            .with("seen", std::to_string(version))
                            .with("expected", std::to_string(newestSchema)));
        for (int next = version + 1; next <= newestSchema; ++next) {
            QFile file(QStringLiteral(":/migrations/sqlite/%1.sql").arg(next));
            if (!file.open(QIODevice::ReadOnly)) return fail(Error(DatabaseError::Failed).with("reason", "migration is missing"));
            const QStringList statements = QString::fromUtf8(file.readAll()).split(QStringLiteral("\n\n"), Qt::SkipEmptyParts);
            for (const QString& each : statements)
                if (!each.trimmed().startsWith(QStringLiteral("--"))) GW_CHECK(run(each).map([](const QSqlQuery&) {}));
        }
        GW_CHECK(run(QStringLiteral("PRAGMA application_id = %1").arg(applicationId)).map([](const QSqlQuery&) {}));
        return run(QStringLiteral("PRAGMA user_version = %1").arg(newestSchema)).map([](const QSqlQuery&) {});
    });
}

} // namespace gw::store

// The Review screen over 500 accounts with 200 roles each: one key press in the filter of the mapping table, from the key event
// until everything it changed is painted (rows, count, the list of what could come next); what one attestation costs; and the same
// rows in QTableView over QSortFilterProxyModel. Each key press is timed by itself, since the slow ones are what a person notices.
#include "models/estate/estate_parts.h"
#include "models/items/table/export.h"
#include "ui/review/review_actions.h"
#include "ui/review/review_page.h"
#include "ui/review/table_page.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QHeaderView>
#include <QKeyEvent>
#include <QSortFilterProxyModel>
#include <QStandardItemModel>
#include <QStandardPaths>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <algorithm>
#include <cstdio>

using namespace gw;

namespace {

constexpr int accounts = 500, rolesEach = 200;

estate::PolicyDocument document(const std::string& name, std::string text, const std::string& owner, const std::shared_ptr<const estate::SourceFile>& file) {
    estate::PolicyDocument made;
    made.name = name;
    made.owner = owner;
    made.text = std::move(text);
    made.source.file = file;
    return made;
}

std::shared_ptr<const estate::Estate> organisation() {
    static const char* const teams[] = {"payments", "fleet", "ledger", "telemetry", "network", "platform", "security", "partner", "billing", "search"};
    static const char* const duties[] = {"readonly", "operator", "developer", "admin", "support", "deploy", "auditor", "breakglass"};
    static const char* const places[] = {"prod", "stage", "dev", "shared"};
    static const char* const actions[] = {R"("s3:GetObject")", R"(["execute-api:Invoke", "s3:PutObject"])", R"("ecs:UpdateService")", R"("*")"};
    estate::EstateParts parts;
    const auto file = std::make_shared<estate::SourceFile>(estate::SourceFile{"get-account-authorization-details.json", "get-account-authorization-details", {}});
    parts.files.push_back(file);
    for (int account = 0; account < accounts; ++account) {
        const std::string id = std::to_string(100'000'000'000 + account), provider = "arn:aws:iam::" + id + ":saml-provider/Northwind";
        for (int number = 0; number < rolesEach; ++number) {
            estate::Role role;
            role.name = std::string(teams[number % 10]) + "-" + duties[number / 10 % 8] + "-" + std::to_string(number);
            role.account = id;
            role.arn = "arn:aws:iam::" + id + ":role/" + role.name;
            role.path = "/";
            role.tags = {{"env", places[account % 4]}, {"owner", teams[number % 10]}};
            role.maxSessionSeconds = 3600 * (1 + number % 12);
            role.lastUsed = number % 7 == 0 ? "" : "2026-11-" + std::to_string(10 + number % 19) + "T10:00:00Z";
            role.lastUsedKnown = true;
            role.created = "2025-01-10T10:00:00Z";
            role.source.file = file;
            role.trust = document(role.name,
                                  R"({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Federated": ")" + provider +
                                      R"("}, "Action": ["sts:AssumeRoleWithSAML", "sts:TagSession"])" +
                                      (number % 5 == 0 ? "" : R"(, "Condition": {"StringEquals": {"SAML:aud": "https://signin.aws.amazon.com/saml"}})") + "}]}",
                                  role.arn, file);
            role.policies.inlinePolicies.push_back(document("own", std::string(R"({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": )") + actions[number % 4] +
                                                                       R"(, "Resource": "*"}]})",
                                                            role.arn, file));
            parts.roles.push_back(role);
            estate::Assignment assignment;
            assignment.group = std::string(teams[(number + account) % 10]) + "-team-" + std::to_string(number % 40);
            assignment.role = role.arn;
            assignment.provider = provider;
            parts.assignments.push_back(assignment);
        }
    }
    return std::make_shared<const estate::Estate>(std::move(parts));
}

void tell(const char* name, std::vector<double> times) {
    std::sort(times.begin(), times.end());
    const auto at = [&](double share) { return times[static_cast<std::size_t>(share * static_cast<double>(times.size() - 1))]; };
    std::printf("%-34s p50 %8.2f ms   p95 %8.2f ms   most %8.2f ms   (%zu times)\n", name, at(0.5), at(0.95), times.back(), times.size());
    std::fflush(stdout);
}

double millisecondsOf(const std::function<void()>& work) {
    QElapsedTimer timer;
    timer.start();
    work();
    return static_cast<double>(timer.nsecsElapsed()) / 1e6;
}

// Until nothing is left to be laid out or painted.
void drain() {
    QCoreApplication::processEvents();
    QCoreApplication::sendPostedEvents();
    QCoreApplication::processEvents();
}

void press(QWidget* into, int key, const QString& text, Qt::KeyboardModifiers modifiers = {}) {
    QKeyEvent down(QEvent::KeyPress, key, modifiers, text), up(QEvent::KeyRelease, key, modifiers, text);
    QCoreApplication::sendEvent(into, &down);
    QCoreApplication::sendEvent(into, &up);
    drain();
}

class PaintCount : public QObject {
public:
    using QObject::QObject;
    int paints = 0;

protected:
    bool eventFilter(QObject*, QEvent* event) override {
        paints += event->type() == QEvent::Paint ? 1 : 0;
        return false;
    }
};

struct Systems : Clock {
    [[nodiscard]] UtcTime now() const override { return *UtcTime::parse("2026-11-30T12:00:00Z"); }
};

} // namespace

int main(int argc, char** argv) {
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QStandardPaths::setTestModeEnabled(true);
    QApplication application(argc, argv);
    ui::Theme theme(application);
    theme.setPreference(QStringLiteral("light"));
    const QTemporaryDir folder;
    const Systems clock;
    store::DatabaseThread store(std::filesystem::path(folder.filePath(QStringLiteral("store.db")).toStdString()));
    ui::ActionTable actions;
    ui::MainWindow window(theme, actions);
    ui::EstateShelf shelf;
    ui::ReviewContext context{actions, window, clock, shelf, [] { return QtFuture::makeReadyFuture(std::shared_ptr<const policy::Catalogue>()); }, [](const QString&) {},
                              [] { return QByteArray(); }, [](const QByteArray&) { return true; }, [] { return QByteArray(); }, [](const QByteArray&) {}, &store, [] { return "tomas"; }};
    auto* page = new ui::ReviewPage(context);
    window.addScreen({QStringLiteral("review"), QStringLiteral("Review"), QStringLiteral("review"), QKeySequence(QStringLiteral("Ctrl+4")), page});
    page->addHeaderTabs();
    ui::addReviewActions(context, *page);
    window.showScreen(QStringLiteral("review"));
    window.resize(1440, 900);
    window.show();
    const auto settle = [&] {
        for (int quiet = 0; quiet < 20;) {
            QThread::msleep(1);
            drain();
            quiet = page->busy() ? 0 : quiet + 1;
        }
    };
    shelf.set(organisation(), QStringLiteral("Northwind"));
    std::printf("%-34s %.1f s\n", "review of it, with its tabs", millisecondsOf(settle) / 1e3);
    std::printf("%-34s %zu rows, %zu findings\n", "", page->review()->mappings.size(), page->review()->review.findings.size());

    ui::FilterField& field = page->table().bar().field();
    PaintCount rows;
    page->table().view().viewport()->installEventFilter(&rows);
    field.setFocus();
    drain();
    std::vector<double> times;
    int presses = 0;
    rows.paints = 0;
    const QStringList filters{QStringLiteral("payments"), QStringLiteral("env:prod fleet"), QStringLiteral("privilege:>=write longest:>4h team-3"),
                              QStringLiteral("finding:>=high ledger support"), QStringLiteral("zzzz")};
    for (int round = 0; round < 5; ++round)
        for (const QString& filter : filters) {
            for (const QChar letter : filter) {
                times.push_back(millisecondsOf([&] { press(&field, letter.toUpper().unicode(), QString(letter)); }));
                ++presses;
            }
            press(&field, Qt::Key_Escape, {});
            field.clear();
            drain();
        }
    tell("key press, Review screen", times);
    std::printf("%-34s %d paints of the rows in %d key presses\n", "", rows.paints, presses);

    // One row is attested: until all that it changes is shown.
    times.clear();
    std::vector<double> held;
    for (int i = 0; i < 5; ++i) {
        page->table().view().moveCurrent(1);
        drain();
        page->attestRow();
        drain();
        auto* reason = page->findChild<QWidget*>(QStringLiteral("review.attest.reason"));
        auto* verdict = page->findChild<ui::Segmented*>(QStringLiteral("review.attest.verdict"));
        if (reason == nullptr || verdict == nullptr) return 1;
        QTest::mouseClick(verdict, Qt::LeftButton, {}, verdict->itemRect(0).center());
        for (const QChar letter : QStringLiteral("needed")) press(reason, letter.toUpper().unicode(), QString(letter));
        double longest = 0;
        times.push_back(millisecondsOf([&] {
            press(reason, Qt::Key_Return, {}, Qt::ControlModifier);
            for (int quiet = 0; quiet < 20;) {
                // What the thread that paints is held by.
                longest = std::max(longest, millisecondsOf([] { QCoreApplication::processEvents(); }));
                QThread::msleep(1);
                quiet = page->busy() ? 0 : quiet + 1;
            }
        }));
        held.push_back(longest);
    }
    tell("one attestation", times);
    tell("  held the painting thread", held);

    const items::Table& table = page->review()->mapping.table;
    QStandardItemModel model(static_cast<int>(table.rows()), 6);
    using items::MappingColumn;
    const MappingColumn columns[] = {MappingColumn::Who, MappingColumn::Role, MappingColumn::Env, MappingColumn::Privilege, MappingColumn::Provider, MappingColumn::Owner};
    for (int row = 0; row < static_cast<int>(table.rows()); ++row)
        for (int column = 0; column < 6; ++column)
            model.setItem(row, column, new QStandardItem(QString::fromStdString(items::cellText(table, items::columnOf(columns[column]), static_cast<std::size_t>(row)))));
    QSortFilterProxyModel proxy;
    proxy.setSourceModel(&model);
    proxy.setFilterKeyColumn(-1);
    proxy.setFilterCaseSensitivity(Qt::CaseInsensitive);
    QTableView view;
    view.verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    view.verticalHeader()->hide();
    view.setModel(&proxy);
    view.resize(860, 760);
    view.show();
    drain();
    times.clear();
    for (const QString& filter : {QStringLiteral("payments"), QStringLiteral("fleet"), QStringLiteral("zzzz")})
        for (qsizetype length = 1; length <= filter.size(); ++length)
            times.push_back(millisecondsOf([&] {
                proxy.setFilterFixedString(filter.left(length));
                drain();
            }));
    tell("key press, QSortFilterProxyModel", times);
    return 0;
}

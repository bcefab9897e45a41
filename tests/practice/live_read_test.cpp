// A live read of the practice organisation, with sessions that its own STS gave: what the dumps say is what is read.
#include "app/practice/resource.h"
#include "models/cloud/qt_http_client.h"
#include "models/cloud/read/live_read.h"
#include "models/estate/estate_reader.h"
#include "tests/practice/sts_answers.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <set>

using namespace gw;
using gw::test::Keys;
using gw::test::keysOf;
using gw::test::PracticeFixture;

class PracticeLiveReadTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsWhatTheDumpsSay() {
        const auto fixture = PracticeFixture::start();
        QVERIFY(fixture);
        std::set<std::string> accounts;
        std::vector<cloud::ReadSession> sessions;
        for (const char* role : {"arn:aws:iam::111122223333:role/payments-readonly", "arn:aws:iam::222233334444:role/payments-readonly"}) {
            const Keys keys = keysOf(fixture->assumeRole(role, fixture->samlResponse(test::developer)));
            QVERIFY2(!keys.id.empty(), role);
            cloud::ReadSession session;
            session.name = role;
            session.regions = {aws::Region("eu-west-1"), aws::Region("us-east-1")};
            session.endpoint = fixture->practice().awsEndpoint();
            session.credentials = [keys]() -> Result<cloud::Credentials> {
                return cloud::Credentials{keys.id, Secret(std::string_view(keys.secret)), Secret(std::string_view(keys.token)), keys.expiration};
            };
            sessions.push_back(std::move(session));
            accounts.insert(std::string(role).substr(13, 12));
        }
        const QTemporaryDir folder;
        cloud::ReadSettings settings;
        settings.folder = folder.path().toStdString();
        cloud::QtHttpClient http;
        cloud::LiveRead read(http, fixture->clock, settings, std::move(sessions));
        std::optional<cloud::ReadOutcome> outcome;
        connect(&read, &cloud::LiveRead::finished, this, [&](const cloud::ReadOutcome& done) { outcome = done; });
        read.start();
        QVERIFY(QTest::qWaitFor([&] { return outcome.has_value(); }, 60'000));
        QVERIFY2(!outcome->stopped, outcome->stopped ? outcome->stopped->chain().c_str() : "");
        QVERIFY2(outcome->gaps.empty(), outcome->gaps.empty() ? "" : (outcome->gaps[0].call + ": " + outcome->gaps[0].error.chain()).c_str());

        estate::EstateReader live, dumped;
        for (const auto& each : outcome->files) QVERIFY(live.addPath(each));
        for (auto& [path, text] : practice::estateDumps())
            if (accounts.contains(path.substr(0, 12)) || path.starts_with("organizations/")) dumped.addText(path, text);
        const auto seen = live.finish(), told = dumped.finish();
        QVERIFY2(seen->problems().empty(), seen->problems().empty() ? "" : seen->problems()[0].chain().c_str());
        const auto names = [](const auto& list) {
            std::set<std::string> all;
            for (const auto& each : list) all.insert(each.arn);
            return all;
        };
        QVERIFY(!told->roles().empty());
        QCOMPARE(names(seen->roles()), names(told->roles()));
        QCOMPARE(names(seen->controlPolicies()), names(told->controlPolicies()));
        QCOMPARE(names(seen->units()), names(told->units()));
        const auto routes = [](const estate::Estate& estate) {
            std::set<std::string> all;
            for (const estate::Resource& each : estate.resources())
                if (each.kind == estate::ResourceKind::Route || each.kind == estate::ResourceKind::Function ||
                    (each.kind == estate::ResourceKind::Bucket && each.policy))
                    all.insert(each.arn);
            return all;
        };
        QVERIFY(routes(*told).size() > 3);
        QCOMPARE(routes(*seen), routes(*told));
        QVERIFY(routes(*seen).contains("arn:aws:s3:::nwr-payments-statements"));
        QVERIFY(!told->usage().services.empty());
        for (const auto& [role, services] : told->usage().services) QCOMPARE(seen->usage().services.at(role), services);
        for (const estate::Role& each : told->roles()) {
            // Of every role, and used when the role was.
            const auto used = seen->usage().services.find(each.arn);
            QVERIFY2(used != seen->usage().services.end(), each.arn.c_str());
            QVERIFY2(!used->second.empty(), each.arn.c_str());
            const estate::Role* other = seen->role(each.arn);
            QCOMPARE(other->maxSessionSeconds, each.maxSessionSeconds);
            QCOMPARE(other->policies.attached, each.policies.attached);
        }
        qInfo("%zu calls, %zu objects", outcome->calls, outcome->objects);
    }
};

QTEST_GUILESS_MAIN(PracticeLiveReadTest)
#include "live_read_test.moc"

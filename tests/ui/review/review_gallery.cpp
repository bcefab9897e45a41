// Draws the Review screen, light and dark, wide and narrow, into PNGs of the folder given. To be looked at, not compared.
//   review_gallery FOLDER [WORD [WIDTHxHEIGHT]]
// With a word only those with it in their names, "" for all; with a size all of them of that size. QT_SCALE_FACTOR=1.5 as elsewhere.
#include "tests/support/ui_application.h"
#include "tests/ui/review/campaign_fixture.h"
#include "tests/ui/review/live_fixture.h"
#include "tests/ui/review/review_fixture.h"

#include "ui/review/drift/drift_tab.h"
#include "ui/review/live/live_page.h"

#include <QTranslator>

using namespace gw;
using test::ReviewScreen;

int main(int argc, char** argv) {
    test::fixWorld();
    QApplication application(argc, argv);
    ui::Theme theme(application);
    const QString folder = argc > 1 ? QString::fromLocal8Bit(argv[1]) : QStringLiteral(".");
    const QString only = argc > 2 ? QString::fromLocal8Bit(argv[2]) : QString();
    const QStringList sides = (argc > 3 ? QString::fromLocal8Bit(argv[3]) : QString()).split(QLatin1Char('x'));
    const auto sized = [&](QSize usual) { return sides.size() == 2 ? QSize(sides[0].toInt(), sides[1].toInt()) : usual; };
    QTranslator plurals;
    if (plurals.load(QStringLiteral(GW_MESSAGES))) QCoreApplication::installTranslator(&plurals);
    bool saved = true;
    for (const QString& scheme : {QStringLiteral("light"), QStringLiteral("dark")}) {
        theme.setPreference(scheme);
        const auto shoot = [&](const char* name, const auto& fill, QSize size = QSize(1440, 900), bool withEstate = true) {
            if (!only.isEmpty() && !QLatin1String(name).contains(only)) return;
            ReviewScreen screen(withEstate);
            screen.window.setPerson(QStringLiteral("Tomas Quill"), QStringLiteral("Administrator"));
            screen.window.resize(sized(size));
            fill(screen);
            QTest::qWait(150);
            screen.settle();
            saved = screen.window.grab().save(QStringLiteral("%1/%2-%3.png").arg(folder, QLatin1String(name), scheme)) && saved;
        };
        shoot("mapping", [](ReviewScreen& screen) {
            auto& page = screen.page->table();
            page.bar().setText(QStringLiteral("-env:dev finding:any"));
            page.view().setFocus();
            page.view().moveCurrent(2);
        });
        shoot("attest", [](ReviewScreen& screen) {
            screen.type(QStringLiteral("group:Finance env:prod"));
            auto* choice = screen.part<ui::Segmented>(QStringLiteral("review.attest.verdict"));
            QTest::mouseClick(choice, Qt::LeftButton, {}, choice->itemRect(0).center());
            screen.part(QStringLiteral("review.attest.reason"))->setFocus();
            QTest::keyClicks(screen.part(QStringLiteral("review.attest.reason")), QStringLiteral("month-end reports"));
            QTest::keyClick(screen.part(QStringLiteral("review.attest.reason")), Qt::Key_Return, Qt::ControlModifier);
            screen.settle();
            screen.type(QStringLiteral("finding:any"));
            screen.page->table().view().moveCurrent(2);
            screen.page->attestRow();
        });
        const auto campaign = [&](const char* name, const auto& fill, QSize size = QSize(1440, 900)) {
            if (!only.isEmpty() && !QLatin1String(name).contains(only)) return;
            test::CampaignScreen screen;
            screen.window.setPerson(QStringLiteral("Tomas Quill"), QStringLiteral("Administrator"));
            screen.window.resize(sized(size));
            fill(screen);
            QTest::qWait(150);
            screen.settle();
            saved = screen.window.grab().save(QStringLiteral("%1/%2-%3.png").arg(folder, QLatin1String(name), scheme)) && saved;
        };
        campaign("campaigns-none", [](test::CampaignScreen&) {});
        campaign("campaigns-new", [](test::CampaignScreen& screen) {
            screen.click("review.campaigns.first");
            screen.write("review.campaign.scope", QStringLiteral("env:prod -group:finance"));
            QTest::keyClick(screen.part(QStringLiteral("review.campaign.scope")), Qt::Key_Escape);
        });
        const auto half = [](test::CampaignScreen& screen) {
            screen.make(QStringLiteral("env:prod"), QStringLiteral("tomas, ben"));
            for (const auto& [key, why] : {std::pair(Qt::Key_K, "needed by the night shift"), std::pair(Qt::Key_R, "the contract ended"), std::pair(Qt::Key_K, "month-end reports")}) {
                screen.clock.advance(std::chrono::seconds(34));
                screen.decide(key, QString::fromLatin1(why));
            }
        };
        campaign("campaigns-work", [&](test::CampaignScreen& screen) {
            half(screen);
            screen.key(Qt::Key_K);
        });
        campaign("campaigns-list", [&](test::CampaignScreen& screen) {
            half(screen);
            screen.click("review.campaign.close");
            screen.clock.advance(std::chrono::hours(24 * 16));
            screen.make(QStringLiteral("group:payments"));
            screen.decide(Qt::Key_K, QStringLiteral("needed"));
            screen.decide(Qt::Key_K, QStringLiteral("needed"));
            screen.click("review.campaign.sign");
            screen.write("review.campaign.statement", QStringLiteral("all of it was looked at"));
            screen.click("review.campaign.say");
            screen.click("review.campaign.close");
        });
        campaign("campaigns-signed", [&](test::CampaignScreen& screen) {
            screen.make(QStringLiteral("env:prod"));
            for (std::size_t i = screen.campaign().record().items.size(); i > 0; --i) {
                screen.clock.advance(std::chrono::seconds(2));
                screen.decide(i % 4 == 0 ? Qt::Key_R : Qt::Key_K, QStringLiteral("looked at"));
            }
            screen.click("review.campaign.sign");
            screen.write("review.campaign.statement", QStringLiteral("all of it was looked at"));
            screen.click("review.campaign.say");
        });
        campaign("campaigns-narrow", [&](test::CampaignScreen& screen) { half(screen); }, QSize(800, 560));
        shoot("wrong", [](ReviewScreen& screen) { screen.type(QStringLiteral("env:prod enw:dev")); });
        shoot("grouped", [](ReviewScreen& screen) { screen.page->table().groupBy(QStringLiteral("group")); });
        shoot("nothing", [](ReviewScreen& screen) { screen.type(QStringLiteral("pamyents")); });
        shoot("findings", [](ReviewScreen& screen) { screen.page->showTab(ui::ReviewPage::Findings); });
        const auto drift = [](ReviewScreen& screen) {
            screen.page->showTab(ui::ReviewPage::Drift);
            screen.page->drift().baseline().set(test::reviewSample(1, [](estate::Role& role) {
                                                    std::string& text = role.policies.inlinePolicies.front().text;
                                                    if (role.name == "ledger-support") text.replace(text.find("execute-api:Invoke"), 18, "dynamodb:GetItem");
                                                    if (role.name == "telemetry-export") text.replace(text.find("s3:GetObject"), 12, "s3:ListBucket");
                                                    if (role.name == "payments-readonly") role.name = "payments-reader", role.arn += "-old";
                                                }),
                                                QStringLiteral("estate-2026-10-12.gwe"));
            screen.settle();
            screen.page->rows()->view().setFocus();
            screen.page->rows()->view().setCurrentLine(1);
            if (auto* documents = screen.part(QStringLiteral("review.drift.panel.documents"))) QTest::mouseClick(documents, Qt::LeftButton);
        };
        shoot("drift", drift);
        shoot("drift-narrow", drift, QSize(760, 520));
        shoot("drift-empty", [](ReviewScreen& screen) { screen.page->showTab(ui::ReviewPage::Drift); });
        shoot("unused", [](ReviewScreen& screen) {
            screen.shelf.set(test::unusedSample(), QStringLiteral("Northwind Robotics"));
            screen.settle();
            screen.page->showTab(ui::ReviewPage::Unused);
            screen.settle();
            screen.page->rows()->bar().setText(QStringLiteral("-state:nothing-tells -role:payments-hotfix"));
            screen.page->rows()->view().setFocus();
            screen.page->rows()->view().setCurrentLine(1);
        });
        shoot("calendar", [](ReviewScreen& screen) { screen.page->showTab(ui::ReviewPage::Calendar); });
        shoot("empty", [](ReviewScreen&) {}, QSize(1440, 900), false);
        const auto live = [&](const char* name, const auto& fill, QSize size = QSize(1440, 900)) {
            if (!only.isEmpty() && !QLatin1String(name).contains(only)) return;
            test::LiveFixture aws({"arn:aws:iam::111122223333:role/payments-readonly", "arn:aws:iam::222233334444:role/payments-readonly"});
            ReviewScreen screen(false, {}, &aws.source());
            screen.window.setPerson(QStringLiteral("Tomas Quill"), QStringLiteral("Administrator"));
            screen.window.resize(sized(size));
            fill(screen, aws);
            QTest::qWait(200);
            for (int round = 0; round < 8; ++round) QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
            saved = screen.window.grab().save(QStringLiteral("%1/%2-%3.png").arg(folder, QLatin1String(name), scheme)) && saved;
        };
        const auto go = [](ReviewScreen& screen) {
            screen.page->readAws();
            QTest::mouseClick(screen.part(QStringLiteral("review.live.go")), Qt::LeftButton);
        };
        const auto ended = [](ReviewScreen& screen) { (void)QTest::qWaitFor([&] { return !screen.page->live()->busy(); }, 60'000); };
        live("live-choose", [](ReviewScreen& screen, test::LiveFixture&) { screen.page->readAws(); });
        live("live-none", [](ReviewScreen& screen, test::LiveFixture& aws) {
            aws.sessions.clear();
            screen.page->readAws();
        });
        live("live-reading", [&](ReviewScreen& screen, test::LiveFixture& aws) {
            aws.http.throttled = "ecs";
            go(screen);
            (void)QTest::qWaitFor([&] { return screen.part(QStringLiteral("review.live.slow"))->isVisible(); }, 60'000);
        });
        live("live-gaps", [&](ReviewScreen& screen, test::LiveFixture& aws) {
            aws.http.refused = {"lambda", "ecs", "organizations"};
            go(screen);
            ended(screen);
        });
        const auto offline = [&](ReviewScreen& screen, test::LiveFixture& aws) {
            aws.http.offlineAfter = 60;
            go(screen);
            ended(screen);
        };
        live("live-offline", offline);
        live("live-narrow", offline, QSize(760, 520));
        live("live-choose-narrow", [](ReviewScreen& screen, test::LiveFixture&) { screen.page->readAws(); }, QSize(760, 520));
        shoot("medium", [](ReviewScreen&) {}, QSize(1100, 720));
        shoot("narrow", [](ReviewScreen&) {}, QSize(760, 520));
    }
    return saved ? 0 : 1;
}

#include "app/tour/review_steps.h"

#include "app/composition/console.h"
#include "app/tour/campaign_steps.h"
#include "app/practice/resource.h"
#include "models/store/files.h"
#include "ui/review/drift/drift_tab.h"
#include "ui/review/live/live_page.h"
#include "ui/review/table_page.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QDir>
#include <QFileInfo>
#include <QLineEdit>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>

#include <iterator>
#include <memory>
#include <string_view>
#include <utility>

namespace gw::tour {
namespace {

Check typesFilter(const QString& text) {
    return [text] {
        auto* field = qobject_cast<QLineEdit*>(visible(QStringLiteral("review.mapping.filter")));
        if (field == nullptr) return QStringLiteral("there is no filter");
        field->setFocus();
        field->selectAll();
        QTest::keyClicks(field, text);
        if (QWidget* list = visible(QStringLiteral("review.mapping.filter.list"))) QTest::keyClick(list, Qt::Key_Escape);
        return QString();
    };
}

QString turnsTo(ui::ReviewPage::Tab tab) {
    auto* tabs = qobject_cast<QTabBar*>(visible(QStringLiteral("review.tabs")));
    if (tabs == nullptr) return QStringLiteral("there are no tabs");
    QTest::mouseClick(tabs, Qt::LeftButton, {}, tabs->tabRect(tab).center());
    return tabs->currentIndex() == tab ? QString() : QStringLiteral("the tab does not open");
}

// The practice organisation before the payments people might issue refunds, and while support still might.
QString writeLastMonth(const QTemporaryDir& folder) {
    static constexpr std::pair<std::string_view, std::string_view> nowAndThen[] = {{"prod/*/refunds\"", "prod/GET/refunds\""},
                                                                                   {"prod/GET/refunds/*\"", "prod/*/refunds/*\""}};
    std::size_t changed = 0;
    for (auto& [path, text] : practice::estateDumps()) {
        for (const auto& [now, then] : nowAndThen) {
            const std::size_t at = text.find(now);
            if (at == std::string::npos) continue;
            text.replace(at, now.size(), then);
            ++changed;
        }
        const QString file = folder.filePath(QString::fromStdString(path));
        QDir().mkpath(QFileInfo(file).path());
        if (!store::writeFileAtomically(file.toStdString(), text)) return QStringLiteral("the files of last month cannot be written");
    }
    return changed == std::size(nowAndThen) ? QString() : QStringLiteral("the practice organisation is not as this step knows it");
}

// Which of the row's findings is open, from 1 on: the one that the filter asks for. 0: none is.
int openFinding() {
    constexpr int most = 30;
    for (int number = 1; number <= most; ++number)
        if (visible(QStringLiteral("review.finding.%1.detail").arg(number)) != nullptr) return number;
    return 0;
}

QString partOfFinding(const char* part) {
    return QStringLiteral("review.finding.%1.%2").arg(openFinding()).arg(QLatin1String(part));
}

} // namespace

void addReviewSteps(Tour& tour, app::Console& console) {
    const auto rows = [&console] { return console.review().page()->table().shown().rows.size(); };
    tour.add({QStringLiteral("Review lists every way into every role of the practice organisation"), QStringLiteral("review-mapping"),
              [] { return click(QStringLiteral("rail.review")); },
              [&console, rows] {
                  if (!console.review().page()->review()) return QStringLiteral("nothing is reviewed yet");
                  return rows() > 0 ? QString() : QStringLiteral("there are no rows");
              }});
    tour.add({QStringLiteral("The table is filtered as one types"), QStringLiteral("review-filtered"), typesFilter(QStringLiteral("finding:any role:payments")),
              [&console, rows] {
                  return rows() > 0 && rows() < console.review().page()->review()->mappings.size() ? QString() : QStringLiteral("the filter keeps nothing, or all");
              }});
    const auto baseline = std::make_shared<QTemporaryDir>();
    tour.add({QStringLiteral("Against the files of last month, Drift says who gained and who lost access"), QStringLiteral("review-drift"),
              [&console, baseline] {
                  QString problem = turnsTo(ui::ReviewPage::Drift);
                  if (problem.isEmpty()) problem = writeLastMonth(*baseline);
                  if (!problem.isEmpty()) return problem;
                  // As if the folder were let go over the tab.
                  return console.review().page()->drift().take({baseline->path()}) ? QString() : QStringLiteral("the folder was not taken");
              },
              [&console] {
                  ui::DriftTab& drift = console.review().page()->drift();
                  if (drift.busy() || !drift.drifted()) return QStringLiteral("nothing was compared yet");
                  const auto& report = drift.drifted()->report;
                  if (report.count(estate::DriftDirection::Gained) == 0 || report.count(estate::DriftDirection::Lost) == 0) return QStringLiteral("nobody gained, or nobody lost");
                  return visible(QStringLiteral("review.drift.panel.explain")) != nullptr ? QString() : QStringLiteral("no drift is chosen");
              }});
    tour.add({QStringLiteral("A drift is accepted for a while, with a reason"), QStringLiteral("review-drift-accepted"),
              [] {
                  QString problem = click(QStringLiteral("review.drift.panel.accept"));
                  if (problem.isEmpty()) problem = type(QStringLiteral("review.drift.panel.reason"), QStringLiteral("Planned with the payments team, PLAT-77"));
                  return problem.isEmpty() ? click(QStringLiteral("review.drift.panel.accept-now")) : problem;
              },
              sees(QStringLiteral("review.drift.panel.accepted"))});
    tour.add({QStringLiteral("Unused lists roles that nobody uses, with the evidence"), QStringLiteral("review-unused"), [] { return turnsTo(ui::ReviewPage::Unused); },
              sees(QStringLiteral("review.unused.panel.evidence"))});
    tour.add({QStringLiteral("Calendar lists what ends when, overdue first"), QStringLiteral("review-calendar"), [] { return turnsTo(ui::ReviewPage::Calendar); },
              sees(QStringLiteral("review.calendar.panel.when"))});
    tour.add({QStringLiteral("Back to the mapping"), {}, [] { return turnsTo(ui::ReviewPage::Mapping); }, sees(QStringLiteral("review.mapping.rows"))});
    tour.add({QStringLiteral("A filter that is wrong says where"), QStringLiteral("review-filter-wrong"), typesFilter(QStringLiteral("finding:any enw:prod")),
              sees(QStringLiteral("review.mapping.filter-problem"))});
    tour.add({QStringLiteral("A finding tells what it means and brings its fix"), QStringLiteral("review-finding"),
              typesFilter(QStringLiteral("rule:trust-saml-no-audience")), [rows] {
                  if (rows() == 0) return QStringLiteral("no row has the finding");
                  return openFinding() == 0 ? QStringLiteral("no finding is open") : sees(partOfFinding("copy"))();
              }});
    tour.add({QStringLiteral("The fix is copied"), {}, [] { return click(partOfFinding("copy")); }, [] {
                  return QGuiApplication::clipboard()->text().isEmpty() ? QStringLiteral("nothing was copied") : QString();
              }});
    tour.add({QStringLiteral("Findings have a table of their own"), QStringLiteral("review-findings"),
              [&console] {
                  console.review().page()->showTab(ui::ReviewPage::Findings);
                  return QString();
              },
              [&console, rows] {
                  return rows() == console.review().page()->review()->review.findings.size() ? QString() : QStringLiteral("not all findings are there");
              }});
    tour.add({QStringLiteral("Back in the table, one role is chosen"), {},
              [&console] {
                  console.review().page()->showTab(ui::ReviewPage::Mapping);
                  return typesFilter(QStringLiteral("role:=ledger-support"))();
              },
              [rows] { return rows() == 1 ? sees(QStringLiteral("review.panel.what"))() : QStringLiteral("there are %1 rows").arg(rows()); }});
    addCampaignSteps(tour, console);
    tour.add({QStringLiteral("From the row to all that its role can do"), QStringLiteral("review-what-can"),
              [] { return click(QStringLiteral("review.panel.what")); }, sees(QStringLiteral("explain.answers"))});
    tour.add({QStringLiteral("AWS itself can be read: what is asked is shown before anything is called"), QStringLiteral("review-read-aws"),
              [&console] {
                  console.action(QStringLiteral("review.read-aws"))->trigger();
                  return QString();
              },
              [&console] {
                  if (const QString problem = sees(QStringLiteral("review.live.policy.copy"))(); !problem.isEmpty()) return problem;
                  return console.review().page()->live()->busy() ? QStringLiteral("something is read already") : QString();
              }});
    tour.add({QStringLiteral("The policy that it takes is copied"), {}, [] { return click(QStringLiteral("review.live.policy.copy")); }, [] {
                  return QGuiApplication::clipboard()->text().contains(QStringLiteral("iam:GetAccountAuthorizationDetails")) ? QString() : QStringLiteral("the policy was not copied");
              }});
    tour.add({QStringLiteral("It is read with one's own sessions, account by account"), QStringLiteral("review-reading-aws"), [] { return click(QStringLiteral("review.live.go")); },
              [&console] {
                  // The practice endpoint may have answered everything before anybody looks.
                  const bool ended = console.review().page()->live()->desk().outcome() != nullptr;
                  return ended ? QString() : sees(QStringLiteral("review.live.places"))();
              }});
    tour.add({QStringLiteral("What was read is reviewed"), QStringLiteral("review-read"), {},
              [&console, rows] {
                  ui::ReviewPage& page = *console.review().page();
                  if (page.busy()) return QStringLiteral("it is being read");
                  if (page.live()->desk().outcome() == nullptr || page.live()->desk().outcome()->stopped) return QStringLiteral("the read did not come to its end");
                  if (page.live()->isVisible() || !page.review()) return QStringLiteral("nothing is reviewed");
                  page.table().bar().setText({});
                  return rows() > 0 ? QString() : QStringLiteral("there are no rows");
              },
              60'000});
    tour.add({QStringLiteral("Back to the sessions from Review"), {}, [] { return click(QStringLiteral("rail.sessions")); },
              sees(QStringLiteral("sessions.provider.practice.go"))});
}

} // namespace gw::tour

#include "app/tour/review_steps.h"

#include "app/composition/console.h"
#include "ui/review/table_page.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLineEdit>
#include <QTest>

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
    tour.add({QStringLiteral("A filter that is wrong says where"), QStringLiteral("review-filter-wrong"), typesFilter(QStringLiteral("finding:any enw:prod")),
              sees(QStringLiteral("review.mapping.filter-problem"))});
    tour.add({QStringLiteral("A finding tells what it means and brings its fix"), QStringLiteral("review-finding"),
              typesFilter(QStringLiteral("rule:trust-saml-no-audience")), [rows] {
                  if (rows() == 0) return QStringLiteral("no row has the finding");
                  if (const QString problem = sees(QStringLiteral("review.finding.1.detail"))(); !problem.isEmpty()) return problem;
                  return sees(QStringLiteral("review.finding.1.copy"))();
              }});
    tour.add({QStringLiteral("The fix is copied"), {}, [] { return click(QStringLiteral("review.finding.1.copy")); }, [] {
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
    tour.add({QStringLiteral("From the row to all that its role can do"), QStringLiteral("review-what-can"),
              [] { return click(QStringLiteral("review.panel.what")); }, sees(QStringLiteral("explain.answers"))});
    tour.add({QStringLiteral("Back to the sessions from Review"), {}, [] { return click(QStringLiteral("rail.sessions")); },
              sees(QStringLiteral("sessions.provider.practice.go"))});
}

} // namespace gw::tour

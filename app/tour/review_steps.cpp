#include "app/tour/review_steps.h"

#include "app/composition/console.h"
#include "ui/review/table_page.h"

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
    tour.add({QStringLiteral("Back to the sessions from Review"), {}, [] { return click(QStringLiteral("rail.sessions")); },
              sees(QStringLiteral("sessions.provider.practice.go"))});
}

} // namespace gw::tour

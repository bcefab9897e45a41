#include "app/tour/campaign_steps.h"

#include "app/composition/console.h"
#include "ui/review/campaigns/campaigns_page.h"

#include <QLineEdit>
#include <QTest>

namespace gw::tour {
namespace {

QString saysWhy(const QString& form, const QString& reason) {
    const QString field = form + QStringLiteral(".reason");
    if (const QString problem = type(field, reason); !problem.isEmpty()) return problem;
    return press(visible(field), Qt::Key_Return, Qt::ControlModifier);
}

} // namespace

void addCampaignSteps(Tour& tour, app::Console& console) {
    tour.add({QStringLiteral("A row is attested by keyboard, with a reason"), QStringLiteral("review-attest"),
              [&console] {
                  console.action(QStringLiteral("review.attest"))->trigger();
                  if (const QString problem = press(visible(QStringLiteral("review.attest.verdict")), Qt::Key_Home); !problem.isEmpty()) return problem;
                  return saysWhy(QStringLiteral("review.attest"), QStringLiteral("Tier 2 issues refunds"));
              },
              [&console] {
                  const QWidget* last = visible(QStringLiteral("review.attest.last"));
                  if (last == nullptr || !last->property("text").toString().contains(QStringLiteral("Tier 2"))) return QStringLiteral("it is not attested");
                  return console.review().page()->busy() ? QStringLiteral("it is not reviewed again yet") : QString();
              }});
    tour.add({QStringLiteral("A campaign reviews what a filter of the table gives"), QStringLiteral("campaign-new"),
              [&console] {
                  console.action(QStringLiteral("review.campaign-new"))->trigger();
                  auto* scope = qobject_cast<QLineEdit*>(visible(QStringLiteral("review.campaign.scope")));
                  if (scope == nullptr) return QStringLiteral("there is no form");
                  scope->setFocus();
                  scope->selectAll();
                  QTest::keyClicks(scope, QStringLiteral("env:prod finding:>=high"));
                  if (QWidget* list = visible(QStringLiteral("review.campaign.scope.list"))) QTest::keyClick(list, Qt::Key_Escape);
                  return QString();
              },
              [] {
                  const QWidget* make = visible(QStringLiteral("review.campaign.make"));
                  return make != nullptr && make->isEnabled() ? QString() : QStringLiteral("it cannot be started");
              }});
    tour.add({QStringLiteral("Its items stand before their reviewer, one by one"), {}, [] { return click(QStringLiteral("review.campaign.make")); },
              sees(QStringLiteral("review.item.reason"))});
    tour.add({QStringLiteral("K and a reason keep an item, and the next one comes"), QStringLiteral("campaign"),
              [] {
                  if (const QString problem = press(visible(QStringLiteral("review.campaign.rows")), Qt::Key_K); !problem.isEmpty()) return problem;
                  return saysWhy(QStringLiteral("review.item"), QStringLiteral("On call needs it at night"));
              },
              [&console] {
                  const auto& shown = console.review().page()->campaigns().desk().current();
                  return shown && shown->progress.decided == 1 ? QString() : QStringLiteral("nothing is decided");
              }});
    tour.add({QStringLiteral("Back to the mapping from the campaign"), {},
              [&console] {
                  console.review().page()->showTab(ui::ReviewPage::Mapping);
                  return QString();
              },
              sees(QStringLiteral("review.panel.what"))});
}

} // namespace gw::tour

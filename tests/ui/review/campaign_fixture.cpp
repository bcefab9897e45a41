#include "tests/ui/review/campaign_fixture.h"

#include <QPlainTextEdit>

namespace gw::test {

CampaignScreen::CampaignScreen(const std::filesystem::path& given, const std::string& who, bool reviewed)
    : file(given.empty() ? std::filesystem::path(folder.filePath(QStringLiteral("store.db")).toStdString()) : given), store(file), person(who),
      context{actions, window, clock, shelf, {}, [this](const QString& role) { explained.append(role); }, {}, {}, {}, {}} {
    context.store = &store;
    context.person = [this] { return person; };
    if (reviewed) review = ui::reviewEstate(reviewSample(), nullptr, {}, nullptr, clock.now(), [](double) { return true; });
    page = new ui::CampaignsPage(context);
    page->setReview(review);
    window.addScreen({QStringLiteral("review"), QStringLiteral("Review"), QStringLiteral("review"), {}, page});
    window.showScreen(QStringLiteral("review"));
    window.resize(1440, 900);
    window.show();
    (void)QTest::qWaitForWindowExposed(&window);
    settle();
}

void CampaignScreen::settle() {
    for (int quiet = 0; quiet < 4;) {
        QTest::qWait(5);
        quiet = page->busy() ? 0 : quiet + 1;
    }
    for (int round = 0; round < 8; ++round) QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
}

QWidget* CampaignScreen::seen(const char* name) {
    QWidget* widget = part(QLatin1String(name));
    return widget != nullptr && widget->isVisibleTo(&window) ? widget : nullptr;
}

QString CampaignScreen::words(const char* name) {
    QWidget* widget = seen(name);
    return widget != nullptr ? widget->property("text").toString() : QString();
}

void CampaignScreen::click(const char* name) {
    QWidget* widget = seen(name);
    QVERIFY2(widget != nullptr, name);
    QTest::mouseClick(widget, Qt::LeftButton);
    settle();
}

void CampaignScreen::write(const char* name, const QString& text) {
    QWidget* widget = seen(name);
    QVERIFY2(widget != nullptr, name);
    widget->setFocus();
    if (auto* line = qobject_cast<QLineEdit*>(widget)) line->clear();
    if (auto* lines = qobject_cast<QPlainTextEdit*>(widget)) lines->clear();
    QTest::keyClicks(widget, text);
    settle();
}

void CampaignScreen::key(Qt::Key key, Qt::KeyboardModifiers modifiers) {
    QWidget* widget = window.focusWidget();
    QVERIFY(widget != nullptr);
    QTest::keyClick(widget, key, modifiers);
    settle();
}

void CampaignScreen::make(const QString& scope, const QString& reviewers) {
    click(seen("review.campaigns.first") != nullptr ? "review.campaigns.first" : "review.campaigns.new");
    write("review.campaign.title", QStringLiteral("Fleet, fourth quarter"));
    write("review.campaign.scope", scope);
    if (QWidget* list = seen("review.campaign.scope.list")) QTest::keyClick(list, Qt::Key_Escape);
    write("review.campaign.reviewers", reviewers);
    click("review.campaign.make");
}

void CampaignScreen::decide(Qt::Key verdict, const QString& reason) {
    key(verdict);
    QWidget* field = seen("review.item.reason");
    QVERIFY(field != nullptr && window.focusWidget() == field);
    QTest::keyClicks(field, reason);
    QTest::keyClick(field, Qt::Key_Return, Qt::ControlModifier);
    settle();
}

} // namespace gw::test

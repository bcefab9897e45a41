#include "tests/ui/explain/explain_fixture.h"

#include "models/store/files.h"
#include "ui/widgets/widgets.h"

namespace gw::test {

namespace {

std::shared_ptr<const policy::Catalogue> realCatalogue() {
    static const std::shared_ptr<const policy::Catalogue> catalogue = [] {
        auto text = store::readFile(std::string(GW_SOURCE_DIR) + "/resources/catalogue/catalogue.jsonl", std::size_t{64} << 20U);
        auto read =
            text ? policy::Catalogue::read(std::move(*text)) : Result<std::unique_ptr<policy::Catalogue>>(fail(text.error()));
        return read ? std::shared_ptr<const policy::Catalogue>(std::move(*read)) : nullptr;
    }();
    return catalogue;
}

} // namespace

ExplainScreen::ExplainScreen(bool withEstate)
    : clock(*UtcTime::parse("2026-11-23T14:07:19Z")),
      catalogue(realCatalogue()), context{actions, window, clock, shelf, [this] { return readyFuture(catalogue); }} {
    if (withEstate) shelf.set(sampleEstate(), QStringLiteral("Northwind Robotics"));
    page = new ui::ExplainPage(context);
    window.addScreen({QStringLiteral("explain"), QStringLiteral("Explain"), QStringLiteral("explain"), {}, page});
    ui::addExplainActions(context, *page);
    window.setHeaderActions(QStringLiteral("explain"), {QStringLiteral("explain.copy"), QString()});
    window.showScreen(QStringLiteral("explain"));
    window.resize(1440, 900);
    window.show();
    (void)QTest::qWaitForWindowExposed(&window);
    settle();
}

void ExplainScreen::settle() {
    for (int quiet = 0; quiet < 4;) {
        QTest::qWait(5);
        quiet = page->busy() ? 0 : quiet + 1;
    }
    for (int round = 0; round < 8; ++round) QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
}

void ExplainScreen::ask(const char* principal, const char* action, const char* resource) {
    const auto enter = [this](const char* field, const char* value) {
        auto* edit = part<QLineEdit>(QLatin1String(field));
        edit->setFocus();
        edit->setText(QString::fromLatin1(value));
    };
    enter("explain.principal", principal);
    enter("explain.action", action);
    enter("explain.resource", resource);
    QTest::keyClick(part(QStringLiteral("explain.resource")), Qt::Key_Return);
    settle();
}

void ExplainScreen::paste(const QString& text) {
    page->paste(text);
    settle();
}

QString ExplainScreen::words(const char* name) {
    QWidget* widget = part(QLatin1String(name));
    return widget != nullptr && widget->isVisibleTo(&window) ? widget->property("text").toString() : QString();
}

void ExplainScreen::click(const char* name) {
    QWidget* widget = part(QLatin1String(name));
    QVERIFY2(widget != nullptr && widget->isVisibleTo(&window), name);
    QTest::mouseClick(widget, Qt::LeftButton);
    settle();
}

} // namespace gw::test

#include "tests/interop/provider_page.h"

#include <QTest>
#include <QWebEngineView>

#include <memory>
#include <optional>

namespace gw::interop {
namespace {

// The name of the page's focused field, once the page answers.
QString focusedField(QWebEngineView* view) {
    auto name = std::make_shared<std::optional<QString>>();
    view->page()->runJavaScript(QStringLiteral("document.readyState === 'complete' ? (document.activeElement.name || '') : ''"),
                                [name](const QVariant& value) { *name = value.toString(); });
    (void)QTest::qWaitFor([&] { return name->has_value(); }, 5'000);
    return name->value_or(QString());
}

bool comesTo(QWebEngineView* view, const QString& field, int milliseconds) {
    return QTest::qWaitFor([&] { return focusedField(view) == field; }, milliseconds);
}

} // namespace

QString signInAt(QWebEngineView* view, const QString& user, const QString& password) {
    if (view == nullptr) return QStringLiteral("there is no view");
    if (!comesTo(view, QStringLiteral("username"), 30'000)) return QStringLiteral("the name field did not get the cursor");
    QWidget* const window = view->window();
    // Without a window manager a window gets the focus only if it asks once it is on the screen.
    if (!QTest::qWaitForWindowExposed(window)) return QStringLiteral("the window did not appear");
    window->activateWindow();
    if (!QTest::qWaitForWindowActive(window)) return QStringLiteral("the window did not get the focus");
    view->setFocus();
    QTest::keyClick(view->focusProxy(), Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(view->focusProxy(), user);
    QTest::keyClick(view->focusProxy(), Qt::Key_Tab);
    if (!comesTo(view, QStringLiteral("password"), 5'000)) return QStringLiteral("Tab did not lead to the password field");
    QTest::keyClicks(view->focusProxy(), password);
    QTest::keyClick(view->focusProxy(), Qt::Key_Return);
    return {};
}

} // namespace gw::interop

#include "app/tour/steps.h"

#include "app/composition/console.h"
#include "app/tour/commands.h"
#include "app/tour/explain_steps.h"
#include "app/tour/inspector_steps.h"
#include "app/tour/review_steps.h"
#include "ui/widgets/code_block.h"

#include <QApplication>
#include <QTest>
#include <QWidget>

#include <memory>

namespace gw::tour {
namespace {

const QString providerCard = QStringLiteral("sessions.provider.practice");

// The widget that takes the page's key presses.
QWidget* page() {
    QWidget* view = visible(QStringLiteral("login.view"));
    return view != nullptr && view->focusProxy() != nullptr ? view->focusProxy() : view;
}

QString pageTitle() {
    const QWidget* view = visible(QStringLiteral("login.view"));
    return view != nullptr ? view->property("title").toString() : QString();
}

// The page is loaded and has been painted, so that it takes keys: the window says whom it waits for.
Check pageIs(const QString& part) {
    return [part] {
        const QString title = pageTitle();
        if (!title.contains(part)) return QStringLiteral("the page is `%1`, not %2").arg(title, part);
        const QWidget* awaited = visible(QStringLiteral("login.awaited"));
        const QString whom = awaited != nullptr ? awaited->property("text").toString() : QString();
        return whom == QObject::tr("Waiting for you") ? QString() : QStringLiteral("the window says `%1`").arg(whom);
    };
}

QString typeIntoPage(const QString& text) {
    QWidget* widget = page();
    if (widget == nullptr) return QStringLiteral("no page is shown");
    widget->setFocus();
    QTest::keyClicks(widget, text);
    return {};
}

QString pressInPage(Qt::Key key) {
    return press(page(), key);
}

// Types a whole sign-in: the page puts the cursor into the first empty field.
QString signInAs(const QString& user, const QString& password) {
    if (const QString problem = typeIntoPage(user); !problem.isEmpty()) return problem;
    if (const QString problem = pressInPage(Qt::Key_Tab); !problem.isEmpty()) return problem;
    if (const QString problem = typeIntoPage(password); !problem.isEmpty()) return problem;
    return pressInPage(Qt::Key_Return);
}

QString pressInFocus(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
    return press(QApplication::focusWidget(), key, modifiers);
}

QString live(const sessions::SessionBook& book, std::size_t wanted) {
    std::size_t count = 0;
    for (const auto& session : book.sessions())
        if (session.live(book.clock().now())) ++count;
    return count == wanted ? QString() : QStringLiteral("%1 sessions are live, not %2").arg(count).arg(wanted);
}

const sessions::Session* firstLive(const sessions::SessionBook& book) {
    for (const auto& session : book.sessions())
        if (session.live(book.clock().now())) return &session;
    return nullptr;
}

void misbehave(app::Console& console, practice::Misbehaviour::Response how) {
    practice::Misbehaviour misbehaviour;
    misbehaviour.response = how;
    console.practice()->misbehave(misbehaviour);
}

// A provider that answers badly: the sign-in fails in place, says why, and can be dismissed.
void addRefusal(Tour& tour, app::Console& console, const QString& what, const QString& picture, practice::Misbehaviour::Response how,
                const QString& inspected = {}) {
    tour.add({QStringLiteral("A new sign-in begins as on a new computer"), {},
              [&console, how] {
                  misbehave(console, how);
                  console.coordinator().signIn(sessions::ProviderId("practice"));
                  return QString();
              },
              pageIs(QStringLiteral("Northwind")), 20'000});
    tour.add({QStringLiteral("%1 is refused, in words").arg(what), picture,
              [] { return signInAs(QStringLiteral("dario.venn"), QStringLiteral("practice-dario")); },
              sees(QStringLiteral("sessions.failure.dismiss")), 20'000});
    if (!inspected.isEmpty()) addInspectRefused(tour, what, inspected);
    tour.add({QStringLiteral("…and can be put away"), {},
              [&console] {
                  misbehave(console, practice::Misbehaviour::Response::Good);
                  return click(QStringLiteral("sessions.failure.dismiss"));
              },
              seesNot(QStringLiteral("sessions.failure.dismiss"))});
}

void addSignIn(Tour& tour, app::Console& console) {
    tour.add({QStringLiteral("The window opens in the practice environment"), QStringLiteral("sessions-empty"), {},
              sees(providerCard + QStringLiteral(".go")), 15'000});
    tour.add({QStringLiteral("“Sign in” shows the provider's own page"), QStringLiteral("sign-in"),
              [] { return click(providerCard + QStringLiteral(".go")); }, pageIs(QStringLiteral("Northwind")), 30'000});
    tour.add({QStringLiteral("A wrong password stays on the provider's page"), QStringLiteral("sign-in-wrong-password"),
              [] { return signInAs(QStringLiteral("lena.fairweather"), QStringLiteral("not-it")); },
              pageIs(QStringLiteral("Error"))});
    tour.add({QStringLiteral("The right one leads to the roles of the verified assertion"), QStringLiteral("role-chooser"),
              [] {
                  if (const QString problem = typeIntoPage(QStringLiteral("practice-lena")); !problem.isEmpty()) return problem;
                  return pressInPage(Qt::Key_Return);
              },
              sees(QStringLiteral("chooser.search")), 20'000});
    tour.add({QStringLiteral("Typing finds roles by letters of name and account"), QStringLiteral("role-chooser-search"),
              [] { return type(QStringLiteral("chooser.search"), QStringLiteral("pay read")); }, sees(QStringLiteral("chooser.list"))});
    tour.add({QStringLiteral("Two roles are chosen by the keyboard"), QStringLiteral("role-chooser-two"),
              [] {
                  for (const auto& [key, with] : {std::pair{Qt::Key_Space, Qt::ControlModifier}, {Qt::Key_Down, Qt::NoModifier},
                                                  {Qt::Key_Space, Qt::ControlModifier}})
                      if (const QString problem = pressInFocus(key, with); !problem.isEmpty()) return problem;
                  return QString();
              },
              sees(QStringLiteral("chooser.start"))});
    tour.add({QStringLiteral("Enter starts both from the one sign-in"), QStringLiteral("sessions-live"),
              [] { return pressInFocus(Qt::Key_Return); }, [&console] { return live(console.book(), 2); }, 20'000});
}

void addUse(Tour& tour, app::Console& console) {
    tour.add({QStringLiteral("A live session says how to use it"), QStringLiteral("use-it"),
              [&console] {
                  const auto* session = firstLive(console.book());
                  if (session == nullptr) return QStringLiteral("no session is live");
                  return click(QStringLiteral("sessions.card.") + QString::fromStdString(session->id.value()));
              },
              sees(QStringLiteral("sessions.use.add"))});
    tour.add({QStringLiteral("“Add” writes one profile without a secret"), QStringLiteral("use-it-added"),
              [] { return click(QStringLiteral("sessions.use.add")); },
              [&console] { return fileHolds(console.paths().shared.config, "credential_process"); }});
    tour.add({QStringLiteral("Ctrl+K finds every action"), QStringLiteral("palette"),
              [&console] {
                  return press(&console.window(), Qt::Key_K, Qt::ControlModifier);
              },
              sees(QStringLiteral("palette.search"))});
    tour.add({QStringLiteral("Esc closes it"), {}, [] { return press(visible(QStringLiteral("palette.search")), Qt::Key_Escape); },
              seesNot(QStringLiteral("palette.search"))});
}

void addProviders(Tour& tour, app::Console& console) {
    tour.add({QStringLiteral("A provider of one's own: twelve templates"), QStringLiteral("add-provider"),
              [&console] {
                  console.action(QStringLiteral("providers.add"))->trigger();
                  return QString();
              },
              sees(QStringLiteral("assistant.kind.keycloak"))});
    tour.add({QStringLiteral("What is wrong is said at the field"), QStringLiteral("add-provider-wrong"),
              [] {
                  if (const QString problem = click(QStringLiteral("assistant.kind.keycloak")); !problem.isEmpty()) return problem;
                  if (const QString problem = type(QStringLiteral("assistant.login"), QStringLiteral("http://sso.example.com/realms/x"));
                      !problem.isEmpty())
                      return problem;
                  return press(visible(QStringLiteral("assistant.login")), Qt::Key_Tab);
              },
              sees(QStringLiteral("assistant.save"))});
    tour.add({QStringLiteral("Cancel keeps nothing"), {}, [] { return click(QStringLiteral("assistant.cancel")); },
              sees(providerCard + QStringLiteral(".go"))});
    tour.add({QStringLiteral("Settings"), QStringLiteral("settings"), [] { return click(QStringLiteral("rail.settings")); },
              sees(QStringLiteral("settings.theme"))});
    tour.add({QStringLiteral("Back to the sessions"), {}, [] { return click(QStringLiteral("rail.sessions")); },
              sees(providerCard + QStringLiteral(".go"))});
}

void addRefusals(Tour& tour, app::Console& console) {
    using Response = practice::Misbehaviour::Response;
    addRefusal(tour, console, QStringLiteral("An expired response"), QStringLiteral("refused-expired"), Response::Expired,
               QStringLiteral("inspector-expired"));
    addRefusal(tour, console, QStringLiteral("A wrong signature"), QStringLiteral("refused-signature"), Response::WrongSignature,
               QStringLiteral("inspector-wrong-signature"));
    addRefusal(tour, console, QStringLiteral("An unknown key"), QStringLiteral("refused-unknown-key"), Response::UnknownKey);
    addRefusal(tour, console, QStringLiteral("A wrong audience"), QStringLiteral("refused-audience"), Response::WrongAudience);
    addRefusal(tour, console, QStringLiteral("A response without roles"), QStringLiteral("refused-no-roles"), Response::NoRoles);
}

void addLastSteps(Tour& tour, app::Console& console) {
    auto renewed = std::make_shared<std::string>();
    tour.add({QStringLiteral("A renewal asks nobody while the provider's session lives"), QStringLiteral("renewed"),
              [&console, renewed] {
                  const auto* session = firstLive(console.book());
                  if (session == nullptr) return QStringLiteral("no session is live");
                  *renewed = session->accessKeyId;
                  console.coordinator().renew(session->id);
                  return QString();
              },
              [&console, renewed] {
                  for (const auto& session : console.book().sessions())
                      if (session.accessKeyId == *renewed && session.end == sessions::EndReason::Replaced) return live(console.book(), 2);
                  return QStringLiteral("the old session was not replaced");
              },
              30'000});
    tour.add({QStringLiteral("“End now” ends a session here"), QStringLiteral("ended"),
              [&console] {
                  // The one with a profile in the file is used once more below.
                  const std::string kept = profileIn(console.paths().shared.config);
                  const sessions::Session* other = nullptr;
                  for (const auto& session : console.book().sessions())
                      if (session.live(console.book().clock().now()) && session.profile.value() != kept) other = &session;
                  if (other == nullptr) return QStringLiteral("no other session is live");
                  const QString card = QStringLiteral("sessions.card.") + QString::fromStdString(other->id.value());
                  if (const QString problem = click(card + QStringLiteral(".end")); !problem.isEmpty()) return problem;
                  return click(card + QStringLiteral(".end.confirm"));
              },
              [&console] { return live(console.book(), 1); }});
    auto aws = std::make_shared<Command>();
    tour.add({QStringLiteral("aws sts get-caller-identity answers with the assumed role"), QStringLiteral("used"),
              [&console, aws] {
                  const std::string profile = profileIn(console.paths().shared.config);
                  if (profile.empty()) return QStringLiteral("no profile was written");
                  aws->start(QStringLiteral("aws"),
                             {QStringLiteral("--endpoint-url"), QString::fromStdString(console.practice()->awsEndpoint()),
                              QStringLiteral("sts"), QStringLiteral("get-caller-identity"), QStringLiteral("--profile"),
                              QString::fromStdString(profile), QStringLiteral("--output"), QStringLiteral("json")},
                             console.paths().shared);
                  return QString();
              },
              [aws] { return aws->answered(QStringLiteral(":assumed-role/")); }, 60'000});
}

} // namespace

void addSteps(Tour& tour, app::Console& console) {
    if (console.practice() == nullptr) {
        tour.add({QStringLiteral("The practice environment starts"), {}, [] { return QStringLiteral("it did not"); }, {}});
        return;
    }
    addSignIn(tour, console);
    addUse(tour, console);
    addInspectorSteps(tour, console);
    addExplainSteps(tour, console);
    addReviewSteps(tour, console);
    addProviders(tour, console);
    addRefusals(tour, console);
    addLastSteps(tour, console);
}

} // namespace gw::tour

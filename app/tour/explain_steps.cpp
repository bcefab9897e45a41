#include "app/tour/explain_steps.h"

#include "app/composition/console.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLineEdit>
#include <QTest>

namespace gw::tour {
namespace {

const QString api = QStringLiteral("arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5/prod/");
const QString operators = QStringLiteral("arn:aws:iam::111122223333:role/payments-operator");

QString wordsOf(const QString& objectName) {
    const QWidget* widget = visible(objectName);
    return widget != nullptr ? widget->property("text").toString() : QString();
}

Check headlineSays(const QString& part) {
    return [part] {
        const QString words = wordsOf(QStringLiteral("explain.verdict.headline"));
        return words.startsWith(part) ? QString() : QStringLiteral("the verdict is `%1`, not %2").arg(words, part);
    };
}

// The answer, and what would change it.
Check answered(const QString& part, const QString& fix) {
    return [part, fix] {
        if (const QString problem = headlineSays(part)(); !problem.isEmpty()) return problem;
        return sees(fix)();
    };
}

QString enter(const QString& field, const QString& text) {
    auto* edit = qobject_cast<QLineEdit*>(visible(field));
    if (edit == nullptr) return QStringLiteral("%1 is not to be seen").arg(field);
    edit->setFocus();
    edit->selectAll();
    QTest::keyClicks(edit, text);
    // A list of what fits may be open.
    if (QWidget* list = visible(field + QStringLiteral(".list"))) QTest::keyClick(list, Qt::Key_Escape);
    return {};
}

Check asks(const QString& principal, const QString& action, const QString& resource) {
    return [principal, action, resource] {
        for (const auto& [field, text] : {std::pair{QStringLiteral("explain.principal"), principal},
                                          {QStringLiteral("explain.action"), action},
                                          {QStringLiteral("explain.resource"), resource}})
            if (const QString problem = enter(field, text); !problem.isEmpty()) return problem;
        return press(visible(QStringLiteral("explain.resource")), Qt::Key_Return);
    };
}

// Tries a fix by its button and leads back.
void addTrial(Tour& tour, const QString& name, const QString& picture, const QString& button, const QString& now,
              const QString& before) {
    tour.add({name, picture, [button] { return click(button); },
              [now] {
                  if (!wordsOf(QStringLiteral("explain.try.title")).startsWith(QStringLiteral("Trying")))
                      return QStringLiteral("nothing is tried");
                  return headlineSays(now)();
              }});
    tour.add({QStringLiteral("Esc leads back to the real answer"),
              {},
              [] { return press(visible(QStringLiteral("explain.try.back")), Qt::Key_Escape); },
              headlineSays(before)});
}

} // namespace

void addExplainSteps(Tour& tour, app::Console& console) {
    const QString invoke = QStringLiteral("execute-api:Invoke");
    const QString firstFix = QStringLiteral("explain.edit.1.try");
    tour.add({QStringLiteral("Explain knows the practice organisation"), QStringLiteral("explain-empty"),
              [] { return click(QStringLiteral("rail.explain")); },
              [&console] {
                  const auto& estate = console.explain().shelf().estate();
                  return estate && !estate->roles().empty() ? QString() : QStringLiteral("no role is known");
              }});
    tour.add({QStringLiteral("Who takes payments may: allowed, layer by layer"), QStringLiteral("explain-allowed"),
              asks(operators, invoke, api + QStringLiteral("POST/payments")),
              answered(QStringLiteral("Allowed: operate-payments"), firstFix)});
    addTrial(tour, QStringLiteral("What would take it away is tried"), QStringLiteral("explain-allowed-tried"), firstFix,
             QStringLiteral("Denied"), QStringLiteral("Allowed: operate-payments"));
    tour.add({QStringLiteral("AWS's error is pasted, and becomes the question: no policy allows it"),
              QStringLiteral("explain-implicit"),
              [&console] {
                  QGuiApplication::clipboard()->setText(
                      QStringLiteral("An error occurred (AccessDeniedException) when calling the Invoke operation: User: "
                                     "arn:aws:sts::111122223333:assumed-role/ledger-support/alice.marlow is not authorized to "
                                     "perform: execute-api:Invoke on resource: "
                                     "arn:aws:execute-api:eu-west-1:********3333:a1b2c3d4e5/prod/POST/refunds"));
                  console.action(QStringLiteral("explain.denial"))->trigger();
                  return press(visible(QStringLiteral("explain.paste")), Qt::Key_V, Qt::ControlModifier);
              },
              answered(QStringLiteral("Denied: no policy allows"), firstFix)});
    addTrial(tour, QStringLiteral("Its smallest fix is tried, and turns it"), QStringLiteral("explain-implicit-tried"), firstFix,
             QStringLiteral("Allowed"), QStringLiteral("Denied: no policy allows"));
    tour.add({QStringLiteral("A policy that no file holds is pasted"), QStringLiteral("explain-policy"),
              [&console] {
                  QGuiApplication::clipboard()->setText(QStringLiteral(
                      "{\"Version\": \"2012-10-17\",\n \"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"execute-api:Invoke\",\n"
                      "                \"Resource\": \"arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5/prod/POST/refunds\"}]}"));
                  console.action(QStringLiteral("explain.policy"))->trigger();
                  return press(visible(QStringLiteral("explain.policy.text")), Qt::Key_V, Qt::ControlModifier);
              },
              [] {
                  const QWidget* use = visible(QStringLiteral("explain.policy.use"));
                  return use != nullptr && use->isEnabled() ? QString() : QStringLiteral("the policy cannot be used");
              }});
    tour.add({QStringLiteral("It counts beside the files"), QStringLiteral("explain-policy-used"),
              [] { return click(QStringLiteral("explain.policy.use")); },
              headlineSays(QStringLiteral("Allowed: pasted identity policy"))});
    tour.add({QStringLiteral("It is opened again"),
              {},
              [] { return click(QStringLiteral("explain.policy.1")); },
              sees(QStringLiteral("explain.policy.remove"))});
    tour.add({QStringLiteral("Removed, it counts no more"),
              {},
              [] { return click(QStringLiteral("explain.policy.remove")); },
              headlineSays(QStringLiteral("Denied: no policy allows"))});
    tour.add({QStringLiteral("A statement that denies wins, and is named"), QStringLiteral("explain-explicit"),
              asks(operators, invoke, api + QStringLiteral("DELETE/refunds/42")),
              answered(QStringLiteral("Denied: never-delete denies"), firstFix)});
    tour.add({QStringLiteral("Its document opens at that line"), QStringLiteral("explain-document"),
              [] { return click(QStringLiteral("explain.layer.identity.statement.1")); },
              sees(QStringLiteral("explain.document"))});
    tour.add({QStringLiteral("Esc closes the document"),
              {},
              [] { return press(visible(QStringLiteral("explain.document.text")), Qt::Key_Escape); },
              headlineSays(QStringLiteral("Denied: never-delete denies"))});
    addTrial(tour, QStringLiteral("What would lift the denial is tried"), QStringLiteral("explain-explicit-tried"), firstFix,
             QStringLiteral("Allowed"), QStringLiteral("Denied: never-delete denies"));
    tour.add({QStringLiteral("What hangs on a tag that nobody told depends, and says on what"), QStringLiteral("explain-depends"),
              asks(operators, invoke, api + QStringLiteral("POST/refunds")),
              answered(QStringLiteral("Depends on aws:PrincipalTag/team"), QStringLiteral("explain.witness.allowed.try"))});
    addTrial(tour, QStringLiteral("The request that would be allowed is tried"), QStringLiteral("explain-depends-tried"),
             QStringLiteral("explain.witness.allowed.try"), QStringLiteral("Allowed"), QStringLiteral("Depends on"));
    tour.add({QStringLiteral("Who can do it is a list"), QStringLiteral("explain-who"),
              [invoke] {
                  QWidget* modes = visible(QStringLiteral("explain.mode"));
                  if (modes == nullptr) return QStringLiteral("there is no choice of questions");
                  modes->setFocus();
                  QTest::keyClick(modes, Qt::Key_Right);
                  if (const QString problem = enter(QStringLiteral("explain.action"), invoke); !problem.isEmpty()) return problem;
                  if (const QString problem = enter(QStringLiteral("explain.resource"), api + QStringLiteral("GET/payments"));
                      !problem.isEmpty())
                      return problem;
                  return press(visible(QStringLiteral("explain.resource")), Qt::Key_Return);
              },
              sees(QStringLiteral("explain.answers"))});
    tour.add({QStringLiteral("Back to the sessions from Explain"),
              {},
              [] {
                  QGuiApplication::clipboard()->clear();
                  return click(QStringLiteral("rail.sessions"));
              },
              sees(QStringLiteral("sessions.provider.practice.go"))});
}

} // namespace gw::tour

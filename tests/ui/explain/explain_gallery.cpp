// Draws the Explain screen with sample questions, light and dark, wide and narrow, into PNGs of the folder given. To be
// looked at, not compared.
#include "tests/support/ui_application.h"
#include "tests/ui/explain/explain_fixture.h"

using namespace gw;
using test::ExplainScreen;

int main(int argc, char** argv) {
    test::fixWorld();
    QApplication application(argc, argv);
    ui::Theme theme(application);
    const QString folder = argc > 1 ? QString::fromLocal8Bit(argv[1]) : QStringLiteral(".");
    const QString only = argc > 2 ? QString::fromLocal8Bit(argv[2]) : QString();
    bool saved = true;
    for (const QString& scheme : {QStringLiteral("light"), QStringLiteral("dark")}) {
        theme.setPreference(scheme);
        const auto shoot = [&](const char* name, const auto& fill, QSize size = QSize(1440, 900), bool withEstate = true) {
            if (!only.isEmpty() && !QLatin1String(name).contains(only)) return;
            ExplainScreen screen(withEstate);
            screen.window.setPerson(QStringLiteral("Tomas Quill"), QStringLiteral("Administrator"));
            screen.window.resize(size);
            fill(screen);
            QTest::qWait(150);
            screen.settle();
            saved = screen.window.grab().save(QStringLiteral("%1/%2-%3.png").arg(folder, QLatin1String(name), scheme)) && saved;
        };
        const auto asked = [](const char* principal, const char* action, const char* resource) {
            return [=](ExplainScreen& screen) { screen.ask(principal, action, resource); };
        };
        const auto implicit = asked(test::support, "execute-api:Invoke", test::postRefunds);
        shoot(
            "empty", [](ExplainScreen&) {}, QSize(1440, 900), false);
        shoot("rest", [](ExplainScreen&) {});
        shoot("allowed", asked(test::support, "execute-api:Invoke", test::getRefund));
        shoot("implicit", implicit);
        shoot("explicit", asked(test::support, "execute-api:Invoke", test::virginia));
        shoot("depends", asked(test::auditor, "s3:GetObject", test::statement));
        shoot("pasted", [](ExplainScreen& screen) {
            screen.paste(QStringLiteral("An error occurred (AccessDeniedException): User: "
                                        "arn:aws:sts::111122223333:assumed-role/ledger-support/alice.marlow is not authorized to "
                                        "perform: execute-api:Invoke on resource: "
                                        "arn:aws:execute-api:eu-west-1:********3333:a1b2c3d4e5/prod/POST/refunds"));
        });
        shoot("encoded", [](ExplainScreen& screen) {
            screen.paste(QStringLiteral("You are not authorized to perform this operation. Encoded authorization failure "
                                        "message: AbCdEfGhIjKlMnOpQrStUvWxYz0123456789"));
        });
        shoot("tried", [implicit](ExplainScreen& screen) {
            implicit(screen);
            screen.click("explain.edit.1.try");
        });
        shoot("document", [implicit](ExplainScreen& screen) {
            implicit(screen);
            screen.click("explain.layer.resource.statement.1");
        });
        const auto write = [](ExplainScreen& screen, const char* statement) {
            screen.actions.action(QStringLiteral("explain.policy"))->trigger();
            screen.part<QPlainTextEdit>(QStringLiteral("explain.policy.text"))
                ->setPlainText(QStringLiteral("{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [\n    %1\n  ]\n}").arg(QLatin1String(statement)));
            screen.settle();
        };
        constexpr const char* reads = R"({"Effect": "Allow", "Action": "s3:Get*", "Resource": "arn:aws:s3:::logs/*"})";
        shoot(
            "policy-valid", [write, reads](ExplainScreen& screen) { write(screen, reads); }, QSize(1440, 900), false);
        shoot(
            "policy-fault",
            [write](ExplainScreen& screen) { write(screen, R"({"Effect": "Allo", "Action": "s3:Get*", "Resource": "*"})"); },
            QSize(1440, 900), false);
        shoot(
            "policy-used",
            [write, reads](ExplainScreen& screen) {
                write(screen, reads);
                screen.click("explain.policy.use");
                screen.ask("arn:aws:iam::111122223333:role/reader", "s3:GetObject", "arn:aws:s3:::logs/a");
                screen.click("explain.policy.1");
            },
            QSize(1100, 720), false);
        shoot(
            "policy-smallest",
            [write](ExplainScreen& screen) { write(screen, R"({"Effect": "Allo", "Action": "s3:Get*", "Resource": "*"})"); },
            QSize(760, 520));
        shoot("who", [](ExplainScreen& screen) {
            screen.part<ui::QuestionBar>(QStringLiteral("explain.bar"))->setMode(ui::AskMode::WhoCan);
            screen.ask("", "execute-api:Invoke", test::postRefunds);
        });
        shoot("what", [](ExplainScreen& screen) {
            screen.part<ui::QuestionBar>(QStringLiteral("explain.bar"))->setMode(ui::AskMode::WhatCanThey);
            screen.part<QLineEdit>(QStringLiteral("explain.principal"))->setText(QString::fromLatin1(test::support));
            screen.click("explain.ask");
        });
        shoot("medium", implicit, QSize(1100, 720));
        shoot("narrow", implicit, QSize(760, 520));
        shoot(
            "narrow-facts",
            [](ExplainScreen& screen) {
                screen.ask(test::auditor, "s3:GetObject", test::statement);
                screen.page->addFact();
            },
            QSize(760, 640));
    }
    return saved ? 0 : 1;
}

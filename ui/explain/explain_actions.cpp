#include "ui/explain/explain_actions.h"

#include <QPointer>

namespace gw::ui {
namespace {

const QString screen = QStringLiteral("explain");

} // namespace

void addExplainActions(const ExplainContext& context, ExplainPage& page) {
    ActionTable& table = context.actions;
    const QPointer<ExplainPage> alive(&page);
    const auto answered = [&context, alive]() -> Availability {
        if (context.window.currentScreen() != screen) return {false, ExplainPage::tr("Go to Explain first")};
        if (alive && alive->answer()) return {};
        return {false, ExplainPage::tr("Ask something first")};
    };
    const auto trying = [alive, answered]() -> Availability {
        if (const Availability any = answered(); !any.available) return any;
        if (!alive->answer()->trial.empty()) return {};
        return {false, ExplainPage::tr("Nothing is tried")};
    };
    const auto add = [&](const char* id, const QString& text, const char* iconName, const QKeySequence& keys,
                         const QString& words, const std::function<void(ExplainPage&)>& run,
                         std::function<Availability()> availability) {
        table.add({.id = QStringLiteral("explain.") + QLatin1String(id),
                   .text = text,
                   .icon = QString::fromLatin1(iconName),
                   .shortcut = keys,
                   .menu = ExplainPage::tr("Explain"),
                   .keywords = words,
                   .run =
                       [alive, run] {
                           if (alive) run(*alive);
                       },
                   .availability = std::move(availability)});
    };
    add("denial", ExplainPage::tr("Explain a denial…"), "explain", QKeySequence(QStringLiteral("Ctrl+Shift+E")),
        ExplainPage::tr("access denied error not authorized why paste policy"),
        [&context](ExplainPage& to) {
            context.window.showScreen(screen);
            to.focusPaste();
        },
        {});
    add("question", ExplainPage::tr("Ask who may do what"), "help", {},
        ExplainPage::tr("can they who can principal action resource"),
        [&context](ExplainPage& to) {
            context.window.showScreen(screen);
            to.focusQuestion();
        },
        {});
    const auto begins = [&](const char* id, const QString& text, const char* iconName, AskMode mode, const QString& words) {
        add(id, text, iconName, {}, words,
            [&context, mode](ExplainPage& to) {
                context.window.showScreen(screen);
                to.begin(mode);
            },
            {});
    };
    begins("who-can", ExplainPage::tr("Who can…"), "person", AskMode::WhoCan, ExplainPage::tr("reach call invoke use resource route bucket action"));
    begins("what-can", ExplainPage::tr("What can … do?"), "role", AskMode::WhatCanThey, ExplainPage::tr("reach role user principal able"));
    add("open", ExplainPage::tr("Open the organisation's files…"), "file", {},
        ExplainPage::tr("estate import json dump accounts"),
        [&context](ExplainPage& to) {
            context.window.showScreen(screen);
            to.askForFiles();
        },
        {});
    add("open-folder", ExplainPage::tr("Open a folder of the organisation's files…"), "import", {},
        ExplainPage::tr("estate import json dump accounts"),
        [&context](ExplainPage& to) {
            context.window.showScreen(screen);
            to.askForFolder();
        },
        {});
    add("policy", ExplainPage::tr("Paste a policy…"), "edit", {}, ExplainPage::tr("identity resource trust scp boundary session json"),
        [&context](ExplainPage& to) {
            context.window.showScreen(screen);
            to.addPolicy();
        },
        {});
    add(
        "fact", ExplainPage::tr("Try another fact"), "edit", QKeySequence(QStringLiteral("Ctrl+Shift+F")),
        ExplainPage::tr("condition key context flip"), [](ExplainPage& to) { to.addFact(); }, answered);
    add(
        "back", ExplainPage::tr("Back to the real answer"), "undo", {}, ExplainPage::tr("end trial reset"),
        [](ExplainPage& to) { to.leaveTrial(); }, trying);
    add(
        "copy", ExplainPage::tr("Copy as text"), "export", QKeySequence(QStringLiteral("Ctrl+Shift+C")),
        ExplainPage::tr("share ticket answer"), [](ExplainPage& to) { to.copyAnswer(); }, answered);
    QObject::connect(&page, &ExplainPage::shown, &table, [&table] { table.refresh(); });
    QObject::connect(&context.window, &MainWindow::screenChanged, &table, [&table] { table.refresh(); });
}

} // namespace gw::ui

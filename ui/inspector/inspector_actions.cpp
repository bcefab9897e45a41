#include "ui/inspector/inspector_actions.h"


#include <QPointer>

namespace gw::ui {

namespace {

const QString screen = QStringLiteral("inspector");

} // namespace

void addInspectorActions(const InspectorContext& context, InspectorPage& page) {
    ActionTable& table = context.actions;
    const QPointer<InspectorPage> alive(&page);
    // Keys such as Ctrl+V mean this screen only while it is seen; the palette leads here from everywhere.
    const auto seen = [&context]() -> Availability {
        if (context.window.currentScreen() == screen) return {};
        return {false, InspectorPage::tr("Go to the Inspector first")};
    };
    const auto something = [&context, alive, seen]() -> Availability {
        if (const Availability here = seen(); !here.available) return here;
        if (alive && alive->examined()) return {};
        return {false, InspectorPage::tr("Open a response first")};
    };
    const auto response = [alive, something]() -> Availability {
        if (const Availability any = something(); !any.available) return any;
        if (alive->examined()->response() != nullptr) return {};
        return {false, InspectorPage::tr("Only a response has this")};
    };
    const auto add = [&](const char* id, const QString& text, const char* iconName, const QKeySequence& keys, const QString& words,
                         const std::function<void(InspectorPage&)>& run, std::function<Availability()> availability) {
        table.add({.id = QStringLiteral("inspector.") + QLatin1String(id), .text = text, .icon = QString::fromLatin1(iconName), .shortcut = keys,
                   .menu = InspectorPage::tr("Inspector"), .keywords = words,
                   .run = [alive, run] {
                       if (alive) run(*alive);
                   },
                   .availability = std::move(availability)});
    };
    add("paste", InspectorPage::tr("Paste"), "copy", QKeySequence::Paste, InspectorPage::tr("saml response base64 clipboard inspect"),
        [](InspectorPage& to) { to.paste(); }, seen);
    add("open", InspectorPage::tr("Open…"), "file", QKeySequence::Open, InspectorPage::tr("saml response metadata file har inspect"),
        [&context](InspectorPage& to) {
            context.window.showScreen(screen);
            to.askForFile();
        },
        {});
    add("find", InspectorPage::tr("Find in the text"), "search", QKeySequence::Find, InspectorPage::tr("search"), [](InspectorPage& to) { to.find(); },
        something);
    add("compare", InspectorPage::tr("Compare with another response…"), "compare", {}, InspectorPage::tr("diff two responses logins"),
        [](InspectorPage& to) { to.askForComparison(); }, response);
    add("redact", InspectorPage::tr("Save a redacted copy…"), "eye-off", {}, InspectorPage::tr("share pseudonyms anonymous"),
        [](InspectorPage& to) { to.askToSave(CopyKind::Redacted); }, something);
    add("resign", InspectorPage::tr("Save a copy with new signatures…"), "signature", {}, InspectorPage::tr("re-sign reproduce throw-away key"),
        [](InspectorPage& to) { to.askToSave(CopyKind::Resigned); }, response);
    add("evidence", InspectorPage::tr("Keep as evidence…"), "evidence", {}, InspectorPage::tr("report findings json audit"),
        [](InspectorPage& to) { to.askToSave(CopyKind::Evidence); }, something);
    const struct {
        const char* id;
        QString text;
        Qt::Key key;
    } tabs[] = {{"coverage", InspectorPage::tr("Show the coverage"), Qt::Key_1},
                {"tree", InspectorPage::tr("Show the tree"), Qt::Key_2},
                {"canonical", InspectorPage::tr("Show the canonical bytes"), Qt::Key_3},
                {"hex", InspectorPage::tr("Show the bytes in hex"), Qt::Key_4}};
    for (const auto& tab : tabs)
        add(tab.id, tab.text, "eye", QKeySequence(Qt::ALT | tab.key), InspectorPage::tr("view tab"),
            [id = QString::fromLatin1(tab.id)](InspectorPage& to) { to.showTab(id); }, something);
    QObject::connect(&page, &InspectorPage::shown, &table, [&table] { table.refresh(); });
    QObject::connect(&context.window, &MainWindow::screenChanged, &table, [&table] { table.refresh(); });
}

} // namespace gw::ui

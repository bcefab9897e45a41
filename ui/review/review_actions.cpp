#include "ui/review/review_actions.h"

#include "ui/review/calendar/calendar_tab.h"
#include "ui/review/campaigns/campaigns_page.h"
#include "ui/review/drift/drift_tab.h"

#include <QPointer>

namespace gw::ui {
namespace {

const QString screen = QStringLiteral("review");

} // namespace

void addReviewActions(const ReviewContext& context, ReviewPage& page) {
    ActionTable& table = context.actions;
    const QPointer<ReviewPage> alive(&page);
    const auto reviewed = [&context, alive]() -> Availability {
        if (context.window.currentScreen() != screen) return {false, ReviewPage::tr("Go to Review first")};
        if (alive && alive->review()) return {};
        return {false, ReviewPage::tr("Nothing is reviewed yet")};
    };
    const auto add = [&](const char* id, const QString& text, const char* iconName, const QKeySequence& keys, const QString& words,
                         const std::function<void(ReviewPage&)>& run, std::function<Availability()> availability) {
        table.add({.id = QStringLiteral("review.") + QLatin1String(id),
                   .text = text,
                   .icon = QString::fromLatin1(iconName),
                   .shortcut = keys,
                   .menu = ReviewPage::tr("Review"),
                   .keywords = words,
                   .run =
                       [alive, run] {
                           if (alive) run(*alive);
                       },
                   .availability = std::move(availability)});
    };
    const auto tab = [&](const char* id, const QString& text, ReviewPage::Tab which, const char* iconName = "review", const QString& words = ReviewPage::tr("review table")) {
        add(id, text, iconName, {}, words,
            [&context, which](ReviewPage& to) {
                context.window.showScreen(screen);
                to.showTab(which);
            },
            {});
    };
    tab("mapping", ReviewPage::tr("Review who gets which role"), ReviewPage::Mapping);
    tab("findings", ReviewPage::tr("Review what was found"), ReviewPage::Findings);
    tab("drift", ReviewPage::tr("Review who gained and who lost access"), ReviewPage::Drift, "drift", ReviewPage::tr("drift change difference compare baseline"));
    tab("unused", ReviewPage::tr("Review what nobody uses"), ReviewPage::Unused, "expired", ReviewPage::tr("unused stale roles permissions tighter least privilege"));
    tab("calendar", ReviewPage::tr("Review what ends when"), ReviewPage::Calendar, "calendar", ReviewPage::tr("calendar dates certificates expire rotation attest"));
    tab("campaigns", ReviewPage::tr("Review campaigns"), ReviewPage::Campaigns, "attest", ReviewPage::tr("attest sign reviewers quarterly due"));
    add("campaign-new", ReviewPage::tr("New review campaign…"), "add", {}, ReviewPage::tr("attest reviewers scope"),
        [](ReviewPage& to) {
            const QString scope = to.mappingFilter();
            to.showTab(ReviewPage::Campaigns);
            to.campaigns().beginNew(scope);
        },
        reviewed);
    add("calendar-export", ReviewPage::tr("Save the dates as iCalendar…"), "calendar", {}, ReviewPage::tr("ics export remind"),
        [](ReviewPage& to) { to.calendar().exportCalendar(); }, reviewed);
    const auto opens = [&](const char* id, const QString& text, const char* iconName, void (ReviewPage::*ask)()) {
        add(id, text, iconName, {}, ReviewPage::tr("estate import dump accounts groups"),
            [&context, ask](ReviewPage& to) {
                context.window.showScreen(screen);
                (to.*ask)();
            },
            {});
    };
    opens("open", ReviewPage::tr("Review files of the organisation…"), "file", &ReviewPage::askForFiles);
    opens("open-folder", ReviewPage::tr("Review a folder of the organisation…"), "import", &ReviewPage::askForFolder);
    add("read-aws", ReviewPage::tr("Read from AWS…"), "globe", {}, ReviewPage::tr("estate live import account region session"),
        [&context](ReviewPage& to) {
            context.window.showScreen(screen);
            to.readAws();
        },
        [&context]() -> Availability {
            if (context.live == nullptr) return {false, ReviewPage::tr("AWS is not read here")};
            return {};
        });
    const auto compares = [&](const char* id, const QString& text, const char* iconName, void (DriftTab::*ask)()) {
        add(id, text, iconName, {}, ReviewPage::tr("drift baseline difference earlier saved"),
            [ask](ReviewPage& to) {
                to.showTab(ReviewPage::Drift);
                (to.drift().*ask)();
            },
            reviewed);
    };
    compares("compare", ReviewPage::tr("Compare with files…"), "compare", &DriftTab::askForFiles);
    compares("compare-folder", ReviewPage::tr("Compare with a folder…"), "compare", &DriftTab::askForFolder);
    add("filter", ReviewPage::tr("Filter rows"), "filter", {}, ReviewPage::tr("search find"),
        [](ReviewPage& to) { to.focusFilter(); }, reviewed);
    add("explain", ReviewPage::tr("What can this role do?"), "explain", QKeySequence(QStringLiteral("Ctrl+E")), ReviewPage::tr("reach why explain"),
        [](ReviewPage& to) { to.explainRow(); }, reviewed);
    add("who-can", ReviewPage::tr("Who can take this role?"), "person", QKeySequence(QStringLiteral("Ctrl+Shift+W")), ReviewPage::tr("reach who can assume use resource"),
        [](ReviewPage& to) { to.whoCanRow(); }, reviewed);
    add("copy", ReviewPage::tr("Copy the chosen rows"), "copy", {}, ReviewPage::tr("clipboard"),
        [](ReviewPage& to) { to.copyRow(); }, reviewed);
    const auto attestable = [&context, reviewed]() -> Availability {
        if (context.store == nullptr) return {false, ReviewPage::tr("There is no store to keep it in")};
        return reviewed();
    };
    add("attest", ReviewPage::tr("Attest the chosen rows…"), "attest", QKeySequence(QStringLiteral("Ctrl+T")), ReviewPage::tr("review sign keep remove change"),
        [](ReviewPage& to) { to.attestRow(); }, attestable);
    add("attest-shown", ReviewPage::tr("Attest the rows that are shown…"), "attest", {}, ReviewPage::tr("review sign keep all"),
        [](ReviewPage& to) { to.attestShown(); }, attestable);
    add("save-view", ReviewPage::tr("Save the view…"), "pin", {}, ReviewPage::tr("filter columns group name"), [](ReviewPage& to) { to.saveView(); }, reviewed);
    const auto exports = [&](const char* id, const QString& text, ExportFormat format, const QString& words) {
        add(id, text, "export", {}, words, [format](ReviewPage& to) { to.exportRows(format); }, reviewed);
    };
    exports("export", ReviewPage::tr("Export"), ExportFormat::Csv, ReviewPage::tr("csv spreadsheet file save"));
    exports("export-xlsx", ReviewPage::tr("Export as a workbook"), ExportFormat::Xlsx, ReviewPage::tr("xlsx excel spreadsheet file save"));
    exports("export-json", ReviewPage::tr("Export as JSON"), ExportFormat::Json, ReviewPage::tr("file save"));
    exports("export-html", ReviewPage::tr("Export the report as a page"), ExportFormat::Html, ReviewPage::tr("html findings file save print"));
    exports("export-sarif", ReviewPage::tr("Export the findings as SARIF"), ExportFormat::Sarif, ReviewPage::tr("ci code scanning file save"));
    if (context.askWho)
        context.window.addPaletteFinder([alive](const QString& query) { return alive ? alive->reachItems(query) : std::vector<PaletteItem>(); });
    QObject::connect(&page, &ReviewPage::shown, &table, [&table] { table.refresh(); });
    QObject::connect(&context.window, &MainWindow::screenChanged, &table, [&table] { table.refresh(); });
}

} // namespace gw::ui

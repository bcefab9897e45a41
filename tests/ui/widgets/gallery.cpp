// Draws every shared part, light and dark, into gallery-light.png and gallery-dark.png of the folder given. To be looked
// at, not compared.
#include "tests/support/ui_application.h"
#include "ui/style/style.h"
#include "ui/widgets/widgets.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QProgressBar>
#include <QRadioButton>
#include <QSpinBox>
#include <QTabBar>
#include <QTreeWidget>
#include <QVBoxLayout>

using namespace gw;
using namespace gw::ui;
using sessions::Environment;
using std::chrono::seconds;

namespace {

QHBoxLayout* line(QVBoxLayout* page, const QString& caption) {
    page->addWidget(new Text(caption, TextStyle::Caption, Color::TextTertiary));
    auto* row = new QHBoxLayout;
    row->setSpacing(space::s2);
    page->addLayout(row);
    page->addSpacing(space::s1);
    return row;
}

// A button as it looks under the pointer or pressed, which offscreen nobody does.
class Posed : public Button {
public:
    Posed(ButtonKind kind, bool down, bool hovered) : Button(QStringLiteral("Renew"), QString(), kind) {
        setDown(down);
        setAttribute(Qt::WA_UnderMouse, hovered);
    }
};

QWidget* buttons(QWidget*& focused) {
    auto* holder = new QWidget;
    auto* row = new QHBoxLayout(holder);
    row->setContentsMargins(0, 3, 0, 3);
    row->setSpacing(space::s2);
    row->addWidget(new Posed(ButtonKind::Default, false, false));
    row->addWidget(new Posed(ButtonKind::Default, false, true));
    row->addWidget(new Posed(ButtonKind::Default, true, false));
    focused = new Button(QStringLiteral("Renew"), {}, ButtonKind::Default);
    row->addWidget(focused);
    auto* disabled = new Button(QStringLiteral("Renew"), {}, ButtonKind::Default);
    disabled->setEnabled(false);
    row->addWidget(disabled);
    row->addWidget(new Button(QStringLiteral("Start"), {}, ButtonKind::Primary));
    row->addWidget(new Button(QStringLiteral("Revoke"), {}, ButtonKind::Danger));
    row->addWidget(new Button(QStringLiteral("Cancel"), {}, ButtonKind::Ghost));
    auto* copy = new Button(QStringLiteral("Copy"), {}, ButtonKind::Default);
    copy->setSize(ButtonSize::Small);
    row->addWidget(copy);
    row->addStretch();
    return holder;
}

QWidget* gallery(QWidget*& focused) {
    auto* page = new Panel(Color::BgSurface);
    auto* columns = new QHBoxLayout(page);
    columns->setContentsMargins(20, 16, 20, 16);
    columns->setSpacing(40);
    auto* left = new QVBoxLayout;
    auto* right = new QVBoxLayout;
    left->setSpacing(space::s2);
    right->setSpacing(space::s3);
    columns->addLayout(left);
    columns->addLayout(right);

    left->addWidget(new Text(QStringLiteral("The shared parts"), TextStyle::Title));
    line(left, QStringLiteral("Buttons: default, hover, pressed, keyboard focus, disabled; primary, danger, ghost, small"))
        ->addWidget(buttons(focused));

    auto* more = line(left, QStringLiteral("With icon and key; large; ending; icon only; link"));
    auto* start = new Button(QStringLiteral("Start a role"), QStringLiteral("add"), ButtonKind::Primary);
    start->setKeyHint(QStringLiteral("Ctrl N"));
    more->addWidget(start);
    auto* large = new Button(QStringLiteral("Start 2 sessions"), {}, ButtonKind::Primary);
    large->setSize(ButtonSize::Large);
    large->setKeyHint(QStringLiteral("Enter"));
    more->addWidget(large);
    more->addWidget(new Button(QStringLiteral("End now"), QStringLiteral("end-session"), ButtonKind::DangerQuiet));
    more->addWidget(new IconButton(QStringLiteral("renew"), QStringLiteral("Renew")));
    more->addWidget(new LinkLabel(QStringLiteral("Clear the search")));
    more->addStretch();

    auto* tags = line(left, QStringLiteral("Environments: solid in cards, quiet in tables"));
    for (const bool quiet : {false, true}) {
        for (const auto environment : {Environment::Prod, Environment::Stage, Environment::Dev, Environment::Shared}) {
            tags->addWidget(new EnvironmentTag(environment, quiet));
        }
        tags->addSpacing(space::s3);
    }
    tags->addStretch();

    auto* chips = line(left, QStringLiteral("Status: colour, icon and word"));
    const struct {
        ChipKind kind;
        const char* icon;
        const char* text;
    } states[] = {{ChipKind::Allowed, "allow", "Allowed"},   {ChipKind::Denied, "deny", "Denied"},
                  {ChipKind::Depends, "depends", "Depends"}, {ChipKind::Expiring, "expiry", "12 min left"},
                  {ChipKind::Expired, "expired", "Expired"}, {ChipKind::Drift, "drift", "Drift"},
                  {ChipKind::Changed, "edit", "Changed"},    {ChipKind::Neutral, "open-browser", "System browser"}};
    for (const auto& state : states)
        chips->addWidget(new Chip(state.kind, QString::fromLatin1(state.icon), QString::fromLatin1(state.text)));
    chips->addStretch();

    auto* rings = line(left, QStringLiteral("Countdown: more than 15 min, 15 min, 5 min, 1 min, expired"));
    for (const int left_ : {3134, 761, 248, 42, 0}) {
        auto* column = new QVBoxLayout;
        auto* three = new QHBoxLayout;
        for (const int diameter : {48, 28, size::ringSmall}) {
            auto* ring = new CountdownRing(diameter, diameter > 40);
            ring->set(seconds(left_), seconds(3600));
            three->addWidget(ring);
        }
        column->addLayout(three);
        auto* time = new Text(countdownText(seconds(left_)), TextStyle::Strong, timeLeftColor(timeLeftStep(seconds(left_))));
        time->setTabular(true);
        column->addWidget(time);
        rings->addLayout(column);
    }
    auto* big = new CountdownRing(size::ringLarge, true);
    big->set(seconds(3134), seconds(3600));
    rings->addWidget(big);
    rings->addStretch();

    auto* tree = new QTreeWidget;
    tree->setRootIsDecorated(false);
    tree->setHeaderLabels({QStringLiteral("Role"), QStringLiteral("Account"), QStringLiteral("Longest")});
    for (int i = 0; i < 4; ++i) {
        auto* item = new QTreeWidgetItem(
            tree, {QStringLiteral("payments-readonly"), QStringLiteral("nwr-prod-payments"), QStringLiteral("4 h")});
        item->setCheckState(0, i % 2 ? Qt::Checked : Qt::Unchecked);
    }
    tree->setCurrentItem(tree->topLevelItem(1));
    tree->setSortingEnabled(true);
    tree->setColumnWidth(0, 200);
    tree->setColumnWidth(1, 200);
    tree->setFixedHeight(170);
    line(left, QStringLiteral("A table"))->addWidget(tree);

    auto* editors = line(left, QStringLiteral("Fields"));
    auto* rest = new QLineEdit;
    rest->setPlaceholderText(QStringLiteral("Filter rows"));
    editors->addWidget(rest);
    auto* combo = new QComboBox;
    combo->addItems({QStringLiteral("eu-west-1"), QStringLiteral("us-east-1")});
    editors->addWidget(combo);
    auto* spin = new QSpinBox;
    spin->setValue(12);
    editors->addWidget(spin);
    auto* bad = new Field(QStringLiteral("Profile"), new QLineEdit(QStringLiteral("payments admin")));
    bad->setError(QStringLiteral("No blanks in a profile name"));
    left->addWidget(bad);
    auto* search = new SearchBox(QStringLiteral("Search roles"));
    search->setText(QStringLiteral("pay read"));
    search->setCounter(QStringLiteral("7 of 412 roles"));
    left->addWidget(search);

    auto* choice = line(left, QStringLiteral("Choice, check, meter"));
    auto* strip = new Segmented(QStringLiteral("Duration"));
    strip->setItems({QStringLiteral("15 min"), QStringLiteral("1 h"), QStringLiteral("2 h"), QStringLiteral("12 h")});
    strip->setCurrent(1);
    strip->setItemEnabled(3, false, QStringLiteral("This role allows 4 h"));
    choice->addWidget(strip);
    auto* on = new QCheckBox(QStringLiteral("On"));
    on->setChecked(true);
    choice->addWidget(on);
    choice->addWidget(new QCheckBox(QStringLiteral("Off")));
    auto* radio = new QRadioButton(QStringLiteral("System browser"));
    radio->setChecked(true);
    choice->addWidget(radio);
    auto* meter = new QProgressBar;
    meter->setValue(40);
    choice->addWidget(meter);
    left->addStretch();

    auto* tabs = new QTabBar;
    for (const char* name : {"Profile", "Shell", "Process", "Container", "Console"}) tabs->addTab(QString::fromLatin1(name));
    tabs->setExpanding(false);
    tabs->setDrawBase(true);
    right->addWidget(tabs);
    auto* code = new CodeBlock(QStringLiteral("The profile"));
    code->setTitle(QStringLiteral("Added to ~/.aws/config"));
    code->setCode(
        QStringLiteral("# managed by gatewarden 7c1e\n[profile nwr-pay-prod]\ncredential_process = gatewarden-credentials "
                       "--profile nwr-pay-prod --socket /run/user/1000/gatewarden\nregion = eu-west-1"));
    right->addWidget(code);
    auto* json = new CodeBlock(QStringLiteral("A statement"));
    json->setCode(QStringLiteral("\"Effect\": \"Allow\",\n\"Sid\": \"gwE20\"\n7200 # two hours"));
    right->addWidget(json);

    auto* empty =
        new EmptyState(QStringLiteral("sessions"), QStringLiteral("Hold your first credentials in a minute"),
                       QStringLiteral("Practise with an invented company, or connect the provider your company signs in with."));
    empty->addAction(QStringLiteral("Start practising"), QStringLiteral("practice"), ButtonKind::Primary);
    empty->addAction(QStringLiteral("Connect a provider"), QStringLiteral("provider"), ButtonKind::Default);
    auto* card = new Card;
    (new QVBoxLayout(card))->addWidget(empty);
    right->addWidget(card);

    auto* error = new ErrorState;
    error->set(
        QStringLiteral("AWS did not accept the sign-in"),
        QStringLiteral("Its copy of the provider's metadata holds an older signing key than the one Northwind SSO used today."),
        {QStringLiteral("Ask an administrator to update the provider metadata."),
         QStringLiteral("Roles in nwr-dev-payments still work.")},
        QStringLiteral("InvalidIdentityToken: Response signature invalid\nsts.eu-west-1, request 5f0c…e1, 14:07:19 UTC"));
    error->addAction(QStringLiteral("Try again"), {}, ButtonKind::Primary);
    error->addAction(QStringLiteral("Inspect"), QStringLiteral("inspector"), ButtonKind::Default);
    error->addAction(QStringLiteral("Copy details"), QStringLiteral("copy"), ButtonKind::Ghost);
    auto* errorCard = new Card;
    (new QVBoxLayout(errorCard))->addWidget(error);
    right->addWidget(errorCard);

    auto* loading = new LoadingRows(QStringLiteral("Reading the estate"));
    loading->setFixedHeight(4 * size::row);
    right->addWidget(loading);
    right->addStretch();
    return page;
}

} // namespace

int main(int argc, char** argv) {
    test::fixWorld();
    QApplication application(argc, argv);
    Theme theme(application);
    const QString folder = argc > 1 ? QString::fromLocal8Bit(argv[1]) : QStringLiteral(".");
    bool saved = true;
    for (const QString& scheme : {QStringLiteral("light"), QStringLiteral("dark")}) {
        theme.setPreference(scheme);
        QWidget* focused = nullptr;
        std::unique_ptr<QWidget> page(gallery(focused));
        page->resize(1440, 1080);
        page->show();
        QMenu menu(page.get());
        menu.addAction(icon(QStringLiteral("copy")), QStringLiteral("Copy as environment"))->setShortcut(QKeySequence::Copy);
        menu.addAction(QStringLiteral("Renew"))->setEnabled(false);
        menu.addSeparator();
        menu.addMenu(QStringLiteral("View"));
        QTest::qWait(250);
        page->activateWindow();
        focused->setFocus();
        QTest::qWait(20);
        saved = page->grab().save(QStringLiteral("%1/gallery-%2.png").arg(folder, scheme)) && saved;
        menu.popup(QPoint(50, 50));
        QTest::qWait(20);
        saved = menu.grab().save(QStringLiteral("%1/gallery-menu-%2.png").arg(folder, scheme)) && saved;
    }
    return saved ? 0 : 1;
}

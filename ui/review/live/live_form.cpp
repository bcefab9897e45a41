#include "ui/review/live/live_form.h"

#include "models/cloud/read/plan.h"
#include "saml/aws/endpoints.h"
#include "ui/errors/utf8.h"
#include "ui/estate/panel_section.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLocale>
#include <QMenu>
#include <QRegularExpression>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <set>

namespace gw::ui {
namespace {

constexpr std::array<std::chrono::seconds, 3> ages{std::chrono::seconds(0), std::chrono::hours(1), std::chrono::hours(24)};
constexpr std::size_t mostRegions = 64;

} // namespace

LiveForm::LiveForm(const LiveSource& source, LiveDesk& desk, QWidget* parent)
    : QWidget(parent), source_(source), desk_(desk), stack_(new QStackedWidget), scroll_(new ScrollColumn(pageColumn)) {
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(stack_);
    scroll_->setObjectName(QStringLiteral("review.live.form"));
    QVBoxLayout* column = scroll_->column();
    column->setContentsMargins(space::s6, space::s6, space::s6, space::s6);
    column->setSpacing(space::s4);
    column->addWidget(new Text(tr("Read from AWS"), TextStyle::Heading));
    auto* what = new Text(tr("This computer asks AWS itself, with sessions that are live here. Only actions that read are called, each listed below; the answers stay in a folder of this computer."),
                          TextStyle::Body, Color::TextSecondary);
    what->setWordWrap(true);
    column->addWidget(what);
    column->addWidget(new Text(tr("Sessions to read with"), TextStyle::Strong));
    sessionRows_ = new QVBoxLayout;
    sessionRows_->setSpacing(space::s2);
    column->addLayout(sessionRows_);
    buildRegions(column);
    buildAnswers(column);
    buildAsked(column);
    column->addStretch(1);
    stack_->addWidget(scroll_);
    auto* empty = new Panel(Color::BgSurface);
    auto* inside = new QVBoxLayout(empty);
    none_ = new EmptyState(QStringLiteral("sessions"), tr("No session is live"),
                           tr("AWS is read with your own sessions. Start one with a role that may read, in each account that is to be reviewed."));
    none_->setObjectName(QStringLiteral("review.live.none"));
    auto* start = none_->addAction(tr("Go to Sessions"), QStringLiteral("sessions"), ButtonKind::Primary);
    start->setObjectName(QStringLiteral("review.live.start-session"));
    connect(start, &QPushButton::clicked, this, [this] {
        if (source_.startSession) source_.startSession();
    });
    inside->addStretch(2);
    inside->addWidget(none_);
    inside->addStretch(3);
    stack_->addWidget(empty);
    connect(&desk_, &LiveDesk::keptKnown, this, &LiveForm::fillAges);
}

void LiveForm::buildRegions(QVBoxLayout* column) {
    auto* row = new QWidget;
    auto* line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(space::s2);
    regions_ = new QLineEdit;
    regions_->setObjectName(QStringLiteral("review.live.regions"));
    regions_->setMaxLength(2000);
    line->addWidget(regions_, 1);
    more_ = new IconButton(QStringLiteral("region"), tr("Choose regions"));
    more_->setObjectName(QStringLiteral("review.live.regions.choose"));
    line->addWidget(more_);
    row->setFocusProxy(regions_);
    regionsField_ = new Field(tr("Regions, with commas between"), row);
    regions_->setAccessibleName(tr("Regions, with commas between"));
    column->addWidget(regionsField_);
    connect(regions_, &QLineEdit::textEdited, this, [this] { regionsWritten_ = true; });
    connect(regions_, &QLineEdit::textChanged, this, &LiveForm::tell);
    connect(more_, &QAbstractButton::clicked, this, &LiveForm::offerRegions);
}

void LiveForm::buildAnswers(QVBoxLayout* column) {
    auto* title = new Text(tr("Answers that an earlier read kept"), TextStyle::Strong);
    column->addWidget(title);
    answers_ = new Segmented(tr("Answers that an earlier read kept"));
    answers_->setObjectName(QStringLiteral("review.live.answers"));
    answers_->setItems({tr("Ask again"), tr("Use up to 1 h old"), tr("Use up to 1 day old")});
    answers_->setCurrent(1);
    auto* line = new QHBoxLayout;
    line->addWidget(answers_);
    line->addStretch(1);
    column->addLayout(line);
    connect(answers_, &Segmented::currentChanged, this, &LiveForm::tell);
}

void LiveForm::buildAsked(QVBoxLayout* column) {
    const auto actions = cloud::readActions();
    column->addWidget(new Text(tr("What is asked"), TextStyle::Strong));
    auto* words = new Text(tr("%n action(s), none of which changes anything. What a session may not read becomes a gap, and the rest is read.", nullptr, static_cast<int>(actions.size())),
                           TextStyle::Body, Color::TextSecondary);
    words->setObjectName(QStringLiteral("review.live.actions"));
    words->setWordWrap(true);
    column->addWidget(words);
    auto* policy = new CodeBlock(tr("Policy that allows these actions and no others"));
    policy->setObjectName(QStringLiteral("review.live.policy"));
    policy->setTitle(tr("Policy that allows these actions and no others"));
    policy->setCopyObjectName(QStringLiteral("review.live.policy.copy"));
    policy->setCode(fromUtf8(cloud::readPolicy()).trimmed());
    column->addWidget(policy);
}

void LiveForm::refresh() {
    fillSessions();
    stack_->setCurrentIndex(rows_.empty() ? 1 : 0);
    if (!regionsWritten_) showRegions();
    desk_.askKept();
    tell();
}

void LiveForm::fillSessions() {
    std::set<QString> chosen, seen;
    for (const Row& each : rows_) {
        seen.insert(each.session.id);
        if (each.check->isChecked()) chosen.insert(each.session.id);
    }
    emptyLayout(sessionRows_);
    rows_.clear();
    std::set<std::string> accounts;
    for (LiveSession& each : source_.sessions()) {
        Row row;
        auto* line = new QWidget;
        auto* inside = new QHBoxLayout(line);
        inside->setContentsMargins(0, 0, 0, 0);
        inside->setSpacing(space::s3);
        row.check = new QCheckBox(each.role);
        row.check->setObjectName(QStringLiteral("review.live.session.") + each.id);
        const QString account = each.alias.isEmpty() ? fromUtf8(each.account) : QStringLiteral("%1, %2").arg(each.alias, fromUtf8(each.account));
        row.check->setAccessibleName(tr("%1 in %2", "role, account").arg(each.role, account));
        // One session is enough for an account.
        row.check->setChecked(seen.contains(each.id) ? chosen.contains(each.id) : accounts.insert(each.account).second);
        if (row.check->isChecked()) accounts.insert(each.account);
        inside->addWidget(row.check);
        inside->addWidget(new EnvironmentTag(each.environment, true));
        auto* where = new Text(account, TextStyle::Small, Color::TextSecondary);
        where->setElide(Qt::ElideMiddle);
        inside->addWidget(where, 1);
        row.age = new Text({}, TextStyle::Small, Color::TextTertiary);
        row.age->setObjectName(QStringLiteral("review.live.age.") + each.id);
        inside->addWidget(row.age);
        inside->addWidget(new Text(tr("ends %1", "a time of day").arg(clockText(each.ends)), TextStyle::Small, Color::TextTertiary));
        sessionRows_->addWidget(line);
        connect(row.check, &QCheckBox::toggled, this, [this] {
            if (!regionsWritten_) showRegions();
            tell();
        });
        row.session = std::move(each);
        rows_.push_back(std::move(row));
    }
    fillAges();
}

void LiveForm::fillAges() {
    const UtcTime now = source_.clock.now();
    for (const Row& each : rows_) {
        const LiveDesk::Kept* kept = desk_.kept(each.session.account);
        each.age->setFullText(kept == nullptr ? tr("never read") : tr("read %1", "an age").arg(ageText(kept->newest, now)));
        if (kept != nullptr)
            each.age->setToolTip(tr("%n answer(s) kept, the oldest of %1", nullptr, static_cast<int>(kept->answers)).arg(exactText(kept->oldest)));
    }
}

// Where the chosen sessions are at home.
void LiveForm::showRegions() {
    QStringList names;
    for (const Row& each : rows_)
        if (const QString region = fromUtf8(each.session.region.value()); each.check->isChecked() && !region.isEmpty() && !names.contains(region)) names.append(region);
    regions_->setText(names.join(QStringLiteral(", ")));
}

void LiveForm::offerRegions() {
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("review.live.regions.menu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    std::set<aws::Partition> partitions;
    for (const Row& each : rows_)
        if (each.check->isChecked()) partitions.insert(each.session.partition);
    if (partitions.empty()) partitions.insert(aws::Partition::Aws);
    const auto now = regions();
    for (const aws::Partition partition : partitions) {
        if (!menu->isEmpty()) menu->addSeparator();
        for (const aws::Region& region : aws::knownRegions(partition)) {
            QAction* action = menu->addAction(fromUtf8(region.value()));
            action->setCheckable(true);
            action->setChecked(std::find(now.begin(), now.end(), region) != now.end());
            connect(action, &QAction::toggled, this, [this, region](bool on) {
                regionsWritten_ = true;
                QStringList names;
                for (const aws::Region& each : regions())
                    if (each != region) names.append(fromUtf8(each.value()));
                if (on) names.append(fromUtf8(region.value()));
                regions_->setText(names.join(QStringLiteral(", ")));
            });
        }
    }
    menu->popup(more_->mapToGlobal(QPoint(more_->width() - menu->sizeHint().width(), more_->height() + 2)));
}

std::vector<aws::Region> LiveForm::regions() const {
    static const QRegularExpression between(QStringLiteral("[\\s,;]+"));
    std::vector<aws::Region> found;
    for (const QString& each : regions_->text().toLower().split(between, Qt::SkipEmptyParts))
        if (aws::Region region(each.toStdString()); std::find(found.begin(), found.end(), region) == found.end()) found.push_back(std::move(region));
    return found;
}

std::optional<LiveChoice> LiveForm::choice() const {
    LiveChoice made;
    for (const Row& each : rows_)
        if (each.check->isChecked()) made.sessions.push_back(each.session);
    made.regions = regions();
    made.maxAge = ages[static_cast<std::size_t>(std::clamp(answers_->current(), 0, 2))];
    const bool right = std::all_of(made.regions.begin(), made.regions.end(), [](const aws::Region& each) { return aws::isRegionName(each.value()); });
    if (made.sessions.empty() || made.regions.empty() || made.regions.size() > mostRegions || !right) return std::nullopt;
    return made;
}

QString LiveForm::words() const {
    if (rows_.empty()) return {};
    const auto what = choice();
    if (!what) return std::none_of(rows_.begin(), rows_.end(), [](const Row& each) { return each.check->isChecked(); }) ? tr("Choose a session to read with") : tr("Name the regions to read");
    std::set<std::string> accounts;
    for (const LiveSession& each : what->sessions) accounts.insert(each.account);
    return tr("%1 in %2; nothing was called yet", "accounts, regions")
        .arg(tr("%n account(s)", nullptr, static_cast<int>(accounts.size())), tr("%n region(s)", nullptr, static_cast<int>(what->regions.size())));
}

void LiveForm::tell() {
    QString error;
    const auto named = regions();
    for (const aws::Region& each : named)
        if (!aws::isRegionName(each.value())) error = tr("No region is called %1.").arg(fromUtf8(each.value()));
    if (error.isEmpty() && named.empty()) error = tr("At least one is needed.");
    if (error.isEmpty() && named.size() > mostRegions) error = tr("These are more than AWS has.");
    regionsField_->setError(rows_.empty() ? QString() : error);
    Q_EMIT changed();
}

void LiveForm::focusFirst() {
    if (rows_.empty()) {
        if (QWidget* start = findChild<QWidget*>(QStringLiteral("review.live.start-session"))) start->setFocus(Qt::OtherFocusReason);
        return;
    }
    rows_.front().check->setFocus(Qt::OtherFocusReason);
}

} // namespace gw::ui

#include "app/composition/review_wiring.h"

#include "models/store/files.h"
#include "ui/review/campaigns/campaigns_page.h"
#include "ui/review/live/live_page.h"

#include <QThreadPool>
#include <QTimer>

#include <array>
#include <pwd.h>
#include <unistd.h>

namespace gw::app {
namespace {

constexpr std::size_t largestRules = std::size_t{4} << 20U;
constexpr std::size_t largestViews = std::size_t{1} << 20U;
constexpr std::chrono::seconds remindAfter{3};
const QString screen = QStringLiteral("review");

// Whom this computer knows as its user: a store in a file takes the word of whoever can write it.
std::string personHere() {
    passwd found{};
    passwd* entry = nullptr;
    std::array<char, 16'384> names{};
    if (::getpwuid_r(::geteuid(), &found, names.data(), names.size(), &entry) == 0 && entry != nullptr) return entry->pw_name;
    return std::to_string(::geteuid());
}

} // namespace

ReviewWiring::ReviewWiring(const ui::SessionsContext& console, ExplainWiring& explain, const Places& places)
    : console_(console), storeFile_(places.store), store_(storeFile_),
      live_{console.http,
            console.clock,
            places.answers,
            // Of practice mode; its provider knows it only once it has started.
            [this] {
                std::string endpoint = console_.practiceEndpoint;
                while (endpoint.ends_with('/')) endpoint.pop_back();
                return endpoint;
            },
            [this] { return liveSessions(); },
            [this] { console_.window.showScreen(QStringLiteral("sessions")); }},
      context_{console.actions,
               console.window,
               console.clock,
               explain.shelf(),
               explain.catalogueLoader(places.catalogue),
               [&window = console.window, &explain](const QString& role) {
                   window.showScreen(QStringLiteral("explain"));
                   explain.page()->askWhat(role);
               },
               [rules = places.rules] {
                   const auto kept = store::readFile(rules, largestRules);
                   return kept ? QByteArray::fromStdString(*kept) : QByteArray();
               },
               [rules = places.rules](const QByteArray& toml) { return store::writeFileAtomically(rules, toml.toStdString()).has_value(); },
               [views = places.views] {
                   const auto kept = store::readFile(views, largestViews);
                   return kept ? QByteArray::fromStdString(*kept) : QByteArray();
               },
               [views = places.views](const QByteArray& json) {
                   // Writing waits for the disk, so it is not done on this thread. A failure leaves the views of this run in force.
                   QThreadPool::globalInstance()->start([views, text = json.toStdString()] { (void)store::writeFileAtomically(views, text); });
               },
               &store_,
               personHere,
               [&window = console.window, &explain](const QString& principal, const QString& action, const QString& resource) {
                   window.showScreen(QStringLiteral("explain"));
                   explain.page()->ask(principal, action, resource);
               },
               [&window = console.window, &explain](const QString& action, const QString& resource) {
                   window.showScreen(QStringLiteral("explain"));
                   explain.page()->askWho(action, resource);
               },
               &live_} {}

std::vector<ui::LiveSession> ReviewWiring::liveSessions() const {
    std::vector<ui::LiveSession> found;
    for (const sessions::Session& each : console_.book.sessions()) {
        if (!each.live(console_.clock.now())) continue;
        const aws::RoleArn& role = each.pair.role;
        ui::LiveSession session;
        session.id = QString::fromStdString(each.id.value());
        session.role = QString::fromStdString(each.roleLabel);
        session.alias = QString::fromStdString(each.accountAlias);
        session.account = role.account().value();
        session.environment = each.environment;
        session.partition = role.partition();
        session.region = each.region;
        session.ends = each.expiration;
        session.credentials = [&book = console_.book, id = each.id] { return book.credentials(id); };
        found.push_back(std::move(session));
    }
    return found;
}

void ReviewWiring::addScreen(const QKeySequence& shortcut) {
    page_ = new ui::ReviewPage(context_);
    context_.window.addScreen({screen, tr("Review"), QStringLiteral("review"), shortcut, page_});
    page_->addHeaderTabs();
    ui::addReviewActions(context_, *page_);
    connect(&console_.book, &sessions::SessionBook::changed, page_->live(), &ui::LivePage::refreshSessions);
    // Who is to be reminded of a campaign need not come here first. A start does not wait for it.
    QTimer::singleShot(remindAfter, page_, [this] {
        std::error_code ignored;
        if (std::filesystem::exists(storeFile_, ignored)) page_->campaigns().load();
    });
    context_.window.setHeaderActions(screen, {QStringLiteral("review.export"), QString()});
}

} // namespace gw::app

#include "app/composition/review_wiring.h"

#include "models/store/files.h"
#include "ui/review/campaigns/campaigns_page.h"

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

ReviewWiring::ReviewWiring(ui::ActionTable& actions, ui::MainWindow& window, const Clock& clock, ExplainWiring& explain,
                           std::filesystem::path catalogue, std::filesystem::path views, std::filesystem::path rules,
                           std::filesystem::path store)
    : storeFile_(std::move(store)), store_(storeFile_),
      context_{actions,
               window,
               clock,
               explain.shelf(),
               explain.catalogueLoader(std::move(catalogue)),
               [&window, &explain](const QString& role) {
                   window.showScreen(QStringLiteral("explain"));
                   explain.page()->askWhat(role);
               },
               [rules] {
                   const auto kept = store::readFile(rules, largestRules);
                   return kept ? QByteArray::fromStdString(*kept) : QByteArray();
               },
               [rules](const QByteArray& toml) { return store::writeFileAtomically(rules, toml.toStdString()).has_value(); },
               [views] {
                   const auto kept = store::readFile(views, largestViews);
                   return kept ? QByteArray::fromStdString(*kept) : QByteArray();
               },
               [views](const QByteArray& json) {
                   // Writing waits for the disk, so it is not done on this thread. A failure leaves the views of this run in force.
                   QThreadPool::globalInstance()->start([views, text = json.toStdString()] { (void)store::writeFileAtomically(views, text); });
               },
               &store_,
               personHere,
               [&window, &explain](const QString& principal, const QString& action, const QString& resource) {
                   window.showScreen(QStringLiteral("explain"));
                   explain.page()->ask(principal, action, resource);
               }} {}

void ReviewWiring::addScreen(const QKeySequence& shortcut) {
    page_ = new ui::ReviewPage(context_);
    context_.window.addScreen({screen, tr("Review"), QStringLiteral("review"), shortcut, page_});
    page_->addHeaderTabs();
    ui::addReviewActions(context_, *page_);
    // Who is to be reminded of a campaign need not come here first. A start does not wait for it.
    QTimer::singleShot(remindAfter, page_, [this] {
        std::error_code ignored;
        if (std::filesystem::exists(storeFile_, ignored)) page_->campaigns().load();
    });
    context_.window.setHeaderActions(screen, {QStringLiteral("review.export"), QString()});
}

} // namespace gw::app

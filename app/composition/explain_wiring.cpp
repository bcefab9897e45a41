#include "app/composition/explain_wiring.h"

#include "app/practice/resource.h"
#include "models/estate/estate_reader.h"
#include "models/store/files.h"
#include "models/store/on_worker.h"

namespace gw::app {
namespace {

constexpr std::size_t largestCatalogue = std::size_t{64} << 20U;
const QString screen = QStringLiteral("explain");

std::shared_ptr<const policy::Catalogue> readCatalogue(const std::filesystem::path& file) {
    auto text = store::readFile(file, largestCatalogue);
    if (!text) return nullptr;
    auto catalogue = policy::Catalogue::read(std::move(*text));
    return catalogue ? std::shared_ptr<const policy::Catalogue>(std::move(*catalogue)) : nullptr;
}

std::shared_ptr<const estate::Estate> readPractice() {
    estate::EstateReader reader;
    for (auto& [path, text] : practice::estateDumps()) reader.addText(path, std::move(text));
    return reader.finish();
}

} // namespace

ExplainWiring::ExplainWiring(ui::ActionTable& actions, ui::MainWindow& window, const Clock& clock,
                             std::filesystem::path catalogue)
    : context_{actions, window, clock, shelf_, catalogueLoader(std::move(catalogue))} {}

std::function<QFuture<std::shared_ptr<const policy::Catalogue>>()> ExplainWiring::catalogueLoader(std::filesystem::path file) {
    return [file = std::move(file)] { return onWorker([file] { return readCatalogue(file); }); };
}

void ExplainWiring::addScreen(const QKeySequence& shortcut) {
    page_ = new ui::ExplainPage(context_);
    context_.window.addScreen({screen, tr("Explain"), QStringLiteral("explain"), shortcut, page_});
    ui::addExplainActions(context_, *page_);
    // The question has the primary button.
    context_.window.setHeaderActions(screen, {QStringLiteral("explain.copy"), QString()});
}

void ExplainWiring::offerPractice() {
    shelf_.offer(readPractice, tr("Northwind Robotics"));
}

} // namespace gw::app

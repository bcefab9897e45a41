// Puts the Explain screen into the console: its screen and actions, the action catalogue, and in practice mode the
// practice organisation.
#pragma once

#include "ui/explain/explain_actions.h"

#include <QObject>

#include <filesystem>

namespace gw::app {

class ExplainWiring : public QObject {
    Q_OBJECT
public:
    // All that is given outlives this object. `catalogue` is a file.
    ExplainWiring(ui::ActionTable& actions, ui::MainWindow& window, const Clock& clock, std::filesystem::path catalogue);
    void addScreen(const QKeySequence& shortcut);
    // The practice organisation is read when a screen first needs it.
    void offerPractice();
    // Reads the catalogue on a worker, each time it is called.
    [[nodiscard]] static std::function<QFuture<std::shared_ptr<const policy::Catalogue>>()> catalogueLoader(std::filesystem::path file);
    [[nodiscard]] ui::ExplainPage* page() { return page_; }
    [[nodiscard]] ui::EstateShelf& shelf() { return shelf_; }

private:
    ui::EstateShelf shelf_;
    ui::ExplainContext context_;
    ui::ExplainPage* page_ = nullptr;
};

} // namespace gw::app

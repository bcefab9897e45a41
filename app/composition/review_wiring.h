// Puts the Review screen into the console: its screen and actions, and the file that keeps its saved views.
#pragma once

#include "app/composition/explain_wiring.h"
#include "ui/review/review_actions.h"

#include <QObject>

#include <filesystem>

namespace gw::app {

class ReviewWiring : public QObject {
    Q_OBJECT
public:
    // All that is given outlives this object. What is reviewed is what Explain has on its shelf; `views`, `rules` and `store` are files.
    ReviewWiring(ui::ActionTable& actions, ui::MainWindow& window, const Clock& clock, ExplainWiring& explain, std::filesystem::path catalogue,
                 std::filesystem::path views, std::filesystem::path rules, std::filesystem::path store);
    void addScreen(const QKeySequence& shortcut);
    [[nodiscard]] ui::ReviewPage* page() { return page_; }

private:
    std::filesystem::path storeFile_;
    store::DatabaseThread store_;
    ui::ReviewContext context_;
    ui::ReviewPage* page_ = nullptr;
};

} // namespace gw::app

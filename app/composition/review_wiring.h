// Puts the Review screen into the console: its screen and actions, and the file that keeps its saved views.
#pragma once

#include "app/composition/explain_wiring.h"
#include "ui/sessions/sessions_context.h"
#include "ui/review/review_actions.h"

#include <QObject>

#include <filesystem>

namespace gw::app {

class ReviewWiring : public QObject {
    Q_OBJECT
public:
    struct Places {
        std::filesystem::path catalogue, views, rules, store; // files
        std::filesystem::path answers;                        // folder of what AWS answered
    };
    // All that is given outlives this object. What is reviewed is what Explain has on its shelf; AWS is read with the sessions of the book.
    ReviewWiring(const ui::SessionsContext& console, ExplainWiring& explain, const Places& places);
    void addScreen(const QKeySequence& shortcut);
    [[nodiscard]] ui::ReviewPage* page() { return page_; }

private:
    [[nodiscard]] std::vector<ui::LiveSession> liveSessions() const;

    const ui::SessionsContext& console_;
    std::filesystem::path storeFile_;
    store::DatabaseThread store_;
    ui::LiveSource live_;
    ui::ReviewContext context_;
    ui::ReviewPage* page_ = nullptr;
};

} // namespace gw::app

// The tab of review campaigns in a window of its own, over the invented organisation and a store in a file.
#pragma once

#include "tests/ui/review/review_fixture.h"

#include "models/store/campaign_store.h"
#include "ui/review/campaigns/campaigns_page.h"

namespace gw::test {

class CampaignScreen {
public:
    // `file`: the store's; one of its own where it is empty. Without a review no campaign can be made.
    explicit CampaignScreen(const std::filesystem::path& file = {}, const std::string& who = "tomas", bool reviewed = true);
    void settle();
    template <class T = QWidget>
    T* part(const QString& name) {
        return window.findChild<T*>(name);
    }
    [[nodiscard]] QWidget* seen(const char* name); // null where it is not
    [[nodiscard]] QString words(const char* name); // empty where it is not seen
    void click(const char* name);
    void write(const char* name, const QString& text); // in place of what is there
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = {}); // to whatever has the keyboard
    // A campaign of these rows, made with the form and opened.
    void make(const QString& scope, const QString& reviewers = QStringLiteral("tomas"));
    // What the current item is to become, by keyboard.
    void decide(Qt::Key verdict, const QString& reason);
    [[nodiscard]] const estate::campaign::Campaign& campaign() { return page->desk().current()->campaign; }

    FakeClock clock{*UtcTime::parse("2026-11-23T14:07:19Z")};
    ui::ActionTable actions;
    ui::MainWindow window{ui::Theme::of(nullptr), actions};
    ui::EstateShelf shelf;
    QTemporaryDir folder;
    std::filesystem::path file;
    store::DatabaseThread store;
    std::string person;
    QStringList explained;
    ui::ReviewContext context;
    ui::ReviewedPtr review;
    ui::CampaignsPage* page = nullptr;
};

} // namespace gw::test

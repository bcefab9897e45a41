// The Review screen in its window, over a small invented organisation.
#pragma once

#include "tests/support/fake_clock.h"

#include "models/estate/estate_parts.h"
#include "models/store/ready_future.h"
#include "ui/review/review_actions.h"
#include "ui/review/row_panel.h"
#include "ui/review/table_page.h"

#include <QTemporaryDir>
#include <QTest>

namespace gw::test {

// Groups, roles and a provider with believable mistakes; `copies` of each role, in accounts of their own, each as `change`
// leaves it.
[[nodiscard]] std::shared_ptr<const estate::Estate> reviewSample(int copies = 1, const std::function<void(estate::Role&)>& change = {});

// The same with a role that nobody used since spring, one with a service that it does not use, and one of which nothing tells.
[[nodiscard]] std::shared_ptr<const estate::Estate> unusedSample();

class ReviewScreen {
public:
    // Without an estate the screen is empty.
    // `file`: the store's; one of its own where it is empty. `live`: null where AWS is not read.
    explicit ReviewScreen(bool withEstate = true, const std::filesystem::path& file = {}, const ui::LiveSource* live = nullptr);
    void settle();
    template <class T = QWidget>
    T* part(const QString& name) {
        return window.findChild<T*>(name);
    }
    [[nodiscard]] QString words(const char* name); // empty where it is not seen
    void click(const char* name);
    void type(const QString& text); // into the filter of the mapping
    [[nodiscard]] QStringList roles(); // as the mapping shows them

    FakeClock clock;
    ui::ActionTable actions;
    ui::MainWindow window{ui::Theme::of(nullptr), actions};
    ui::EstateShelf shelf;
    QTemporaryDir folder; // of the store
    std::unique_ptr<store::DatabaseThread> store;
    std::string person = "tomas";
    QStringList explained, asked; // a role; a question in one line
    QByteArray views, rules;
    ui::ReviewContext context;
    ui::ReviewPage* page = nullptr;
};

} // namespace gw::test

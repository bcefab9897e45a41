// The Explain screen in its window, over the sample organisation.
#pragma once

#include "tests/support/fake_clock.h"
#include "tests/ui/explain/sample_estate.h"

#include "models/store/ready_future.h"
#include "ui/explain/explain_actions.h"

#include <QTest>

namespace gw::test {

class ExplainScreen {
public:
    // Without an estate the screen is empty.
    explicit ExplainScreen(bool withEstate = true);
    // As a person does: the fields, then Enter; waits for the answer and its edits.
    void ask(const char* principal, const char* action, const char* resource);
    void paste(const QString& text);
    void settle();
    template <class T = QWidget>
    T* part(const QString& name) {
        return window.findChild<T*>(name);
    }
    // The label's or button's words; empty where it is not seen.
    QString words(const char* name);
    // Clicks what is shown.
    void click(const char* name);

    FakeClock clock;
    ui::ActionTable actions;
    ui::MainWindow window{ui::Theme::of(nullptr), actions};
    ui::EstateShelf shelf;
    std::shared_ptr<const policy::Catalogue> catalogue;
    ui::ExplainContext context;
    ui::ExplainPage* page = nullptr;
};

} // namespace gw::test

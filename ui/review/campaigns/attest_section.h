// The part of the row's panel where somebody says that the row is right, or what is to become of it.
#pragma once

#include "ui/review/campaigns/attest_desk.h"

#include <memory>

namespace gw::ui {

class AttestSection : public QWidget {
    Q_OBJECT
public:
    // Of one row, whose draft is kept, or of several at once. Borrows the desk.
    AttestSection(AttestDesk& desk, std::vector<estate::campaign::Subject> subjects, UtcTime now, QWidget* parent = nullptr);
    void focusForm();
    // Somebody is at it.
    [[nodiscard]] bool isWritten() const { return form_->hasFocusInside(); }
    [[nodiscard]] const std::string& item() const { return item_; }

Q_SIGNALS:
    void left();

private:
    AttestDesk& desk_;
    std::vector<estate::campaign::Subject> subjects_;
    std::string item_; // of one
    UtcTime now_;
    VerdictForm* form_;
    void showLast();
};

} // namespace gw::ui

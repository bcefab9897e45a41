// What is to be read from AWS, and what is asked for it: chosen and looked at before anything is called.
#pragma once

#include "ui/review/live/live_desk.h"
#include "ui/widgets/widgets.h"

class QCheckBox;
class QLineEdit;
class QStackedWidget;

namespace gw::ui {

class LiveForm : public QWidget {
    Q_OBJECT
public:
    LiveForm(const LiveSource& source, LiveDesk& desk, QWidget* parent = nullptr);
    // What is live now; what was chosen stays chosen.
    void refresh();
    // Nothing: not whole yet.
    [[nodiscard]] std::optional<LiveChoice> choice() const;
    // What would be read, or what is missing, in one line.
    [[nodiscard]] QString words() const;
    void focusFirst();

Q_SIGNALS:
    void changed();

private:
    void buildRegions(QVBoxLayout* column);
    void buildAnswers(QVBoxLayout* column);
    void buildAsked(QVBoxLayout* column);
    void fillSessions();
    void fillAges();
    void showRegions();
    void offerRegions();
    void tell();
    [[nodiscard]] std::vector<aws::Region> regions() const; // that are written, right or wrong

    struct Row {
        LiveSession session;
        QCheckBox* check = nullptr;
        Text* age = nullptr;
    };
    const LiveSource& source_;
    LiveDesk& desk_;
    std::vector<Row> rows_;
    QVBoxLayout* sessionRows_ = nullptr;
    QStackedWidget* stack_;
    ScrollColumn* scroll_;
    QLineEdit* regions_ = nullptr;
    Field* regionsField_ = nullptr;
    IconButton* more_ = nullptr;
    Segmented* answers_ = nullptr;
    EmptyState* none_ = nullptr;
    bool regionsWritten_ = false; // by the person: what is chosen above changes them no more
};

} // namespace gw::ui

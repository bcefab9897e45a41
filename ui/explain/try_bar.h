// Says that what is shown is a trial, what the answer became by it, and leads back.
#pragma once

#include "ui/explain/explained.h"
#include "ui/widgets/widgets.h"

namespace gw::ui {

class TryBar : public QWidget {
    Q_OBJECT
public:
    explicit TryBar(QWidget* parent = nullptr);
    // Hidden where nothing is tried.
    void show(const ExplainedAnswer& answer);
    using QWidget::show;
    void focusBack();

Q_SIGNALS:
    void backWanted();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    IconLabel* icon_;
    Text* strong_;
    Text* words_;
    Button* back_;
};

} // namespace gw::ui

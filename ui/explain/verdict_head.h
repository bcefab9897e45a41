// The answer in words: shape and colour of the decision, one line, and how AWS comes to it.
#pragma once

#include "ui/explain/explained.h"

#include <QWidget>

namespace gw::ui {

class Text;

class VerdictHead : public QWidget {
    Q_OBJECT
public:
    explicit VerdictHead(QWidget* parent = nullptr);
    void show(const ExplainedAnswer& answer);
    using QWidget::show;
    [[nodiscard]] QString headline() const;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    policy::Decision decision_ = policy::Decision::ImplicitlyDenied;
    Text* headline_;
    Text* sentence_;
    Text* caution_;
};

} // namespace gw::ui

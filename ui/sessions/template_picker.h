// The products to choose from, as tiles. Arrows move, as in a group of radio buttons.
#pragma once

#include "ui/style/fade.h"

#include <QAbstractButton>
#include <QWidget>

#include <string>
#include <vector>

namespace gw::ui {

class TemplateTile : public QAbstractButton {
    Q_OBJECT
public:
    explicit TemplateTile(const QString& name, QWidget* parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    HoverFade hover_{this};
};

class TemplatePicker : public QWidget {
    Q_OBJECT
public:
    explicit TemplatePicker(QWidget* parent = nullptr);
    void setCurrent(const std::string& kind);
    [[nodiscard]] const std::string& current() const { return current_; }

Q_SIGNALS:
    // By a person only.
    void chosen(const std::string& kind);

private:
    std::vector<std::pair<std::string, TemplateTile*>> tiles_;
    std::string current_;
};

} // namespace gw::ui

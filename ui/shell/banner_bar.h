// One line above everything: the most serious of what is different now.
#pragma once

#include "ui/shell/notices.h"

#include <QWidget>

#include <vector>

namespace gw::ui {

class IconLabel;
class LinkLabel;
class Text;

class BannerBar : public QWidget {
    Q_OBJECT
public:
    explicit BannerBar(QWidget* parent);
    void add(Banner banner);
    void remove(const QString& id);
    // The id of the one that is shown; empty for none.
    [[nodiscard]] QString shown() const;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void apply();
    std::vector<Banner> banners_; // oldest first
    IconLabel* icon_ = nullptr;
    Text* strong_ = nullptr;
    Text* text_ = nullptr;
    LinkLabel* link_ = nullptr;
};

} // namespace gw::ui

// The tabs beside a screen's title. Where the header is narrow they give way: first their counts go, then the last tabs
// go into a menu; the chosen one always stays, and the arrow keys reach all of them.
#pragma once

#include "ui/widgets/button.h"

#include <QTabBar>

#include <vector>

namespace gw::ui {

class HeaderTabs : public QTabBar {
    Q_OBJECT
public:
    // `name` begins the object names: "review.tabs", and "review.tabs.more" of the button.
    explicit HeaderTabs(const QString& name, QWidget* parent = nullptr);
    // Tabs are added with the first call of each, in order. An empty count: there is none.
    void setTab(int at, const QString& title, const QString& count = {});
    // With everything shown.
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    [[nodiscard]] QSize tabSizeHint(int at) const override;
    [[nodiscard]] QSize minimumTabSizeHint(int at) const override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    struct Label {
        QString title, count;
    };
    [[nodiscard]] int widthOf(int at, bool counted) const;
    [[nodiscard]] int widthOfAll(bool counted) const;
    void fit();
    void openMore();

    std::vector<Label> labels_;
    bool counted_ = true, fitting_ = false;
    IconButton* more_;
};

} // namespace gw::ui

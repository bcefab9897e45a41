// The header: what one looks at, the way to anything else, and the screen's own buttons.
#pragma once

#include "ui/shell/action_table.h"
#include "ui/widgets/button.h"
#include "ui/widgets/icon_label.h"

#include <QStringList>

class QHBoxLayout;

namespace gw::ui {

class Text;

// Looks like a field, is a button: it opens the palette.
class PaletteButton : public QAbstractButton {
    Q_OBJECT
public:
    explicit PaletteButton(QWidget* parent);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    HoverFade hover_{this};
};

class HeaderBar : public Panel {
    Q_OBJECT
public:
    HeaderBar(ActionTable& actions, QWidget* parent);
    void setTitle(const QString& title, const QString& subtitle);
    // "Sessions > Choose roles": the first leads back.
    void setTrail(const QString& screen, const QString& page);
    // Beside the title, in place of the subtitle; null for none. Stays its owner's.
    void setTabs(QWidget* tabs);
    // The last one is primary, unless an empty id ends the list: a page may have its own. The buttons follow their actions.
    void setActions(const QStringList& ids);

Q_SIGNALS:
    void paletteWanted();
    void backWanted();

protected:
    void resizeEvent(QResizeEvent* event) override;
    bool event(QEvent* event) override;

private:
    void refreshButtons();
    void share();
    ActionTable& actions_;
    LinkLabel* parent_ = nullptr;
    IconLabel* chevron_ = nullptr;
    Text* title_ = nullptr;
    Text* subtitle_ = nullptr;
    QHBoxLayout* row_ = nullptr;
    QWidget* tabs_ = nullptr;
    PaletteButton* palette_ = nullptr;
    QHBoxLayout* buttons_ = nullptr;
    Button* back_ = nullptr;
    QStringList ids_;
    std::vector<Button*> made_;
};

} // namespace gw::ui

// The navigation rail: screens in sections, settings and the person at the foot.
#pragma once

#include "ui/style/fade.h"
#include "ui/style/theme.h"
#include "ui/widgets/icon_label.h"

#include <QAbstractButton>

#include <vector>

class QMenu;
class QVBoxLayout;

namespace gw::ui {

class IconButton;

class RailItem : public QAbstractButton {
    Q_OBJECT
public:
    RailItem(const QString& id, const QString& title, const QString& iconName, QWidget* parent);
    void setBadge(int count);
    void setCollapsed(bool collapsed);
    void setKeyHint(const QString& key);
    [[nodiscard]] QString id() const { return id_; }
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void describe();
    HoverFade hover_{this};
    QString id_, iconName_, key_;
    int badge_ = 0;
    bool collapsed_ = false;
};

// Who uses the program: initials, name, what they are.
class RailPerson : public QWidget {
    Q_OBJECT
public:
    explicit RailPerson(QWidget* parent);
    void set(const QString& name, const QString& detail);
    void setCollapsed(bool collapsed);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString name_, detail_;
    bool collapsed_ = false;
};

class Rail : public Panel {
    Q_OBJECT
public:
    explicit Rail(QWidget* parent);
    RailItem* addItem(const QString& id, const QString& title, const QString& iconName);
    void setCurrent(const QString& id);
    void setBadge(const QString& id, int count);
    void setPerson(const QString& name, const QString& detail);
    void setCollapsed(bool collapsed);
    [[nodiscard]] bool collapsed() const { return collapsed_; }
    [[nodiscard]] RailItem* item(const QString& id) const;
    // Up and Down: -1 or 1 from the focused item.
    void moveFocus(int step);

Q_SIGNALS:
    void chosen(const QString& id);
    void menuWanted(QWidget* anchor);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    std::vector<RailItem*> items_; // top to bottom
    QVBoxLayout* screens_ = nullptr;
    QVBoxLayout* foot_ = nullptr;
    QAbstractButton* mark_ = nullptr;
    QWidget* name_ = nullptr;
    IconButton* menu_ = nullptr;
    RailPerson* person_ = nullptr;
    int lastSection_ = -1;
    bool collapsed_ = false;
};

} // namespace gw::ui

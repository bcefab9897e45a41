// Buttons with text, and buttons with an icon only.
#pragma once

#include "ui/style/fade.h"
#include "ui/style/paint.h"

#include <QPushButton>
#include <QToolButton>

namespace gw::ui {

enum class ButtonSize { Small, Normal, Large };

// Text, icon and the key on the button, as in the pictures ("Start a role  Ctrl N").
class Button : public QPushButton {
    Q_OBJECT
public:
    Button(const QString& text, const QString& iconName, ButtonKind kind, QWidget* parent = nullptr);
    void setSize(ButtonSize size);
    void setKind(ButtonKind kind);
    // Shown only; the shortcut itself belongs to an action.
    void setKeyHint(const QString& key);
    void setIconName(const QString& iconName);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] QFont textFont() const;
    HoverFade hover_{this};
    QString iconName_, keyHint_;
    ButtonKind kind_;
    ButtonSize size_ = ButtonSize::Normal;
};

// Icon only: the name is both accessible name and tooltip, with the key.
class IconButton : public QToolButton {
    Q_OBJECT
public:
    IconButton(const QString& iconName, const QString& name, QWidget* parent = nullptr);
    void setIconName(const QString& iconName);
    // Changes accessible name and tooltip together.
    void setName(const QString& name);
    void setKeyHint(const QString& key);
    void setColorToken(Color color);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void applyTip();
    HoverFade hover_{this};
    QString iconName_, name_, keyHint_;
    Color color_ = Color::TextSecondary;
};

// A link in text: an action that leads somewhere else. Underlined while hovered or focused.
class LinkLabel : public QAbstractButton {
    Q_OBJECT
public:
    explicit LinkLabel(const QString& text, QWidget* parent = nullptr);
    void setColorToken(Color color);
    void setUnderlined(bool always);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    Color color_ = Color::AccentText;
    bool underlined_ = false;
};

// Keys in small frames with what they do ("[Space] choose"), for the foot of a list.
class KeyHints : public QWidget {
    Q_OBJECT
public:
    struct Hint {
        QString key;
        QString text;
    };
    explicit KeyHints(std::vector<Hint> hints, QWidget* parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    std::vector<Hint> hints_;
};

} // namespace gw::ui

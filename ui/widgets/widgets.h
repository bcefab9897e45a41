// The shared parts by name. Include this or the single headers; each part is small and themed by itself.
#pragma once

#include "models/sessions/session.h"
#include "ui/style/theme.h"

#include <QAbstractButton>
#include <QFrame>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>
#include <QWidget>

#include <functional>

namespace gw::ui {

enum class ButtonKind { Default, Primary, Danger, Ghost };
enum class ButtonSize { Small, Normal, Large };

// Text, icon and the key on the button, as in the pictures ("Start a role  Ctrl N").
class Button : public QPushButton {
    Q_OBJECT
public:
    Button(const QString& text, const QString& iconName, ButtonKind kind, QWidget* parent = nullptr);
    void setSize(ButtonSize size);
    void setKind(ButtonKind kind);
    void setKeyHint(const QString& key);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
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

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString iconName_;
};

// A label in a text style and a token's colour; elides on request; selectable on request.
class Text : public QLabel {
    Q_OBJECT
public:
    Text(const QString& text, TextStyle style, Color color = Color::TextPrimary, QWidget* parent = nullptr);
    void setStyleToken(TextStyle style);
    void setColorToken(Color color);
    void setElide(Qt::TextElideMode mode);
    void setFullText(const QString& text);

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;
    [[nodiscard]] QSize minimumSizeHint() const override;

private:
    void applyTheme();
    TextStyle style_;
    Color color_;
    Qt::TextElideMode elide_ = Qt::ElideNone;
    QString fullText_;
};

// prod, stage, dev, shared: glyph, word, fill; `quiet` for tables.
class EnvironmentTag : public QWidget {
    Q_OBJECT
public:
    explicit EnvironmentTag(sessions::Environment environment, bool quiet = false, QWidget* parent = nullptr);
    void setEnvironment(sessions::Environment environment);
    [[nodiscard]] QSize sizeHint() const override;
    // The same drawing for delegates. Returns the width used.
    static int paint(QPainter& painter, const QRect& area, sessions::Environment environment, bool quiet, const Theme& theme);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    sessions::Environment environment_;
    bool quiet_;
};

enum class ChipKind { Neutral, Allowed, Denied, Depends, Expiring, Expired, Drift, Changed };

// Icon, word, tint.
class Chip : public QWidget {
    Q_OBJECT
public:
    Chip(ChipKind kind, const QString& iconName, const QString& text, QWidget* parent = nullptr);
    void set(ChipKind kind, const QString& iconName, const QString& text);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    ChipKind kind_;
    QString iconName_, text_;
};

// The countdown in its five states.
class CountdownRing : public QWidget {
    Q_OBJECT
public:
    CountdownRing(int diameter, bool withNumber, QWidget* parent = nullptr);
    // `total` of 0 draws the expired ring.
    void set(std::chrono::seconds left, std::chrono::seconds total);
    [[nodiscard]] QSize sizeHint() const override;
    static void paint(QPainter& painter, const QRect& area, std::chrono::seconds left, std::chrono::seconds total, bool withNumber,
                      const Theme& theme);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    int diameter_;
    bool withNumber_;
    std::chrono::seconds left_{0}, total_{0};
};

// "52:14", from an hour on "3:32:50".
[[nodiscard]] QString countdownText(std::chrono::seconds left);
// "15 min", "1 h 20 min".
[[nodiscard]] QString durationText(std::chrono::seconds duration);
// "22 min ago", "yesterday", "18 Nov", "2 Sep 2025".
[[nodiscard]] QString ageText(UtcTime then, UtcTime now);
// Local 24-hour "14:59".
[[nodiscard]] QString clockText(UtcTime time);

// Exclusive choice in one strip ("15 min | 1 h | 2 h").
class Segmented : public QWidget {
    Q_OBJECT
public:
    explicit Segmented(const QString& accessibleName, QWidget* parent = nullptr);
    void setItems(const QStringList& texts);
    void setCurrent(int index);
    void setItemEnabled(int index, bool enabled, const QString& reason = {});
    [[nodiscard]] int current() const { return current_; }
    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void currentChanged(int index);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    [[nodiscard]] QRect itemRect(int index) const;
    struct Item {
        QString text, reason;
        bool enabled = true;
    };
    std::vector<Item> items_;
    int current_ = -1;
};

// Fixed-pitch text that wraps with ↪, simple highlighting, one Copy button, no secrets unless told.
class CodeBlock : public QFrame {
    Q_OBJECT
public:
    explicit CodeBlock(const QString& accessibleName, QWidget* parent = nullptr);
    void setCode(const QString& code);
    [[nodiscard]] QString code() const { return code_; }
    // What Copy takes, where it differs from what is shown (hidden secrets).
    void setCopySource(std::function<QString()> source);

Q_SIGNALS:
    void copied();

private:
    QString code_;
    std::function<QString()> source_;
    QWidget* view_ = nullptr;
};

// Icon, sentence, explanation, one or two actions: first run, nothing matches, offline.
class EmptyState : public QWidget {
    Q_OBJECT
public:
    EmptyState(const QString& iconName, const QString& title, const QString& text, QWidget* parent = nullptr);
    void set(const QString& iconName, const QString& title, const QString& text);
    Button* addAction(const QString& text, const QString& iconName, ButtonKind kind);
    void clearActions();

private:
    class Private;
    Private* d_;
};

// What happened, why, what to do; AWS's own words below in mono with Copy.
class ErrorState : public QWidget {
    Q_OBJECT
public:
    explicit ErrorState(QWidget* parent = nullptr);
    void set(const QString& title, const QString& why, const QStringList& whatToDo, const QString& details);
    Button* addAction(const QString& text, const QString& iconName, ButtonKind kind);
    void clearActions();

private:
    class Private;
    Private* d_;
};

// A field with its label above, help below and an error that replaces the help.
class Field : public QWidget {
    Q_OBJECT
public:
    Field(const QString& label, QWidget* editor, QWidget* parent = nullptr);
    void setHelp(const QString& help);
    void setError(const QString& error);    // empty clears it
    [[nodiscard]] QWidget* editor() const { return editor_; }
    [[nodiscard]] QString error() const { return error_; }

private:
    QWidget* editor_;
    QString help_, error_;
    Text* below_ = nullptr;
};

// Copies to the clipboard; a secret is marked so that history keepers pass it over, and is removed after a minute.
void copyText(const QString& text, bool secret);

} // namespace gw::ui

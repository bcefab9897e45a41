// The environment of an account: glyph, word, fill.
#pragma once

#include "models/sessions/providers/provider.h"
#include "ui/style/theme.h"

#include <QWidget>

namespace gw::ui {

// "prod", "stage", "dev", "shared": AWS people's own short words, not translated. Empty for None.
[[nodiscard]] QString environmentWord(sessions::Environment environment);

// Solid where one chooses, in cards and headers; `quiet` in tables: glyph and coloured word. None draws nothing.
class EnvironmentTag : public QWidget {
    Q_OBJECT
public:
    explicit EnvironmentTag(sessions::Environment environment, bool quiet = false, QWidget* parent = nullptr);
    void setEnvironment(sessions::Environment environment);
    [[nodiscard]] QSize sizeHint() const override;
    // The same drawing for delegates, at the left of `area` and centred in its height. Returns the width used.
    static int paint(QPainter& painter, const QRect& area, sessions::Environment environment, bool quiet, const Theme& theme);
    [[nodiscard]] static int width(sessions::Environment environment, bool quiet, const Theme& theme);

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

} // namespace gw::ui

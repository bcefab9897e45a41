// An icon that stands in a layout.
#pragma once

#include "ui/style/theme.h"

#include <QWidget>

namespace gw::ui {

// Decoration: without an accessible name it says nothing to a screen reader.
class IconLabel : public QWidget {
    Q_OBJECT
public:
    IconLabel(const QString& iconName, Color color, int size = size::icon, QWidget* parent = nullptr);
    void setIconName(const QString& iconName);
    void setColorToken(Color color);
    [[nodiscard]] QSize sizeHint() const override { return {size_, size_}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString iconName_;
    Color color_;
    int size_;
};

// A surface with a 1-px border and the card's radius; children lie in its layout.
class Card : public QWidget {
    Q_OBJECT
public:
    explicit Card(QWidget* parent = nullptr);
    void setColors(Color ground, Color border);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Color ground_ = Color::BgSurface;
    Color border_ = Color::BorderSubtle;
};

// A line between parts, one pixel.
class Divider : public QWidget {
    Q_OBJECT
public:
    explicit Divider(Qt::Orientation orientation = Qt::Horizontal, QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;
};

// A ground in a token's colour that follows the theme, with an optional line at one edge.
class Panel : public QWidget {
    Q_OBJECT
public:
    explicit Panel(Color ground, QWidget* parent = nullptr);
    void setGround(Color ground);
    void setEdges(Qt::Edges edges);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Color ground_;
    Qt::Edges edges_;
};

} // namespace gw::ui

// Text in one of the look's styles.
#pragma once

#include "ui/style/theme.h"

#include <QLabel>

namespace gw::ui {

// A label in a text style and a token's colour; elides on request; selectable on request (setTextInteractionFlags).
// Plain text unless told; wrapped text keeps the style's line height.
class Text : public QLabel {
    Q_OBJECT
public:
    Text(const QString& text, TextStyle style, Color color = Color::TextPrimary, QWidget* parent = nullptr);
    void setStyleToken(TextStyle style);
    void setColorToken(Color color);
    // The whole text is in the tooltip while it does not fit.
    void setElide(Qt::TextElideMode mode);
    void setFullText(const QString& text);
    // The style in the weight of Strong.
    void setHeavy(bool heavy);
    // Digits in equal cells, so that a running number does not jitter.
    void setTabular(bool tabular);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    void applyTheme();
    [[nodiscard]] bool ownWrapping() const;
    // Lays the text out in lines of the style's height; paints when given a painter. Returns the height.
    int layOut(int width, QPainter* painter) const;
    TextStyle style_;
    Color color_;
    Qt::TextElideMode elide_ = Qt::ElideNone;
    QString fullText_;
    bool tabular_ = false;
    bool heavy_ = false;
};

} // namespace gw::ui

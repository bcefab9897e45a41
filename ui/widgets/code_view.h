// The text area of a CodeBlock. Private to ui/widgets.
#pragma once

#include "ui/style/theme.h"

#include <QTextLayout>
#include <QWidget>

#include <memory>
#include <vector>

namespace gw::ui {

class CodeView : public QWidget {
    Q_OBJECT
public:
    explicit CodeView(QWidget* parent);
    void setCode(const QString& code);
    void setHighlighted(bool highlighted);
    void setQuietFrom(int line);
    // Room kept free at the right of the first line.
    void setCornerRoom(int width);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QString selectedText() const;

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    struct Line {
        qsizetype start = 0; // in code_
        std::unique_ptr<QTextLayout> layout;
        qreal top = 0;
    };
    [[nodiscard]] std::vector<Line> layOut(int width) const;
    void refresh();
    [[nodiscard]] qsizetype positionAt(const QPointF& point) const;

    QString code_;
    std::vector<Line> lines_;
    bool highlighted_ = true;
    int quietFrom_ = -1;
    int cornerRoom_ = 0;
    qsizetype anchor_ = 0, cursor_ = 0;
};

} // namespace gw::ui

// A read-only view of octets: rows with a gutter of numbers and coverage bars, a caret and a selection in octets, find and
// copy. Only the rows in sight are made, so its cost does not grow with the text.
#pragma once

#include "ui/inspector/code_source.h"

#include <QAbstractScrollArea>
#include <QBasicTimer>

#include <memory>
#include <vector>

namespace gw::ui {

class CodeArea : public QAbstractScrollArea {
    Q_OBJECT
public:
    explicit CodeArea(const QString& accessibleName, QWidget* parent = nullptr);

    // Null shows nothing. Caret and selection go to the top.
    void setSource(std::shared_ptr<const CodeSource> source);
    [[nodiscard]] const CodeSource* source() const { return source_.get(); }
    // Copies are put where other programs' history cannot keep them: a response can be used while it is fresh.
    void setSecret(bool secret) { secret_ = secret; }
    // A row with this octet is pointed out, such as the first one that differs.
    void setPointer(std::optional<std::uint32_t> offset, const QString& words = {});

    // Selects the octets and brings them into sight; the caret is at their begin.
    void reveal(inspect::Range range);
    [[nodiscard]] std::uint32_t caret() const { return caret_; }
    void setCaret(std::uint32_t offset, bool select = false);
    [[nodiscard]] inspect::Range selection() const;
    void selectAll();
    void copy() const;

    // Empty ends it. Returns how many there are.
    std::size_t find(const QString& text);
    // To the next (1) or previous (-1) one after the caret, around the ends.
    void findStep(int step);
    [[nodiscard]] std::size_t matchCount() const { return matches_.size(); }
    // Of the selected match, from 1; 0 for none.
    [[nodiscard]] std::size_t matchNumber() const;

    // What a screen reader says of a row: its text and how it is covered.
    [[nodiscard]] QString rowText(int row) const;
    [[nodiscard]] int rowCount() const { return source_ ? source_->rowCount() : 0; }
    [[nodiscard]] int caretRow() const;
    // In the viewport; may lie outside of it.
    [[nodiscard]] QRect rowRect(int row) const;
    [[nodiscard]] QSize minimumSizeHint() const override { return {160, 100}; }

Q_SIGNALS:
    void caretMoved(quint32 offset);
    void findWanted();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void timerEvent(QTimerEvent* event) override;
    bool viewportEvent(QEvent* event) override;

private:
    struct Pen;
    void applyFonts();
    void measure();
    void reflow();
    void swapSource(std::shared_ptr<const CodeSource> source);
    void applyScrollBars();
    [[nodiscard]] int textLeft() const;
    [[nodiscard]] int columnsInSight() const;
    [[nodiscard]] qreal partWidth(const CodePart& part) const;
    [[nodiscard]] qreal xOf(const CodeRow& row, std::uint32_t offset) const;
    [[nodiscard]] std::uint32_t offsetAtX(int row, qreal x) const;
    [[nodiscard]] std::uint32_t offsetAtPoint(const QPoint& point) const;
    [[nodiscard]] std::uint32_t stepped(std::uint32_t offset, int step) const;
    void moveTo(std::uint32_t offset, bool select, bool keepX = false);
    void moveRows(int rows, bool select);
    void ensureSeen();
    void toggleFold(std::uint32_t offset);
    void selectPart(std::uint32_t offset);
    void tell();
    // Painting, in code_area_paint.cpp.
    void paintRowAt(QPainter& painter, int index, int top) const;
    void paintGutter(QPainter& painter, const CodeRow& row, int index, int top) const;
    void paintParts(QPainter& painter, const CodeRow& row, int top) const;
    void paintFrames(QPainter& painter, const CodeRow& row, int top) const;
    void paintMatches(QPainter& painter, const CodeRow& row, inspect::Range range, int top) const;

    std::shared_ptr<const CodeSource> source_;
    QString needle_;
    std::vector<std::uint32_t> matches_;
    std::size_t needleSize_ = 0;
    std::uint32_t caret_ = 0, anchor_ = 0;
    std::optional<std::uint32_t> pointer_;
    QString pointerWords_;
    qreal wantedX_ = -1;
    QFont code_, heavy_;
    qreal cell_ = 7;
    qreal baseline_ = 14;
    QBasicTimer dragScroll_;
    bool secret_ = false;
    bool dragging_ = false;
};

// Makes every CodeArea known to screen readers. Once a program.
void registerCodeAreaAccessible();

} // namespace gw::ui

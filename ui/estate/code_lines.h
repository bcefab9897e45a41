// Lines of a document with their numbers, some of them tinted; an excerpt leaves lines out. Drawn only where it is seen.
#pragma once

#include "ui/estate/document_text.h"
#include "ui/style/theme.h"

#include <QWidget>

namespace gw::ui {

// The tint says what the lines do; the bar at its left says it without colour.
enum class LineTone : std::uint8_t { Allowed, Denied, Depends, Plain };

class CodeLines : public QWidget {
    Q_OBJECT
public:
    explicit CodeLines(QWidget* parent = nullptr);
    // All lines, in full width.
    void setDocument(const QStringList& lines, const std::vector<LineRange>& tinted, LineTone tone);
    // A part of it: lines too long for the place are cut short, and of what lies far from tinted lines something is left out.
    void setExcerpt(const QStringList& lines, LineRange shown, const std::vector<LineRange>& tinted, LineTone tone);
    // A difference: lines that go before lines that come, with "-" and "+" in place of numbers. Lines too long for the place go on
    // in the next, for whoever reads it wants to see all of it.
    void setDiff(const QStringList& gone, const QStringList& added);
    // Clicks are told then, and the pointer says so.
    void setClickable(bool clickable);
    [[nodiscard]] int topOf(int line) const;
    [[nodiscard]] QString text() const;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] bool hasHeightForWidth() const override { return wraps_; }
    [[nodiscard]] int heightForWidth(int width) const override;

Q_SIGNALS:
    void clicked();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    bool event(QEvent* event) override;

private:
    struct Row {
        int line = -1; // from 0; -1: lines are left out here
        QString text, gutter;
        LineTone tone = LineTone::Plain;
    };
    void take(std::vector<Row> rows);
    // Where each line of what is shown of a row begins, and at the end where the text ends.
    [[nodiscard]] std::vector<qsizetype> breaksOf(const Row& row, int width) const;
    void paintRow(QPainter& painter, const Row& row, int top, const std::vector<qsizetype>& breaks) const;
    std::vector<Row> rows_;
    QFont font_;
    int cell_ = 7, gutter_ = 0, widest_ = 0;
    bool excerpt_ = false, clickable_ = false, wraps_ = false;
};

} // namespace gw::ui

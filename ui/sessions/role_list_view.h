// The list of the role chooser: groups of rows, painted, nothing but the visible rows touched. One key press over 5,000
// roles has to be laid out and painted in 4 ms, which no item view with a proxy model manages.
#pragma once

#include "models/items/role_search.h"
#include "saml/base/clock.h"
#include "ui/style/theme.h"

#include <QAbstractScrollArea>

#include <memory>
#include <optional>
#include <vector>

namespace gw::ui {

// What one role shows; the index is that of RoleSearch::entries().
struct RoleRow {
    QString label;
    QString accountAlias;
    QString account;
    QString lastUsed;
    QString longest;                       // "12 h", empty where nothing is known
    sessions::Environment environment = sessions::Environment::None;
    bool favourite = false;
    bool checked = false;
    UtcTime runningUntil;                  // with a total of 0: no live session
    std::chrono::seconds runningTotal{0};
    QString problem;                       // why the last start failed, short
};

struct RoleGroup {
    QString title;
    QString detail;                        // in fixed pitch beside it: the account id
    std::vector<items::RoleHit> hits;
};

struct RoleListInk;

class RoleListView : public QAbstractScrollArea {
    Q_OBJECT
public:
    explicit RoleListView(const Clock& clock, QWidget* parent = nullptr);
    ~RoleListView() override;

    void setRows(std::vector<RoleRow> rows);
    [[nodiscard]] const std::vector<RoleRow>& rows() const { return rows_; }
    // Changes one and repaints it.
    void setRow(std::uint32_t entry, RoleRow row);
    // Keeps the current role where it is among them; otherwise the first one becomes current.
    void setGroups(std::vector<RoleGroup> groups);

    [[nodiscard]] std::optional<std::uint32_t> current() const;
    void setCurrent(std::uint32_t entry);
    void moveCurrent(int by);
    void movePage(int pages);
    void moveToEnd(bool last);
    void toggleCurrent();
    // In the order of the entries.
    [[nodiscard]] std::vector<std::uint32_t> checked() const;
    void clearChecked();
    // Repaints what counts down.
    void tick();

    // For accessibility and tests.
    [[nodiscard]] int lineCount() const { return static_cast<int>(lines_.size()); }
    [[nodiscard]] bool isHeader(int line) const { return lines_[static_cast<std::size_t>(line)].hit < 0; }
    [[nodiscard]] QString lineText(int line) const;
    [[nodiscard]] QRect lineRect(int line) const;      // in the viewport
    [[nodiscard]] int currentLine() const { return currentLine_; }
    [[nodiscard]] bool lineChecked(int line) const;
    void setCurrentToLine(int line) { setCurrentLine(line); }

Q_SIGNALS:
    void currentChanged();
    void checkedChanged();
    void favouriteWanted(quint32 entry);
    void activated(quint32 entry);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool viewportEvent(QEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;

private:
    struct Line {
        int group = 0;
        int hit = -1;            // index into the group's hits; -1 is the group's header
        int top = 0;             // from the first line
    };
    struct Columns;
    [[nodiscard]] Columns columns() const;
    [[nodiscard]] const RoleListInk& ink() const;
    [[nodiscard]] const items::RoleHit& hitOf(const Line& line) const;
    [[nodiscard]] int lineHeight(const Line& line) const;
    [[nodiscard]] int lineAt(int y) const;
    [[nodiscard]] int contentHeight() const;
    void setCurrentLine(int line);
    void ensureVisible(int line);
    void updateScrollBar();
    void updateLine(int line);
    void paintHead(QPainter& painter, const Columns& columns) const;
    void paintGroup(QPainter& painter, const Line& line, const QRect& area, const Columns& columns) const;
    void paintRole(QPainter& painter, int index, const QRect& area, const Columns& columns) const;
    void paintMatched(QPainter& painter, const QRect& area, const QString& text, const std::vector<items::Span>& spans,
                      const QColor& color) const;

    const Clock& clock_;
    mutable std::unique_ptr<RoleListInk> ink_;
    std::vector<RoleRow> rows_;
    std::vector<RoleGroup> groups_;
    std::vector<Line> lines_;
    bool knowsLongest_ = false;
    int problems_ = 0;
    int currentLine_ = -1;
    int hoveredLine_ = -1;
};

} // namespace gw::ui

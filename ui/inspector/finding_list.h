// Findings, gravest first: what it is in a line or two, and on request the clause, what was seen, and what to do.
#pragma once

#include "ui/errors/finding_texts.h"
#include "ui/inspector/examined.h"

#include <QAbstractButton>
#include <QWidget>

class QVBoxLayout;

namespace gw::ui {

class IconLabel;
class Text;

// One finding as a button that opens its details.
class FindingRow : public QAbstractButton {
    Q_OBJECT
public:
    // `line` is 0 where the finding has no place.
    FindingRow(const saml::Finding& finding, const FindingText& text, int line, QWidget* parent = nullptr);
    void setDetails(QWidget* details);
    // The look of the row that the caret came from.
    void setMarked(bool marked);

protected:
    void paintEvent(QPaintEvent* event) override;
    void nextCheckState() override;

private:
    IconLabel* chevron_ = nullptr;
    QWidget* details_ = nullptr;
    bool marked_ = false;
};

class FindingList : public QWidget {
    Q_OBJECT
public:
    // More are counted, not shown.
    static constexpr std::size_t most = 100;

    explicit FindingList(QWidget* parent = nullptr);
    void show(const Examined& examined);
    using QWidget::show;

Q_SIGNALS:
    // Where the finding is, if it has a place.
    void picked(gw::inspect::Range range);

private:
    QVBoxLayout* column_;
};

// In words, with the lines that the gutter counts.
[[nodiscard]] FindingText textOf(const saml::Finding& finding, const Examined& examined);
// "2 fatal, 1 warning, 3 notes".
[[nodiscard]] QString countsOf(const std::vector<saml::Finding>& findings);
[[nodiscard]] QString severityWord(saml::Severity severity);

} // namespace gw::ui

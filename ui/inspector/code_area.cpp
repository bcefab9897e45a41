#include "ui/inspector/code_area.h"

#include "ui/inspector/code_area_metrics.h"
#include "ui/widgets/clipboard.h"

#include <QAccessible>
#include <QFontMetricsF>
#include <QHelpEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace gw::ui {

CodeArea::CodeArea(const QString& accessibleName, QWidget* parent) : QAbstractScrollArea(parent) {
    setAccessibleName(accessibleName);
    registerCodeAreaAccessible();
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    viewport()->setCursor(Qt::IBeamCursor);
    verticalScrollBar()->setSingleStep(3 * code::rowHeight);
    applyFonts();
    connect(&Theme::of(this), &Theme::changed, this, [this] {
        applyFonts();
        viewport()->update();
    });
}

void CodeArea::applyFonts() {
    code_ = Theme::of(this).font(TextStyle::Code);
    code_.setKerning(false);
    heavy_ = code_;
    heavy_.setWeight(QFont::DemiBold);
    measure();
}

void CodeArea::measure() {
    const QFontMetricsF metrics(code_);
    cell_ = metrics.horizontalAdvance(QLatin1Char('0'));
    baseline_ = std::round((code::rowHeight + metrics.ascent() - metrics.descent()) / 2);
}

int CodeArea::textLeft() const {
    const int digits = source_ ? std::max(2, source_->numberColumns()) : 2;
    return code::numberLeft + static_cast<int>(std::ceil(digits * cell_)) + code::numberRight + code::bar + code::textGap;
}

int CodeArea::columnsInSight() const {
    // Room for the mark of a folded text and a caret at the end.
    return std::max(20, static_cast<int>((viewport()->width() - textLeft() - code::textGap) / cell_) - 1);
}

void CodeArea::swapSource(std::shared_ptr<const CodeSource> source) {
    source_ = std::move(source);
    applyScrollBars();
    viewport()->update();
}

void CodeArea::setSource(std::shared_ptr<const CodeSource> source) {
    caret_ = anchor_ = 0;
    wantedX_ = -1;
    pointer_.reset();
    swapSource(std::move(source));
    reflow();
    verticalScrollBar()->setValue(0);
    horizontalScrollBar()->setValue(0);
    if (!needle_.isEmpty()) find(needle_);
    if (QAccessible::isActive()) {
        QAccessibleEvent event(this, QAccessible::DescriptionChanged);
        QAccessible::updateAccessibility(&event);
    }
}

void CodeArea::reflow() {
    if (!source_) return;
    auto other = source_->forColumns(columnsInSight());
    if (!other) return applyScrollBars();
    // The octet at the top stays at the top.
    const int first = std::clamp((verticalScrollBar()->value() - code::top) / code::rowHeight, 0, rowCount() - 1);
    const std::uint32_t kept = source_->rowRange(first).begin;
    const int within = verticalScrollBar()->value() - first * code::rowHeight;
    swapSource(std::move(other));
    verticalScrollBar()->setValue(source_->rowOf(kept) * code::rowHeight + within);
}

void CodeArea::applyScrollBars() {
    const int height = source_ ? source_->rowCount() * code::rowHeight + 2 * code::top : 0;
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setRange(0, std::max(0, height - viewport()->height()));
    const int width = source_ ? textLeft() + static_cast<int>(std::ceil((source_->columns() + 1) * cell_)) : 0;
    horizontalScrollBar()->setPageStep(viewport()->width());
    horizontalScrollBar()->setSingleStep(static_cast<int>(4 * cell_));
    horizontalScrollBar()->setRange(0, std::max(0, width - viewport()->width()));
}

void CodeArea::resizeEvent(QResizeEvent* event) {
    QAbstractScrollArea::resizeEvent(event);
    reflow();
}

void CodeArea::scrollContentsBy(int dx, int dy) {
    // The gutter stays at the left, so only moving up and down moves all.
    if (dx == 0)
        viewport()->scroll(0, dy);
    else
        viewport()->update();
}

void CodeArea::setPointer(std::optional<std::uint32_t> offset, const QString& words) {
    pointer_ = offset;
    pointerWords_ = words;
    viewport()->update();
}

inspect::Range CodeArea::selection() const { return {std::min(anchor_, caret_), std::max(anchor_, caret_)}; }

int CodeArea::caretRow() const { return source_ ? source_->rowOf(caret_) : 0; }

QRect CodeArea::rowRect(int row) const {
    return {0, code::top + row * code::rowHeight - verticalScrollBar()->value(), viewport()->width(), code::rowHeight};
}

void CodeArea::reveal(inspect::Range range) {
    if (!source_) return;
    const auto size = static_cast<std::uint32_t>(source_->bytes().size());
    caret_ = std::min(range.begin, size);
    anchor_ = std::min(range.end, size);
    wantedX_ = -1;
    // Somewhat below the top, so that what surrounds it is seen; not moved where it is in sight already.
    const QRect area = rowRect(caretRow());
    if (area.top() < 0 || area.bottom() > viewport()->height() - code::rowHeight)
        verticalScrollBar()->setValue(std::max(0, code::top + (caretRow() - 4) * code::rowHeight));
    ensureSeen();
    viewport()->update();
    tell();
}

void CodeArea::setCaret(std::uint32_t offset, bool select) { moveTo(offset, select); }

void CodeArea::selectAll() {
    if (!source_) return;
    anchor_ = 0;
    caret_ = static_cast<std::uint32_t>(source_->bytes().size());
    viewport()->update();
    tell();
}

void CodeArea::copy() const {
    if (!source_) return;
    const inspect::Range range = selection().empty() ? source_->rowRange(caretRow()) : selection();
    copyText(source_->textOf(range), secret_);
}

std::size_t CodeArea::find(const QString& text) {
    needle_ = text;
    const std::string needle = text.toStdString();
    needleSize_ = needle.size();
    matches_ = source_ ? findAll(source_->bytes(), needle) : std::vector<std::uint32_t>{};
    viewport()->update();
    return matches_.size();
}

void CodeArea::findStep(int step) {
    if (matches_.empty()) return;
    const std::uint32_t from = selection().begin;
    std::size_t next = 0;
    if (step > 0) {
        const auto after = std::upper_bound(matches_.begin(), matches_.end(), matchNumber() > 0 ? from : from - (from > 0 ? 1U : 0U));
        next = after == matches_.end() ? 0 : static_cast<std::size_t>(after - matches_.begin());
    } else {
        const auto at = std::lower_bound(matches_.begin(), matches_.end(), from);
        next = at == matches_.begin() ? matches_.size() - 1 : static_cast<std::size_t>(at - matches_.begin()) - 1;
    }
    reveal({matches_[next], matches_[next] + static_cast<std::uint32_t>(needleSize_)});
}

std::size_t CodeArea::matchNumber() const {
    if (selection().size() != needleSize_ || needleSize_ == 0) return 0;
    const auto at = std::lower_bound(matches_.begin(), matches_.end(), selection().begin);
    return at != matches_.end() && *at == selection().begin ? static_cast<std::size_t>(at - matches_.begin()) + 1 : 0;
}

void CodeArea::tell() {
    Q_EMIT caretMoved(caret_);
    if (!QAccessible::isActive()) return;
    QAccessibleEvent event(this, QAccessible::Focus);
    event.setChild(caretRow());
    QAccessible::updateAccessibility(&event);
}

QString CodeArea::rowText(int index) const {
    if (index < 0 || index >= rowCount()) return {};
    const CodeRow row = source_->row(index);
    QString text;
    QStringList states;
    for (const CodePart& part : row.parts) {
        text += part.text;
        const QString words = wordsOf(part.shade);
        if (part.text.trimmed().isEmpty() || states.contains(words)) continue;
        states.append(words);
    }
    if (source_->shading().empty()) return text;
    const QString number = row.number.isEmpty() ? QString() : tr("%1: ").arg(row.number);
    return number + tr("%1 (%2)", "text of a line, how it is signed").arg(text, states.join(QStringLiteral("; ")));
}

bool CodeArea::viewportEvent(QEvent* event) {
    if (event->type() != QEvent::ToolTip || !source_) return QAbstractScrollArea::viewportEvent(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const int row = (help->pos().y() + verticalScrollBar()->value() - code::top) / code::rowHeight;
    if (row < 0 || row >= rowCount()) {
        QToolTip::hideText();
        return true;
    }
    const std::uint32_t offset = offsetAtX(row, help->pos().x());
    // What is abbreviated is told in full.
    constexpr std::uint32_t longestTold = 400;
    QStringList words;
    for (const CodePart& part : source_->row(row).parts)
        if (part.stride < 0 && part.bytes.holds(offset) && part.bytes.size() <= longestTold)
            words.append(shownText(source_->bytes().substr(part.bytes.begin, part.bytes.size())));
    words += QStringList{wordsOf(source_->shading().at(offset)), tr("octet %1").arg(QLocale().toString(offset))};
    if (pointer_ && source_->rowRange(row).holds(*pointer_)) words.prepend(pointerWords_);
    QToolTip::showText(help->globalPos(), words.join(QLatin1Char('\n')), viewport());
    return true;
}

} // namespace gw::ui

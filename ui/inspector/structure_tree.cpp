#include "ui/inspector/structure_tree.h"

#include "ui/inspector/coverage_bar.h"
#include "ui/style/paint.h"

#include <QPainter>
#include <QScopedValueRollback>
#include <QStandardItemModel>

namespace gw::ui {

namespace {

constexpr int rowHeight = 24;
constexpr int square = 9;
constexpr int indexRole = Qt::UserRole + 1;

class StructureDelegate final : public QStyledItemDelegate {
public:
    StructureDelegate(const std::vector<StructureItem>& items, QObject* parent) : QStyledItemDelegate(parent), items_(items) {}

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override { return {60, rowHeight}; }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        const auto at = static_cast<std::size_t>(index.data(indexRole).toInt());
        if (at >= items_.size()) return;
        const StructureItem& item = items_[at];
        const Theme& theme = Theme::of(nullptr);
        painter->save();
        const QRect area = option.rect.adjusted(2, 0, -space::s2, 0);
        paintCoverageSquare(*painter, QRectF(area.left(), area.center().y() - square / 2.0 + 0.5, square, square), item.shade, theme);
        QFont words = theme.font(item.shade.hostile ? TextStyle::Strong : TextStyle::Body);
        words.setPixelSize(type::small.px);
        painter->setFont(words);
        const int left = area.left() + square + space::s2;
        const int room = area.right() - left;
        const QFontMetrics metrics(words);
        const int name = std::min(metrics.horizontalAdvance(item.text), room);
        painter->setPen(theme.color(item.shade.hostile ? Color::DeniedText : Color::TextPrimary));
        painter->drawText(QRect(left, area.top(), name + 1, area.height()), Qt::AlignLeft | Qt::AlignVCenter,
                          metrics.elidedText(item.text, Qt::ElideRight, room));
        if (!item.id.isEmpty() && room - name > 40) {
            painter->setFont(theme.font(TextStyle::Code));
            painter->setPen(theme.color(Color::TextTertiary));
            const int free = std::min(room - name - space::s2, 110);
            painter->drawText(QRect(area.right() - free, area.top(), free, area.height()), Qt::AlignRight | Qt::AlignVCenter,
                              painter->fontMetrics().elidedText(item.id, Qt::ElideMiddle, free));
        }
        painter->restore();
    }

private:
    const std::vector<StructureItem>& items_;
};

} // namespace

StructureTree::StructureTree(QWidget* parent) : QTreeView(parent), model_(new QStandardItemModel(this)) {
    setModel(model_);
    setItemDelegate(new StructureDelegate(items_, this));
    setHeaderHidden(true);
    setFrameShape(QFrame::NoFrame);
    setUniformRowHeights(true);
    setIndentation(14);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setEditTriggers(NoEditTriggers);
    setAccessibleName(tr("Structure"));
    connect(selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex& now) {
        const auto at = static_cast<std::size_t>(now.data(indexRole).toInt());
        if (!following_ && now.isValid() && at < items_.size() && !items_[at].range.empty()) Q_EMIT picked(items_[at].range);
    });
    connect(&Theme::of(this), &Theme::changed, viewport(), qOverload<>(&QWidget::update));
}

void StructureTree::setItems(const std::vector<StructureItem>& items) {
    const QScopedValueRollback<bool> quiet(following_, true);
    model_->clear();
    items_ = items;
    std::vector<QStandardItem*> made;
    made.reserve(items_.size());
    for (std::size_t i = 0; i < items_.size(); ++i) {
        const StructureItem& item = items_[i];
        auto* row = new QStandardItem(item.text);
        row->setData(static_cast<int>(i), indexRole);
        const QString covered = item.node == inspect::noNode ? QString() : wordsOf(item.shade);
        row->setData(covered.isEmpty() ? item.text : tr("%1, %2", "part, how it is signed").arg(item.text, covered), Qt::AccessibleTextRole);
        row->setToolTip(item.id.isEmpty() ? covered : item.id + QLatin1Char('\n') + covered);
        if (item.parent < 0)
            model_->appendRow(row);
        else
            made[static_cast<std::size_t>(item.parent)]->appendRow(row);
        made.push_back(row);
    }
    indexes_.clear();
    for (const QStandardItem* row : made) indexes_.push_back(row->index());
    // Thousands of entities of a federation are for searching, not for looking at.
    if (items_.size() <= 200)
        expandAll();
    else
        expandToDepth(0);
}

void StructureTree::follow(std::uint32_t offset) {
    const QScopedValueRollback<bool> quiet(following_, true);
    std::size_t best = items_.size();
    for (std::size_t i = 0; i < items_.size(); ++i)
        if (items_[i].range.holds(offset) && (best == items_.size() || items_[i].range.size() <= items_[best].range.size())) best = i;
    if (best < items_.size() && currentIndex() != indexes_[best]) setCurrentIndex(indexes_[best]);
}

void StructureTree::drawRow(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const RowState state{false, selectionModel()->isSelected(index), hasFocus() && index == currentIndex(), isActiveWindow()};
    paintRow(*painter, QRect(0, option.rect.top(), viewport()->width(), option.rect.height()), state, Theme::of(this));
    QTreeView::drawRow(painter, option, index);
}

void StructureTree::drawBranches(QPainter* painter, const QRect& rect, const QModelIndex& index) const {
    if (!model_->hasChildren(index)) return;
    const QPixmap arrow = iconPixmap(isExpanded(index) ? QStringLiteral("chevron-down") : QStringLiteral("chevron-right"), 12,
                                     Theme::of(this).color(Color::TextSecondary), devicePixelRatioF());
    painter->drawPixmap(QPointF(rect.right() - 10, rect.center().y() - 5), arrow);
}

} // namespace gw::ui

#include "ui/inspector/node_tree.h"

#include "ui/inspector/code_source.h"
#include "ui/inspector/coverage_bar.h"

#include <QHeaderView>
#include <QLocale>
#include <QPainter>
#include <QStyledItemDelegate>

namespace gw::ui {

namespace {

using inspect::noNode;
using inspect::NodeIndex;
using inspect::NodeKind;

constexpr std::size_t longestValue = 300;
constexpr int shadeRole = Qt::UserRole + 1;

bool blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == std::string_view::npos; }

QString bounded(std::string_view text) {
    const bool cut = text.size() > longestValue;
    return shownText(text.substr(0, longestValue)).simplified() + (cut ? QString(QChar(0x2026)) : QString());
}

// The square of coverage before its words.
class CoverageDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override {
        QStyledItemDelegate::initStyleOption(option, index);
        if (!index.data(shadeRole).isValid()) return;
        const int packed = index.data(shadeRole).toInt();
        const ShadeRun run{{}, static_cast<Shade>(packed & 0xFF), static_cast<Mark>((packed >> 8) & 0xFF), (packed >> 16) != 0};
        const qreal ratio = option->widget != nullptr ? option->widget->devicePixelRatioF() : 1;
        QPixmap square(QSize(12, 12) * ratio);
        square.setDevicePixelRatio(ratio);
        square.fill(Qt::transparent);
        QPainter painter(&square);
        paintCoverageSquare(painter, QRectF(1, 1, 9, 9), run, Theme::of(nullptr));
        painter.end();
        option->features |= QStyleOptionViewItem::HasDecoration;
        option->decorationSize = {12, 12};
        option->icon = QIcon(square);
    }
};

} // namespace

NodeOutline NodeOutline::of(const inspect::SourceTree& tree) {
    NodeOutline outline;
    const auto& nodes = tree.nodes();
    outline.children.resize(nodes.size() + 1);
    outline.row.resize(nodes.size());
    for (NodeIndex at = 0; at < nodes.size(); ++at) {
        const auto& node = nodes[at];
        if (node.kind == NodeKind::Text) {
            // Text beside elements stands for itself, unless it only indents.
            const bool alone = node.parent != noNode && tree.firstElement(node.parent) == noNode;
            if (alone || blank(tree.text(node.whole))) continue;
        }
        auto& siblings = outline.children[node.parent == noNode ? nodes.size() : node.parent];
        outline.row[at] = static_cast<std::uint32_t>(siblings.size());
        siblings.push_back(at);
    }
    return outline;
}

void NodeTreeModel::setDocument(NodeDocument document) {
    beginResetModel();
    document_ = std::move(document);
    endResetModel();
}

inspect::Range NodeTreeModel::rangeOf(const QModelIndex& index) const {
    return index.isValid() && document_.tree != nullptr ? document_.tree->node(static_cast<NodeIndex>(index.internalId())).whole : inspect::Range{};
}

const std::vector<NodeIndex>& NodeTreeModel::below(const QModelIndex& parent) const {
    static const std::vector<NodeIndex> none;
    if (document_.outline == nullptr) return none;
    return parent.isValid() ? document_.outline->children[static_cast<std::size_t>(parent.internalId())] : document_.outline->children.back();
}

QModelIndex NodeTreeModel::index(int row, int column, const QModelIndex& parent) const {
    const auto& nodes = below(parent);
    if (row < 0 || column < 0 || column >= ColumnCount || static_cast<std::size_t>(row) >= nodes.size()) return {};
    return createIndex(row, column, static_cast<quintptr>(nodes[static_cast<std::size_t>(row)]));
}

QModelIndex NodeTreeModel::parent(const QModelIndex& index) const {
    if (!index.isValid() || document_.tree == nullptr) return {};
    const NodeIndex up = document_.tree->node(static_cast<NodeIndex>(index.internalId())).parent;
    return up == noNode ? QModelIndex() : createIndex(static_cast<int>(document_.outline->row[up]), 0, static_cast<quintptr>(up));
}

int NodeTreeModel::rowCount(const QModelIndex& parent) const { return parent.column() > 0 ? 0 : static_cast<int>(below(parent).size()); }

int NodeTreeModel::columnCount(const QModelIndex&) const { return ColumnCount; }

QString NodeTreeModel::nodeText(NodeIndex at) const {
    const auto& node = document_.tree->node(at);
    switch (node.kind) {
    case NodeKind::Element: return bounded(document_.tree->text(node.name));
    case NodeKind::Text: return tr("text");
    case NodeKind::CData: return tr("CDATA section");
    case NodeKind::Comment: return tr("comment");
    case NodeKind::Instruction: return tr("processing instruction");
    case NodeKind::Doctype: return tr("document type");
    }
    return {};
}

QString NodeTreeModel::valueText(NodeIndex at) const {
    const auto& node = document_.tree->node(at);
    if (node.kind != NodeKind::Element) return bounded(document_.tree->text(node.whole));
    QStringList parts;
    for (const auto& attribute : document_.tree->attributes(at)) parts.append(bounded(document_.tree->text(attribute.whole)));
    if (document_.tree->firstElement(at) == noNode) {
        const std::string content = document_.tree->content(at);
        if (!blank(content)) parts.append(bounded(content));
    }
    return parts.join(QStringLiteral("  "));
}

QVariant NodeTreeModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || document_.tree == nullptr) return {};
    const auto at = static_cast<NodeIndex>(index.internalId());
    const auto& node = document_.tree->node(at);
    if (role == Qt::TextAlignmentRole) return QVariant::fromValue(index.column() == Octets ? Qt::AlignRight | Qt::AlignVCenter : Qt::AlignLeft | Qt::AlignVCenter);
    if (role == shadeRole && index.column() == Coverage) {
        const ShadeRun run = document_.shading->at(node.whole.begin);
        return static_cast<int>(run.shade) | static_cast<int>(run.mark) << 8 | (run.hostile ? 1 << 16 : 0);
    }
    if (role == Qt::FontRole && index.column() != Coverage && index.column() != Octets) return Theme::of(nullptr).font(TextStyle::Code);
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole && role != Qt::AccessibleTextRole) return {};
    switch (index.column()) {
    case Node: return nodeText(at);
    case Value: return valueText(at);
    case Octets: return QLocale().toString(node.whole.size());
    case Coverage: return wordsOf(document_.shading->at(node.whole.begin));
    default: return {};
    }
}

QVariant NodeTreeModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    switch (section) {
    case Node: return tr("Node");
    case Value: return tr("Attributes and value");
    case Octets: return tr("Octets");
    case Coverage: return tr("Coverage");
    default: return {};
    }
}

NodeTree::NodeTree(QWidget* parent) : QTreeView(parent), model_(new NodeTreeModel(this)) {
    setModel(model_);
    setFrameShape(QFrame::NoFrame);
    setUniformRowHeights(true);
    setIndentation(16);
    setAccessibleName(tr("Every node of the document"));
    setItemDelegateForColumn(NodeTreeModel::Coverage, new CoverageDelegate(this));
    setTextElideMode(Qt::ElideRight);
    header()->setStretchLastSection(false);
    header()->setSectionResizeMode(NodeTreeModel::Value, QHeaderView::Stretch);
    header()->resizeSection(NodeTreeModel::Node, 220);
    header()->resizeSection(NodeTreeModel::Octets, 64);
    header()->resizeSection(NodeTreeModel::Coverage, 150);
    header()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    connect(this, &QTreeView::activated, this, [this](const QModelIndex& index) { Q_EMIT picked(model_->rangeOf(index)); });
    connect(&Theme::of(this), &Theme::changed, viewport(), qOverload<>(&QWidget::update));
}

void NodeTree::setDocument(NodeDocument document) {
    model_->setDocument(std::move(document));
    expandToDepth(1);
}

} // namespace gw::ui

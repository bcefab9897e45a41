#include "ui/shell/palette_list.h"

#include "ui/style/paint.h"

#include <QFontMetrics>
#include <QPainter>

#include <algorithm>

namespace gw::ui {
namespace {

constexpr int rowHeight = 36;
constexpr int headingHeight = 30;
constexpr int side = 10;

// Runs of letters with one look, drawn one after the other. Returns the width.
int paintMatched(QPainter& painter, const QRect& area, const QString& text, const std::vector<qsizetype>& positions,
                 const QColor& ink, const QColor& marked, const Theme& theme) {
    int x = area.left();
    for (qsizetype at = 0; at < text.size() && x < area.right();) {
        const bool hit = std::binary_search(positions.begin(), positions.end(), at);
        qsizetype end = at + 1;
        while (end < text.size() && std::binary_search(positions.begin(), positions.end(), end) == hit) ++end;
        QFont font = theme.font(hit ? TextStyle::Strong : TextStyle::Body);
        font.setUnderline(hit);
        painter.setFont(font);
        painter.setPen(hit ? marked : ink);
        const QString run = text.mid(at, end - at);
        painter.drawText(QRect(x, area.top(), area.right() - x, area.height()), int(Qt::AlignVCenter | Qt::AlignLeft), run);
        x += painter.fontMetrics().horizontalAdvance(run);
        at = end;
    }
    return x - area.left();
}

} // namespace

void PaletteModel::setItems(std::vector<PaletteItem> items, std::vector<PaletteFinder> finders) {
    beginResetModel();
    items_ = std::move(items);
    listed_ = items_.size();
    finders_ = std::move(finders);
    matches_.clear();
    rows_.clear();
    endResetModel();
}

void PaletteModel::search(const QString& query, const QString& kind) {
    beginResetModel();
    items_.resize(listed_);
    if (!query.trimmed().isEmpty())
        for (const PaletteFinder& finder : finders_)
            for (PaletteItem& item : finder(query)) items_.push_back(std::move(item));
    matches_ = searchPalette(query, kind, items_);
    rows_.clear();
    QString heading;
    for (std::size_t i = 0; i < matches_.size(); ++i) {
        const QString& its = items_[matches_[i].item].kind;
        if (i == 0 || its != heading) rows_.push_back({its, 0});
        heading = its;
        rows_.push_back({{}, i});
    }
    endResetModel();
}

QStringList PaletteModel::kinds() const {
    QStringList result;
    for (const PaletteItem& item : items_) {
        if (!result.contains(item.kind)) result.append(item.kind);
    }
    return result;
}

const PaletteMatch* PaletteModel::match(int row) const {
    if (row < 0 || row >= static_cast<int>(rows_.size())) return nullptr;
    const Row& entry = rows_[static_cast<std::size_t>(row)];
    return entry.heading.isEmpty() ? &matches_[entry.match] : nullptr;
}

const PaletteItem* PaletteModel::item(int row) const {
    const PaletteMatch* found = match(row);
    return found != nullptr ? &items_[found->item] : nullptr;
}

int PaletteModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

QVariant PaletteModel::data(const QModelIndex& index, int role) const {
    const PaletteItem* entry = item(index.row());
    if (entry == nullptr) {
        if (!index.isValid() || (role != Qt::DisplayRole && role != HeadingRole)) return {};
        return rows_[static_cast<std::size_t>(index.row())].heading;
    }
    switch (role) {
    case Qt::DisplayRole:
        return entry->title;
    case IdRole:
        return entry->id;
    case Qt::AccessibleTextRole:
        return entry->detail.isEmpty() ? entry->title : entry->title + QStringLiteral(", ") + entry->detail;
    case Qt::AccessibleDescriptionRole:
        return entry->availability.reason;
    default:
        return {};
    }
}

Qt::ItemFlags PaletteModel::flags(const QModelIndex& index) const {
    return item(index.row()) != nullptr ? Qt::ItemIsSelectable | Qt::ItemIsEnabled : Qt::NoItemFlags;
}

PaletteDelegate::PaletteDelegate(const PaletteModel& model, QObject* parent) : QStyledItemDelegate(parent), model_(model) {}

QSize PaletteDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const {
    return {0, model_.item(index.row()) != nullptr ? rowHeight : headingHeight};
}

void PaletteDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const Theme& theme = Theme::of(option.widget);
    const PaletteItem* item = model_.item(index.row());
    painter->save();
    if (item == nullptr) {
        painter->setFont(theme.font(TextStyle::Caption));
        painter->setPen(theme.color(Color::TextTertiary));
        painter->drawText(option.rect.adjusted(side, 0, -side, -2), int(Qt::AlignLeft | Qt::AlignBottom),
                          index.data().toString());
        painter->restore();
        return;
    }
    const bool usable = item->availability.available;
    if (option.state & QStyle::State_Selected) {
        paintPanel(*painter, QRectF(option.rect), theme.color(Color::BgSelected), {}, radius::control);
    } else if (option.state & QStyle::State_MouseOver) {
        paintPanel(*painter, QRectF(option.rect), theme.color(Color::BgHover), {}, radius::control);
    }
    QRect area = option.rect.adjusted(side, 0, -side, 0);
    const QColor quiet = theme.color(Color::TextTertiary);
    painter->drawPixmap(area.left(), area.center().y() - size::icon / 2 + 1,
                        iconPixmap(item->icon, size::icon, usable ? theme.color(Color::TextSecondary) : quiet,
                                   painter->device()->devicePixelRatio()));
    area.setLeft(area.left() + size::icon + space::s3);

    const QString right = usable ? item->key : item->availability.reason;
    if (!usable) {
        painter->setFont(theme.font(TextStyle::Small));
        painter->setPen(quiet);
        const int width = std::min(painter->fontMetrics().horizontalAdvance(right) + 1, area.width() / 2);
        painter->drawText(QRect(area.right() - width, area.top(), width, area.height()), int(Qt::AlignVCenter | Qt::AlignRight),
                          painter->fontMetrics().elidedText(right, Qt::ElideRight, width));
        area.setRight(area.right() - width - space::s3);
    } else if (!right.isEmpty()) {
        const QStringList keys = right.split(QLatin1Char(' '));
        for (qsizetype i = keys.size() - 1; i >= 0; --i) {
            area.setRight(area.right() - paintKeyCap(*painter, area.right(), area.center().y() + 1, keys[i], theme) - space::s1);
        }
    }
    const int used = paintMatched(*painter, area, item->title, model_.match(index.row())->positions,
                                  usable ? theme.color(Color::TextPrimary) : quiet, theme.color(Color::AccentText), theme);
    if (!item->detail.isEmpty()) {
        area.setLeft(area.left() + used + space::s3);
        painter->setFont(theme.font(TextStyle::Small));
        painter->setPen(quiet);
        painter->drawText(area, int(Qt::AlignVCenter | Qt::AlignLeft),
                          painter->fontMetrics().elidedText(item->detail, Qt::ElideRight, area.width()));
    }
    painter->restore();
}

} // namespace gw::ui

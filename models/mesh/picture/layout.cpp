// Where everything lies: columns are given, accounts are bands below one another; within a band the order of each column follows
// the middle of its neighbours' places, back and forth, and places come as near to that as order and distances allow.
#include "models/mesh/picture/drawing.h"
#include "models/mesh/picture/look.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>

namespace gw::mesh {
namespace {

constexpr double margin = 24, nodeGap = 14, passHeight = 4, passGap = 7;
constexpr double bandHeader = 40, bandPadding = 16, bandGap = 20, headings = 40;
constexpr double frameTop = 12, frameBottom = 30, framePadding = 10;
constexpr int sweeps = 16, pulls = 6;
// Of nodes in one column of a band: with more, cards are one line high.
constexpr std::size_t mostTall = 60;

// A node, or the place where an edge passes a column.
struct Item {
    std::size_t node = npos; // npos: it passes
    std::size_t edge = 0, pass = 0;
    std::size_t column = 0, band = 0;
    std::size_t frame = npos; // of its band and column
    double height = 0, y = 0, wish = 0;
    std::vector<std::size_t> left, right; // neighbours
    static constexpr std::size_t npos = static_cast<std::size_t>(-1);
};

class Layout {
public:
    explicit Layout(Drawing& drawing) : drawing_(drawing) {}
    void run();

private:
    void makeItems();
    void makeColumns();
    void order();
    void sortColumn(std::vector<std::size_t>& column, bool byLeft);
    void stack(std::vector<std::size_t>& column);
    void pull(std::vector<std::size_t>& column, double least);
    [[nodiscard]] std::vector<double> offsets(const std::vector<std::size_t>& column) const;
    [[nodiscard]] double middleOf(const std::vector<std::size_t>& neighbours) const;
    void placeBands();
    void placeFrames();
    void placePorts();
    [[nodiscard]] double xOf(std::size_t column) const {
        return margin + 12 + static_cast<double>(column) * (cardWidth + columnGap);
    }

    Drawing& drawing_;
    std::vector<Item> items_;
    std::vector<std::size_t> itemOf_; // of each node
    // The first column is one for all; others are one for each band.
    std::vector<std::vector<std::size_t>> columns_;
    std::vector<std::string> frames_;
};

void Layout::makeItems() {
    std::map<std::pair<std::size_t, std::size_t>, std::size_t> crowd;
    for (const PictureNode& node : drawing_.nodes)
        ++crowd[{static_cast<std::size_t>(node.column), node.column == PictureColumn::People ? 0 : node.band}];
    std::map<std::pair<std::size_t, std::string>, std::size_t> frames;
    for (std::size_t i = 0; i < drawing_.nodes.size(); ++i) {
        PictureNode& node = drawing_.nodes[i];
        Item item;
        item.node = i;
        item.column = static_cast<std::size_t>(node.column);
        item.band = node.column == PictureColumn::People ? 0 : node.band;
        node.width = cardWidth;
        node.height = crowd[{item.column, item.band}] > mostTall ? 26 : look::nodeHeight;
        item.height = node.height;
        if (!node.frame.empty()) {
            const auto [found, added] = frames.emplace(std::pair(node.band, node.frame), frames_.size());
            if (added) frames_.push_back(node.frame);
            item.frame = found->second;
        }
        itemOf_.push_back(items_.size());
        items_.push_back(std::move(item));
    }
    for (std::size_t i = 0; i < drawing_.edges.size(); ++i) {
        PictureEdge& edge = drawing_.edges[i];
        const std::size_t from = static_cast<std::size_t>(drawing_.nodes[edge.from].column),
                          to = static_cast<std::size_t>(drawing_.nodes[edge.to].column);
        std::size_t last = itemOf_[edge.from];
        // Backwards and within a column there is nothing to pass.
        if (from >= to) continue;
        const std::size_t band =
            drawing_.nodes[drawing_.nodes[edge.from].column == PictureColumn::People ? edge.to : edge.from].band;
        for (std::size_t column = from + 1; column < to; ++column) {
            Item item;
            item.edge = i;
            item.pass = edge.passes.size();
            item.column = column;
            item.band = band;
            item.height = passHeight;
            edge.passes.emplace_back();
            items_[last].right.push_back(items_.size());
            item.left.push_back(last);
            last = items_.size();
            items_.push_back(std::move(item));
        }
        items_[last].right.push_back(itemOf_[edge.to]);
        items_[itemOf_[edge.to]].left.push_back(last);
    }
}

void Layout::makeColumns() {
    columns_.resize(1 + drawing_.bands.size() * (pictureColumns - 1));
    for (std::size_t i = 0; i < items_.size(); ++i)
        columns_[items_[i].column == 0 ? 0 : 1 + items_[i].band * (pictureColumns - 1) + items_[i].column - 1].push_back(i);
}

double Layout::middleOf(const std::vector<std::size_t>& neighbours) const {
    double sum = 0;
    for (const std::size_t each : neighbours) sum += items_[each].y + items_[each].height / 2;
    return sum / static_cast<double>(neighbours.size());
}

// Members of a frame stay together, at the middle of them all.
void Layout::sortColumn(std::vector<std::size_t>& column, bool byLeft) {
    std::map<std::size_t, std::pair<double, double>> frames;
    for (const std::size_t each : column) {
        Item& item = items_[each];
        const auto& first = byLeft ? item.left : item.right;
        item.wish = first.empty() ? item.y + item.height / 2 : middleOf(first);
        if (item.frame == Item::npos) continue;
        frames[item.frame].first += item.wish;
        frames[item.frame].second += 1;
    }
    const auto key = [&](std::size_t each) {
        const Item& item = items_[each];
        if (item.frame == Item::npos) return std::tuple(item.wish, Item::npos, item.wish, each);
        const auto& [sum, count] = frames[item.frame];
        return std::tuple(sum / count, item.frame, item.wish, each);
    };
    std::sort(column.begin(), column.end(), [&](std::size_t a, std::size_t b) { return key(a) < key(b); });
}

// The distance of each item's top from the first one's, packed as close as may be.
std::vector<double> Layout::offsets(const std::vector<std::size_t>& column) const {
    std::vector<double> all;
    double y = 0;
    std::size_t frame = Item::npos;
    for (std::size_t i = 0; i < column.size(); ++i) {
        const Item& item = items_[column[i]];
        if (item.frame != frame) {
            if (frame != Item::npos) y += frameBottom;
            if (item.frame != Item::npos) y += frameTop;
            frame = item.frame;
        }
        all.push_back(y);
        const bool passes = item.node == Item::npos,
                   nextPasses = i + 1 < column.size() && items_[column[i + 1]].node == Item::npos;
        y += item.height + (passes && nextPasses ? passGap : item.height < look::nodeHeight && !passes ? 6 : nodeGap);
    }
    return all;
}

void Layout::stack(std::vector<std::size_t>& column) {
    const std::vector<double> at = offsets(column);
    for (std::size_t i = 0; i < column.size(); ++i) items_[column[i]].y = at[i];
}

// As near to the middle of all neighbours as the order allows: isotonic regression by pooling of what violates it.
void Layout::pull(std::vector<std::size_t>& column, double least) {
    if (column.empty()) return;
    const std::vector<double> at = offsets(column);
    struct Pool {
        double sum = 0, count = 0;
        [[nodiscard]] double mean() const { return sum / count; }
    };
    std::vector<Pool> pools;
    for (std::size_t i = 0; i < column.size(); ++i) {
        const Item& item = items_[column[i]];
        double sum = 0, count = 0;
        for (const auto* side : {&item.left, &item.right})
            for (const std::size_t each : *side) {
                sum += items_[each].y + items_[each].height / 2;
                count += 1;
            }
        const double wish = count == 0 ? item.y : sum / count - item.height / 2;
        pools.push_back({wish - at[i], 1});
        while (pools.size() > 1 && pools[pools.size() - 2].mean() > pools.back().mean()) {
            const Pool last = pools.back();
            pools.pop_back();
            pools.back().sum += last.sum;
            pools.back().count += last.count;
        }
    }
    std::size_t i = 0;
    for (const Pool& pool : pools)
        for (int n = 0; n < static_cast<int>(pool.count); ++n, ++i) items_[column[i]].y = std::max(pool.mean(), least) + at[i];
}

// In coordinates of their own, bands lie below one another from the start, so that the people's column finds its order.
void Layout::order() {
    const auto restack = [&] {
        double top = 0;
        for (std::size_t band = 0; band < drawing_.bands.size(); ++band) {
            double height = 0;
            for (std::size_t c = 0; c + 1 < pictureColumns; ++c) {
                std::vector<std::size_t>& column = columns_[1 + band * (pictureColumns - 1) + c];
                stack(column);
                for (const std::size_t each : column) {
                    height = std::max(height, items_[each].y + items_[each].height);
                    items_[each].y += top;
                }
            }
            top += height + bandGap;
        }
        stack(columns_[0]);
    };
    restack();
    for (int sweep = 0; sweep < sweeps; ++sweep) {
        const bool forth = sweep % 2 == 0;
        const auto sortRank = [&](std::size_t rank) {
            if (rank == 0) {
                sortColumn(columns_[0], false);
            } else {
                for (std::size_t band = 0; band < drawing_.bands.size(); ++band)
                    sortColumn(columns_[1 + band * (pictureColumns - 1) + rank - 1], forth);
            }
            restack();
        };
        if (forth)
            for (std::size_t rank = 1; rank < pictureColumns; ++rank) sortRank(rank);
        else
            for (std::size_t rank = pictureColumns; rank-- > 0;) sortRank(rank);
    }
}

void Layout::placeBands() {
    double top = headings + margin;
    for (std::size_t band = 0; band < drawing_.bands.size(); ++band) {
        // From zero on, then all of it down to where the band begins.
        double from = 0;
        bool any = false;
        for (std::size_t c = 0; c + 1 < pictureColumns; ++c)
            for (const std::size_t each : columns_[1 + band * (pictureColumns - 1) + c]) {
                from = any ? std::min(from, items_[each].y) : items_[each].y;
                any = true;
            }
        const double first = top + bandHeader + bandPadding;
        for (std::size_t c = 0; c + 1 < pictureColumns; ++c)
            for (const std::size_t each : columns_[1 + band * (pictureColumns - 1) + c]) items_[each].y += first - from;
        for (int i = 0; i < pulls; ++i)
            for (std::size_t c = 0; c + 1 < pictureColumns; ++c) {
                const std::size_t rank = i % 2 == 0 ? c : pictureColumns - 2 - c;
                std::vector<std::size_t>& column = columns_[1 + band * (pictureColumns - 1) + rank];
                const bool framed = !column.empty() && items_[column.front()].frame != Item::npos;
                pull(column, first + (framed ? 0 : 0));
            }
        double bottom = first;
        for (std::size_t c = 0; c + 1 < pictureColumns; ++c)
            for (const std::size_t each : columns_[1 + band * (pictureColumns - 1) + c]) {
                const Item& item = items_[each];
                bottom = std::max(bottom, item.y + item.height + (item.frame == Item::npos ? 0 : frameBottom - 4));
            }
        drawing_.bands[band].y = top;
        drawing_.bands[band].height = bottom - top + bandPadding;
        top += drawing_.bands[band].height + bandGap;
    }
    const double first = headings + margin + bandPadding;
    for (int i = 0; i < 2; ++i) pull(columns_[0], first);
    double bottom = top - bandGap;
    for (const std::size_t each : columns_[0]) bottom = std::max(bottom, items_[each].y + items_[each].height + bandPadding);
    drawing_.peopleY = headings + margin;
    drawing_.peopleHeight = std::max(0.0, bottom - drawing_.peopleY);
    drawing_.height = bottom + margin;
    drawing_.width = xOf(pictureColumns - 1) + cardWidth + 12 + margin;
    for (const Item& item : items_) {
        if (item.node != Item::npos) {
            drawing_.nodes[item.node].x = xOf(item.column);
            drawing_.nodes[item.node].y = std::round(item.y);
        } else {
            drawing_.edges[item.edge].passes[item.pass] = {xOf(item.column), std::round(item.y + item.height / 2)};
        }
    }
}

void Layout::placeFrames() {
    std::map<std::size_t, std::size_t> places;
    for (const Item& item : items_) {
        if (item.frame == Item::npos) continue;
        const PictureNode& node = drawing_.nodes[item.node];
        const auto [found, added] = places.emplace(item.frame, drawing_.frames.size());
        if (added)
            drawing_.frames.push_back(
                {frames_[item.frame], node.x - framePadding, node.y - frameTop + 2, node.width + 2 * framePadding, 0});
        PictureFrame& frame = drawing_.frames[found->second];
        const double bottom = std::max(frame.y + frame.height, node.y + node.height + frameBottom - 6);
        frame.y = std::min(frame.y, node.y - frameTop + 2);
        frame.height = bottom - frame.y;
    }
}

// Along a side in the order of the other ends, so that edges do not cross right where they begin.
void Layout::placePorts() {
    struct Port {
        std::size_t edge = 0;
        bool from = false;
        double other = 0;
    };
    std::vector<std::array<std::vector<Port>, 2>> sides(drawing_.nodes.size()); // left, right
    for (std::size_t i = 0; i < drawing_.edges.size(); ++i) {
        const PictureEdge& edge = drawing_.edges[i];
        const PictureNode &from = drawing_.nodes[edge.from], &to = drawing_.nodes[edge.to];
        const double fromMiddle = from.y + from.height / 2, toMiddle = to.y + to.height / 2;
        const bool back = from.column > to.column, same = from.column == to.column;
        sides[edge.from][back ? 0 : 1].push_back({i, true, edge.passes.empty() ? toMiddle : edge.passes.front().second});
        sides[edge.to][back || same ? 1 : 0].push_back({i, false, edge.passes.empty() ? fromMiddle : edge.passes.back().second});
    }
    for (std::size_t n = 0; n < sides.size(); ++n)
        for (auto& ports : sides[n]) {
            std::stable_sort(ports.begin(), ports.end(), [](const Port& a, const Port& b) { return a.other < b.other; });
            const PictureNode& node = drawing_.nodes[n];
            const double room = node.height * 0.68, count = static_cast<double>(ports.size());
            const double step = ports.size() < 2 ? 0 : std::min(9.0, room / (count - 1));
            for (std::size_t i = 0; i < ports.size(); ++i) {
                const double y = node.y + node.height / 2 + (static_cast<double>(i) - (count - 1) / 2) * step;
                (ports[i].from ? drawing_.edges[ports[i].edge].fromY : drawing_.edges[ports[i].edge].toY) = y;
            }
        }
}

void Layout::run() {
    makeItems();
    makeColumns();
    order();
    placeBands();
    placeFrames();
    placePorts();
}

} // namespace

void layOut(Drawing& drawing) {
    Layout(drawing).run();
}

} // namespace gw::mesh

#include "models/mesh/picture/drawing.h"
#include "models/mesh/picture/look.h"
#include "models/mesh/picture/text_width.h"
#include "saml/base/markup.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace gw::mesh {
namespace {

struct Point {
    double x = 0, y = 0;
};

// Texts that fall on one another are left out; whoever looks for them finds them in the edge's title.
struct Area {
    double x = 0, y = 0, width = 0, height = 0;
    [[nodiscard]] bool meets(const Area& other) const {
        return x < other.x + other.width && other.x < x + width && y < other.y + other.height && other.y < y + height;
    }
};

std::string number(double value) {
    std::array<char, 32> text{};
    const double rounded = std::round(value * 10) / 10;
    const int size = std::snprintf(text.data(), text.size(), rounded == std::floor(rounded) ? "%.0f" : "%.1f", rounded);
    return {text.data(), static_cast<std::size_t>(std::max(size, 0))};
}

// A control character has no place in XML.
std::string escaped(std::string text) {
    std::replace_if(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, '?');
    return escapedMarkup(text);
}

std::string_view iconOf(const PictureNode& node) {
    switch (node.kind) {
    case NodeKind::Group:
        return look::groupIcon;
    case NodeKind::Claim:
        return look::claimIcon;
    case NodeKind::Person:
        return look::personIcon;
    case NodeKind::Role:
        return look::roleIcon;
    case NodeKind::Workload:
        return look::containerIcon;
    case NodeKind::Service:
        return look::processIcon;
    case NodeKind::Account:
        return look::accountIcon;
    case NodeKind::Anyone:
        return look::globeIcon;
    case NodeKind::Route:
        return look::routeIcon;
    case NodeKind::MeshService:
        return look::virtualServiceIcon;
    case NodeKind::Function:
        return look::functionIcon;
    case NodeKind::Task:
        return look::taskIcon;
    default:
        break;
    }
    return look::policyIcon;
}

class Writer {
public:
    Writer(const Drawing& drawing, const PictureSettings& settings)
        : drawing_(drawing), settings_(settings), ink_(settings.dark ? look::dark : look::light) {}
    std::string run();

private:
    struct Curve {
        Point from, a, b, to;
        [[nodiscard]] Point at(double t) const;
    };
    void heading();
    void bands();
    void edge(const PictureEdge& edge);
    void node(const PictureNode& node);
    void label(const PictureEdge& edge);
    void legend();
    void text(double x, double y, std::string_view words, std::string_view colour, int size, bool strong = false,
              std::string_view anchor = {});
    void icon(std::string_view body, double x, double y, double size, std::string_view colour);
    void head(const PictureEdge& edge, Point tip, bool toLeft);
    [[nodiscard]] std::vector<Curve> curvesOf(const PictureEdge& edge) const;
    [[nodiscard]] std::string_view colourOf(EdgeStyle style) const;
    [[nodiscard]] static std::string_view dashOf(EdgeStyle style);

    const Drawing& drawing_;
    const PictureSettings& settings_;
    const look::Palette& ink_;
    std::string out_;
    std::vector<std::vector<Area>> rows_;
    static constexpr double rowHeight = 64;
    [[nodiscard]] bool take(const Area& area);
    void block(const Area& area);
};

Point Writer::Curve::at(double t) const {
    const double s = 1 - t;
    const auto mix = [&](double p0, double p1, double p2, double p3) {
        return s * s * s * p0 + 3 * s * s * t * p1 + 3 * s * t * t * p2 + t * t * t * p3;
    };
    return {mix(from.x, a.x, b.x, to.x), mix(from.y, a.y, b.y, to.y)};
}

void Writer::block(const Area& area) {
    const auto first = static_cast<std::size_t>(std::max(0.0, area.y / rowHeight)),
               last = static_cast<std::size_t>(std::max(0.0, (area.y + area.height) / rowHeight));
    if (rows_.size() <= last) rows_.resize(last + 1);
    for (std::size_t row = first; row <= last; ++row) rows_[row].push_back(area);
}

bool Writer::take(const Area& area) {
    const auto first = static_cast<std::size_t>(std::max(0.0, area.y / rowHeight)),
               last = static_cast<std::size_t>(std::max(0.0, (area.y + area.height) / rowHeight));
    for (std::size_t row = first; row <= last && row < rows_.size(); ++row)
        if (std::any_of(rows_[row].begin(), rows_[row].end(), [&](const Area& each) { return each.meets(area); })) return false;
    block(area);
    return true;
}

std::string_view Writer::colourOf(EdgeStyle style) const {
    switch (style) {
    case EdgeStyle::Depends:
        return ink_.dependsMark;
    case EdgeStyle::Denied:
        return ink_.deniedMark;
    case EdgeStyle::NotHeld:
    case EdgeStyle::Escalation:
        return ink_.expiringMark;
    case EdgeStyle::Expired:
        return ink_.mapEdgeDim;
    case EdgeStyle::Allowed:
    case EdgeStyle::Serves:
        break;
    }
    return ink_.mapEdge;
}

std::string_view Writer::dashOf(EdgeStyle style) {
    switch (style) {
    case EdgeStyle::Depends:
        return "5 3";
    case EdgeStyle::NotHeld:
        return "1.5 4";
    case EdgeStyle::Escalation:
        return "7 4";
    case EdgeStyle::Expired:
        return "2 3";
    default:
        break;
    }
    return {};
}

void Writer::text(double x, double y, std::string_view words, std::string_view colour, int size, bool strong,
                  std::string_view anchor) {
    out_ += "<text x=\"" + number(x) + "\" y=\"" + number(y) + "\" fill=\"" + std::string(colour) + "\" font-size=\"" +
            std::to_string(size) + "\"";
    if (strong) out_ += " font-weight=\"600\"";
    if (!anchor.empty()) out_ += " text-anchor=\"" + std::string(anchor) + "\"";
    out_ += ">" + escaped(std::string(words)) + "</text>\n";
}

void Writer::icon(std::string_view body, double x, double y, double size, std::string_view colour) {
    std::string own(body);
    for (std::size_t at = 0; (at = own.find("currentColor", at)) != std::string::npos;) own.replace(at, 12, colour);
    out_ += "<g transform=\"translate(" + number(x) + " " + number(y) + ") scale(" + std::to_string(size / 24).substr(0, 6) +
            ")\" fill=\"none\" stroke=\"" + std::string(colour) +
            "\" stroke-width=\"1.75\" stroke-linecap=\"round\" stroke-linejoin=\"round\">" + own + "</g>\n";
}

void Writer::heading() {
    static constexpr std::array<std::string_view, pictureColumns> names{"Groups and claims", "Roles", "Gateway routes",
                                                                        "Mesh services", "Workloads"};
    for (std::size_t column = 0; column < pictureColumns; ++column) {
        const double x = 24 + 12 + static_cast<double>(column) * (cardWidth + columnGap);
        text(x, 34, names[column], ink_.textSecondary, 12, true);
    }
}

void Writer::bands() {
    const auto box = [&](double x, double y, double width, double height) {
        out_ += "<rect x=\"" + number(x) + "\" y=\"" + number(y) + "\" width=\"" + number(width) + "\" height=\"" +
                number(height) + "\" rx=\"" + std::to_string(look::groupRadius) + "\" fill=\"" + std::string(ink_.mapGroup) +
                "\" stroke=\"" + std::string(ink_.mapGroupBorder) + "\"/>\n";
    };
    if (drawing_.peopleHeight > 0) box(24, drawing_.peopleY, cardWidth + 24, drawing_.peopleHeight);
    const double left = 24 + cardWidth + 24 + 54;
    for (const PictureBand& band : drawing_.bands) {
        box(left, band.y, drawing_.width - 24 - left, band.height);
        // Above the roles: what comes from the left stays clear of it.
        double x = 24 + 12 + cardWidth + columnGap;
        const double y = band.y + 25;
        block({x, band.y + 8, 360, 24});
        const std::string_view environment = estate::environmentName(band.environment);
        if (!environment.empty()) {
            const std::string_view colour = band.environment == estate::Environment::Prod    ? ink_.envProdText
                                            : band.environment == estate::Environment::Stage ? ink_.envStageText
                                            : band.environment == estate::Environment::Dev   ? ink_.envDevText
                                                                                             : ink_.envSharedText;
            const std::string at = number(x + 4);
            if (band.environment == estate::Environment::Prod)
                out_ += "<path d=\"M" + at + " " + number(y - 9) + "l5 5l-5 5l-5 -5z\" fill=\"" + std::string(colour) + "\"/>\n";
            else
                out_ += "<circle cx=\"" + at + "\" cy=\"" + number(y - 4) + "\" r=\"4\" fill=\"none\" stroke=\"" +
                        std::string(colour) + "\" stroke-width=\"2\"/>\n";
            text(x + 14, y, environment, colour, 12, true);
            x += 24 + textWidth(environment, 12, true);
        }
        const std::string name = band.name.empty() ? band.account.empty() ? "No account" : "Account" : band.name;
        text(x, y, name, ink_.textPrimary, 13, true);
        if (!band.account.empty()) text(x + textWidth(name, 13, true) + 12, y, band.account, ink_.textTertiary, 12);
    }
    for (const PictureFrame& frame : drawing_.frames) {
        out_ += "<rect x=\"" + number(frame.x) + "\" y=\"" + number(frame.y) + "\" width=\"" + number(frame.width) +
                "\" height=\"" + number(frame.height) + "\" rx=\"8\" fill=\"none\" stroke=\"" + std::string(ink_.mapNodeBorder) +
                "\" stroke-dasharray=\"4 3\"/>\n";
        icon(look::gatewayIcon, frame.x + 10, frame.y + frame.height - 20, 14, ink_.textTertiary);
        text(frame.x + 29, frame.y + frame.height - 9, elided(frame.name, 12, false, frame.width - 40), ink_.textSecondary, 12);
    }
}

std::vector<Writer::Curve> Writer::curvesOf(const PictureEdge& edge) const {
    const PictureNode &from = drawing_.nodes[edge.from], &to = drawing_.nodes[edge.to];
    const Point begin{from.column > to.column ? from.x : from.x + from.width, edge.fromY};
    if (from.column == to.column) {
        const Point end{to.x + to.width, edge.toY};
        const double bulge = std::min(88.0, 34 + std::abs(end.y - begin.y) / 12);
        return {{begin, {begin.x + bulge, begin.y}, {end.x + bulge, end.y}, end}};
    }
    if (from.column > to.column) {
        const Point end{to.x + to.width, edge.toY};
        const double half = (begin.x - end.x) / 2;
        return {{begin, {begin.x - half, begin.y}, {end.x + half, end.y}, end}};
    }
    std::vector<Curve> curves;
    Point at = begin;
    const auto go = [&](Point next) {
        const double half = (next.x - at.x) / 2;
        curves.push_back({at, {at.x + half, at.y}, {next.x - half, next.y}, next});
        at = next;
    };
    for (const auto& [x, y] : edge.passes) {
        go({x, y});
        at = {x + cardWidth, y};
    }
    go({to.x, edge.toY});
    return curves;
}

void Writer::head(const PictureEdge& edge, Point tip, bool toLeft) {
    const std::string colour(colourOf(edge.style));
    if (edge.style == EdgeStyle::Denied) {
        out_ += "<path d=\"M" + number(tip.x + (toLeft ? 1 : -1)) + " " + number(tip.y - 6) + "v12\" stroke=\"" + colour +
                "\" stroke-width=\"2.5\" fill=\"none\"/>\n";
        return;
    }
    const std::string back = toLeft ? "8" : "-8";
    out_ += "<path d=\"M" + number(tip.x) + " " + number(tip.y) + "l" + back + " -3.6v7.2z\" fill=\"" + colour + "\"/>\n";
}

void Writer::edge(const PictureEdge& edge) {
    const std::vector<Curve> curves = curvesOf(edge);
    const PictureNode &from = drawing_.nodes[edge.from], &to = drawing_.nodes[edge.to];
    std::string path = "M" + number(curves.front().from.x) + " " + number(curves.front().from.y);
    for (const Curve& curve : curves) {
        // Straight through the column before it.
        if (&curve != &curves.front()) path += "H" + number(curve.from.x);
        path += "C" + number(curve.a.x) + " " + number(curve.a.y) + " " + number(curve.b.x) + " " + number(curve.b.y) + " " +
                number(curve.to.x) + " " + number(curve.to.y);
    }
    std::string title = from.title + " > " + to.title;
    for (const std::string& id : edge.ids) title += (&id == &edge.ids.front() ? ": " : ", ") + id;
    if (!edge.label.empty()) title += ": " + edge.label;
    const std::string_view dash = dashOf(edge.style);
    out_ += "<g><title>" + escaped(title) + "</title><path d=\"" + path + "\" fill=\"none\" stroke=\"" +
            std::string(colourOf(edge.style)) + "\" stroke-width=\"1.5\"";
    if (!dash.empty()) out_ += " stroke-dasharray=\"" + std::string(dash) + "\"";
    if (edge.style == EdgeStyle::NotHeld) out_ += " stroke-linecap=\"round\"";
    out_ += "/>\n";
    head(edge, curves.back().to, from.column >= to.column);
    if (edge.style == EdgeStyle::Depends) {
        const Point at = curves.front().at(0.3);
        out_ += "<path d=\"M" + number(at.x) + " " + number(at.y - 5) + "l5 5l-5 5l-5 -5z\" fill=\"" +
                std::string(ink_.bgCanvas) + "\" stroke=\"" + std::string(ink_.dependsMark) +
                "\" stroke-width=\"1.5\"/><path d=\"M" + number(at.x) + " " + number(at.y - 5) + "l-5 5l5 5z\" fill=\"" +
                std::string(ink_.dependsMark) + "\"/>\n";
    }
    if (edge.style == EdgeStyle::NotHeld) {
        const Point at = curves.front().at(0.3);
        out_ += "<path d=\"M" + number(at.x) + " " + number(at.y - 6) + "l6 11h-12z\" fill=\"" + std::string(ink_.expiringTint) +
                "\" stroke=\"" + std::string(ink_.expiringText) + "\" stroke-width=\"1.5\" stroke-linejoin=\"round\"/>\n";
    }
    out_ += "</g>\n";
}

// On the edge itself where there is room: near its middle first.
void Writer::label(const PictureEdge& edge) {
    std::string words = edge.label;
    if (words.empty()) {
        for (std::size_t i = 0; i < edge.ids.size() && i < 2; ++i) words += (i == 0 ? "" : " ") + edge.ids[i];
        if (edge.ids.size() > 2) words += " +" + std::to_string(edge.ids.size() - 2);
    }
    if (words.empty()) return;
    const bool escalation = edge.style == EdgeStyle::Escalation;
    words = elided(words, 11, false, escalation ? 240 : 96);
    const double width = textWidth(words, 11, false) + (escalation ? 14 : 8), height = 15;
    const std::vector<Curve> curves = curvesOf(edge);
    // The stretch before the target tells most.
    for (const Curve* curve : {&curves.back(), &curves.front()})
        for (const double t : {0.5, 0.58, 0.42, 0.66, 0.34, 0.74, 0.26, 0.82}) {
            const Point at = curve->at(t);
            const Area area{at.x - width / 2, at.y - height / 2, width, height};
            if (!take(area)) continue;
            out_ += "<rect x=\"" + number(area.x) + "\" y=\"" + number(area.y) + "\" width=\"" + number(width) + "\" height=\"" +
                    number(height) + "\" rx=\"4\" fill=\"" + std::string(escalation ? ink_.expiringTint : ink_.mapGroup) +
                    "\"/>\n";
            const std::string_view colour = escalation                         ? ink_.expiringText
                                            : edge.style == EdgeStyle::Denied  ? ink_.deniedText
                                            : edge.style == EdgeStyle::Depends ? ink_.dependsText
                                                                               : ink_.textSecondary;
            text(at.x, at.y + 4, words, colour, 11, false, "middle");
            return;
        }
}

void Writer::node(const PictureNode& node) {
    const bool pill = node.kind == NodeKind::Role, mesh = node.kind == NodeKind::MeshService,
               stacked = node.kind == NodeKind::Group;
    const double radius = pill ? node.height / 2 : mesh ? look::cardRadius + 4 : look::cardRadius - 2;
    const auto box = [&](double y, double inset, bool title) {
        out_ += "<rect x=\"" + number(node.x + inset) + "\" y=\"" + number(y) + "\" width=\"" + number(node.width - 2 * inset) +
                "\" height=\"" + number(node.height) + "\" rx=\"" + number(radius) + "\" fill=\"" + std::string(ink_.mapNode) +
                "\" stroke=\"" + std::string(ink_.mapNodeBorder) + "\"" + (title ? ">" : "/>") + "\n";
        if (title) out_ += "<title>" + escaped(node.title) + "</title></rect>\n";
    };
    if (stacked && node.height > 30) box(node.y - 3, 4, false);
    box(node.y, 0, true);
    const double left = node.x + (pill ? 16 : 10);
    const double room = node.x + node.width - left - 24 - (pill ? 14 : 8);
    icon(iconOf(node), left, node.y + node.height / 2 - 8, 16, ink_.textSecondary);
    if (node.height < 30) {
        text(left + 24, node.y + node.height / 2 + 4, elided(node.title, 12, true, room), ink_.textPrimary, 12, true);
    } else {
        text(left + 24, node.y + 19, elided(node.title, 13, true, room), ink_.textPrimary, 13, true);
        text(left + 24, node.y + 35, elided(node.subtitle, 12, false, room), ink_.textSecondary, 12);
    }
    if (!node.warning.empty()) {
        const double x = node.x + node.width - 12, y = node.y;
        out_ += "<g><title>" + escaped(node.warning) + "</title><circle cx=\"" + number(x) + "\" cy=\"" + number(y) +
                "\" r=\"7\" fill=\"" + std::string(ink_.expiringMark) + "\"/></g>\n";
        text(x, y + 4, "!", ink_.bgSurface, 11, true, "middle");
    }
    if (node.retired) icon(look::retiredIcon, node.x + node.width - 20, node.y - 8, 16, ink_.textTertiary);
}

void Writer::legend() {
    struct Entry {
        EdgeStyle style;
        std::string_view words;
    };
    static constexpr Entry entries[] = {{EdgeStyle::Allowed, "allowed"}, {EdgeStyle::Depends, "depends on conditions"},
                                        {EdgeStyle::Denied, "denied"},   {EdgeStyle::NotHeld, "not held in full"},
                                        {EdgeStyle::Expired, "expired"}, {EdgeStyle::Escalation, "escalation"}};
    double x = 36;
    const double y = drawing_.height + 8;
    text(drawing_.width - 24, y + 4, elided(settings_.title, 12, false, 360), ink_.textTertiary, 12, false, "end");
    for (const Entry& entry : entries) {
        const bool used = std::any_of(drawing_.edges.begin(), drawing_.edges.end(),
                                      [&](const PictureEdge& edge) { return edge.style == entry.style; });
        if (!used) continue;
        const std::string_view dash = dashOf(entry.style);
        out_ += "<path d=\"M" + number(x) + " " + number(y) + "h34\" fill=\"none\" stroke=\"" +
                std::string(colourOf(entry.style)) + "\" stroke-width=\"1.5\"" +
                (dash.empty() ? "" : " stroke-dasharray=\"" + std::string(dash) + "\"") + "/>\n";
        PictureEdge sample;
        sample.style = entry.style;
        head(sample, {x + 36, y}, false);
        text(x + 44, y + 4, entry.words, ink_.textSecondary, 12);
        x += 64 + textWidth(entry.words, 12, false);
    }
}

std::string Writer::run() {
    const double height = drawing_.height + 24;
    out_ = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + number(drawing_.width) + "\" height=\"" + number(height) +
           "\" viewBox=\"0 0 " + number(drawing_.width) + " " + number(height) +
           "\" font-family=\"Inter, 'Noto Sans', Cantarell, 'Liberation Sans', 'DejaVu Sans', sans-serif\">\n";
    if (!settings_.title.empty()) out_ += "<title>" + escaped(settings_.title) + "</title>\n";
    out_ += "<rect width=\"" + number(drawing_.width) + "\" height=\"" + number(height) + "\" fill=\"" +
            std::string(ink_.bgCanvas) + "\"/>\n";
    heading();
    bands();
    for (const PictureNode& each : drawing_.nodes) block({each.x - 2, each.y - 4, each.width + 4, each.height + 8});
    for (const PictureEdge& each : drawing_.edges)
        if (each.style != EdgeStyle::Escalation) edge(each);
    for (const PictureEdge& each : drawing_.edges)
        if (each.style == EdgeStyle::Escalation) edge(each);
    for (const PictureNode& each : drawing_.nodes) node(each);
    for (const PictureEdge& each : drawing_.edges)
        if (each.style == EdgeStyle::Escalation) label(each);
    // What is done says more than who may take a role.
    for (const bool people : {false, true})
        for (const PictureEdge& each : drawing_.edges)
            if (each.style != EdgeStyle::Escalation && (drawing_.nodes[each.from].column == PictureColumn::People) == people)
                label(each);
    legend();
    out_ += "</svg>\n";
    return std::move(out_);
}

} // namespace

std::string svgOf(const Drawing& drawing, const PictureSettings& settings) {
    return Writer(drawing, settings).run();
}

} // namespace gw::mesh

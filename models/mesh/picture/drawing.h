// What is on a picture of a map: groups and claims, roles, routes, services, workloads, in columns from left to right, and the
// edges between them. Where it all lies is layout.h.
#pragma once

#include "models/estate/estate.h"
#include "models/estate/mapping.h"
#include "models/mesh/compile/compilation.h"
#include "models/mesh/escalation/escalations.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace gw::mesh {

// Wider than on the screen, where a tooltip tells what is cut off; and between columns.
inline constexpr double cardWidth = 208, columnGap = 112;

enum class PictureColumn : std::uint8_t { People, Roles, Routes, Services, Workloads };
inline constexpr std::size_t pictureColumns = 5;

enum class EdgeStyle : std::uint8_t { Allowed, Depends, Denied, NotHeld, Expired, Serves, Escalation };

struct PictureNode {
    NodeKind kind = NodeKind::Group;
    PictureColumn column = PictureColumn::People;
    std::string title, subtitle;
    std::size_t band = 0; // of Drawing::bands; of People none
    std::string frame;    // nodes with the same stand together in a frame of that name; empty: none
    bool retired = false;
    std::string warning; // of a badge: by which way it becomes an administrator; empty: none
    double x = 0, y = 0, width = 0, height = 0;
};

struct PictureEdge {
    std::size_t from = 0, to = 0; // of Drawing::nodes
    EdgeStyle style = EdgeStyle::Allowed;
    std::vector<std::string> ids; // of edges of the map
    std::string label;            // of an escalation
    // Left and right ends of where it passes a column, one pair for each column between its own two.
    std::vector<std::pair<double, double>> passes; // x, y; it stays at y for the column's width
    double fromY = 0, toY = 0;
};

struct PictureBand {
    std::string account, name;
    estate::Environment environment = estate::Environment::Unknown;
    double y = 0, height = 0;
};

struct PictureFrame {
    std::string name;
    double x = 0, y = 0, width = 0, height = 0;
};

struct Drawing {
    std::vector<PictureNode> nodes;
    std::vector<PictureEdge> edges;
    std::vector<PictureBand> bands; // accounts
    std::vector<PictureFrame> frames;
    double width = 0, height = 0;
    double peopleY = 0, peopleHeight = 0;
};

// Not laid out yet. Without an estate, names and numbers that only it tells are left out. Deterministic.
[[nodiscard]] Drawing drawingOf(const Map& map, const Intent& intent, const Compilation& compilation,
                                const estate::Estate* estate, std::span<const MapEscalation> escalations,
                                std::optional<UtcTime> now);

// Sets every place in it. `most` nodes high it stays readable; more are drawn denser.
void layOut(Drawing& drawing);

struct PictureSettings {
    std::string title;
    bool dark = false;
};
// Of a drawing that is laid out. The text is UTF-8; what cannot stand in XML is replaced.
[[nodiscard]] std::string svgOf(const Drawing& drawing, const PictureSettings& settings);

} // namespace gw::mesh

// The picture: what is on it, and that nothing lies on anything else, whatever the map.
#include "models/mesh/picture/drawing.h"
#include "models/mesh/picture/text_width.h"
#include "tests/mesh/map_support.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>

namespace gw::mesh {
namespace {

const UtcTime now = UtcTime::parse("2026-11-30T12:00:00Z").value();

Drawing drawn(const test::Compiled& compiled, std::span<const MapEscalation> escalations = {}) {
    Drawing drawing = drawingOf(*compiled.map, compiled.intent, compiled.compilation, nullptr, escalations, now);
    layOut(drawing);
    return drawing;
}

const PictureNode* find(const Drawing& drawing, std::string_view title) {
    const auto found =
        std::find_if(drawing.nodes.begin(), drawing.nodes.end(), [&](const PictureNode& node) { return node.title == title; });
    return found == drawing.nodes.end() ? nullptr : &*found;
}

std::string large(std::size_t edges) {
    std::string text = "version = 1\n[[provider]]\nid = \"okta\"\narn = \"arn:aws:iam::111122223333:saml-provider/Okta\"\n";
    for (std::size_t a = 0; a < 10; ++a) {
        const std::string account = "11112222000" + std::to_string(a);
        for (std::size_t r = 0; r < 12; ++r)
            text += "[[role]]\nid = \"r" + std::to_string(a) + "x" + std::to_string(r) + "\"\narn = \"arn:aws:iam::" + account +
                    ":role/team-" + std::to_string(a) + "-" + std::to_string(r) + "\"\nproviders = [\"okta\"]\n";
        text += "[[route]]\nid = \"api" + std::to_string(a) + "\"\napi = \"abc000000" + std::to_string(a) +
                "\"\nstage = \"prod\"\naccount = \"" + account + "\"\nregion = \"eu-west-1\"\n";
    }
    std::size_t seed = 7;
    const auto next = [&](std::size_t most) {
        return (seed = seed * 6364136223846793005U + 1442695040888963407U) / 65536 % most;
    };
    for (std::size_t n = 0; n < edges; ++n) {
        const std::size_t a = next(10);
        text += "[[edge]]\nid = \"E" + std::to_string(n) + "\"\nwho = \"group:G" + std::to_string(next(120)) +
                "\"\nthrough = \"r" + std::to_string(a) + "x" + std::to_string(next(12)) + "\"\n";
        if (next(3) == 0)
            text += "may = \"s3:GetObject\"\non = \"arn:aws:s3:::bucket-" + std::to_string(next(90)) + "/*\"\n";
        else
            text +=
                "may = \"GET\"\non = \"api" + std::to_string(a) + "\"\npaths = [\"/thing" + std::to_string(next(40)) + "/**\"]\n";
    }
    return text;
}

void expectNothingOverlaps(const Drawing& drawing) {
    for (std::size_t i = 0; i < drawing.nodes.size(); ++i) {
        const PictureNode& a = drawing.nodes[i];
        EXPECT_GE(a.x, 0);
        EXPECT_LE(a.x + a.width, drawing.width);
        EXPECT_LE(a.y + a.height, drawing.height);
        for (std::size_t k = i + 1; k < drawing.nodes.size(); ++k) {
            const PictureNode& b = drawing.nodes[k];
            const bool apart = a.x != b.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
            ASSERT_TRUE(apart) << a.title << " and " << b.title;
        }
        if (a.column == PictureColumn::People) continue;
        const PictureBand& band = drawing.bands[a.band];
        EXPECT_GE(a.y, band.y) << a.title;
        EXPECT_LE(a.y + a.height, band.y + band.height) << a.title;
    }
    // Edges pass columns beside what stands there.
    for (const PictureEdge& edge : drawing.edges)
        for (const auto& [x, y] : edge.passes)
            for (const PictureNode& node : drawing.nodes)
                ASSERT_FALSE(node.x == x && node.y < y && y < node.y + node.height) << node.title;
    for (std::size_t i = 0; i < drawing.frames.size(); ++i)
        for (std::size_t k = i + 1; k < drawing.frames.size(); ++k) {
            const PictureFrame &a = drawing.frames[i], &b = drawing.frames[k];
            EXPECT_TRUE(a.y + a.height <= b.y || b.y + b.height <= a.y) << a.name << " and " << b.name;
        }
}

TEST(Picture, HasWhatTheMapHas) {
    const test::Compiled compiled = test::compiled(test::shop);
    const Drawing drawing = drawn(compiled);
    expectNothingOverlaps(drawing);
    ASSERT_NE(find(drawing, "payments-operator"), nullptr);
    EXPECT_EQ(find(drawing, "payments-operator")->column, PictureColumn::Roles);
    EXPECT_EQ(find(drawing, "Payments-Ops")->column, PictureColumn::People);
    EXPECT_EQ(find(drawing, "GET, POST /refunds/**")->column, PictureColumn::Routes);
    EXPECT_EQ(find(drawing, "payments")->column, PictureColumn::Services);
    EXPECT_EQ(find(drawing, "settle")->column, PictureColumn::Workloads);
    EXPECT_EQ(drawing.bands.size(), 2U); // accounts
    ASSERT_EQ(drawing.frames.size(), 1U);
    const auto style = [&](const char* id) {
        std::vector<EdgeStyle> styles;
        for (const PictureEdge& edge : drawing.edges)
            if (drawing.nodes[edge.from].column != PictureColumn::People && edge.ids == std::vector<std::string>{id})
                styles.push_back(edge.style);
        return styles;
    };
    EXPECT_EQ(style("E2"), std::vector{EdgeStyle::Denied});
    EXPECT_EQ(style("E3"), std::vector{EdgeStyle::Allowed});
    EXPECT_EQ(style("E4"), std::vector{EdgeStyle::Depends});
    EXPECT_EQ(style("E5"), (std::vector{EdgeStyle::Allowed, EdgeStyle::Allowed}));
}

TEST(Picture, LargeMapsLieClearAndQuickly) {
    const test::Compiled compiled = test::compiled(large(2'000));
    const auto begin = std::chrono::steady_clock::now();
    Drawing drawing = drawn(compiled);
    const std::string svg = svgOf(drawing, {"large", false});
    const auto took = std::chrono::steady_clock::now() - begin;
    EXPECT_LT(std::chrono::duration_cast<std::chrono::milliseconds>(took).count(), 10'000);
    expectNothingOverlaps(drawing);
    // The same again.
    EXPECT_EQ(svgOf(drawn(compiled), {"large", false}), svg);
}

TEST(Picture, EscalationsAreDashedAndNamed) {
    const test::Compiled compiled = test::compiled(test::shop);
    const std::string from = "arn:aws:iam::111122223333:role/payments-operator";
    const MapEscalation escalations[] = {
        {from, "iam:PassRole + ecs:RunTask (overrides.taskRoleArn)", "arn:aws:iam::111122223333:role/orders-task", {}, {}, {}},
        {"arn:aws:iam::444455556666:role/auditor", "iam:PutRolePolicy", {}, {}, {}, {}},
    };
    const Drawing drawing = drawn(compiled, escalations);
    EXPECT_EQ(std::count_if(drawing.edges.begin(), drawing.edges.end(),
                            [](const PictureEdge& edge) { return edge.style == EdgeStyle::Escalation; }),
              1);
    EXPECT_EQ(find(drawing, "auditor")->warning, "iam:PutRolePolicy");
    const std::string svg = svgOf(drawing, {"shop", true});
    EXPECT_NE(svg.find("PassRole + RunTask"), std::string::npos);
    EXPECT_NE(svg.find("stroke-dasharray=\"7 4\""), std::string::npos);
}

TEST(Picture, NamesFromOutsideStayText) {
    const test::Compiled compiled = test::compiled(
        "version = 1\n[[role]]\nid = \"r\"\narn = \"arn:aws:iam::111122223333:role/r\"\nproviders = [\"p\"]\n[[provider]]\nid = "
        "\"p\"\narn = "
        "\"arn:aws:iam::111122223333:saml-provider/P\"\n[[edge]]\nid = \"E1\"\nwho = 'group:<script>\"&'\nthrough = \"r\"\n");
    const std::string svg = svgOf(drawn(compiled), {"</title><b>", false});
    EXPECT_EQ(svg.find("<script"), std::string::npos);
    EXPECT_EQ(svg.find("<b>"), std::string::npos);
    EXPECT_NE(svg.find("&lt;script&gt;"), std::string::npos);
}

TEST(Picture, OfAnEmptyMapIsAPicture) {
    const std::string svg = svgOf(drawn(test::compiled("version = 1\n")), {{}, false});
    EXPECT_TRUE(svg.starts_with("<svg"));
    EXPECT_TRUE(svg.ends_with("</svg>\n"));
}

TEST(TextWidth, ElidesWithinTheRoomAndBetweenCharacters) {
    for (const std::string_view text :
         {"a-rather-long-name-of-a-role", "/orders/{id}/lines/and/more", "Größe der Überschrift mit vielen Zeichen"})
        for (double room = 20; room < 300; room += 7) {
            const std::string shown = elided(text, 13, true, room);
            EXPECT_LE(textWidth(shown, 13, true), std::max(room, textWidth("…", 13, true)));
            EXPECT_TRUE(shown == text || shown.find("…") != std::string::npos);
        }
    EXPECT_EQ(elided("short", 13, true, 200), "short");
}

} // namespace
} // namespace gw::mesh

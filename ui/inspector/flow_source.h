// XML for a CodeArea: laid out by element, or exactly as it is.
#pragma once

#include "ui/inspector/code_source.h"
#include "ui/inspector/flow_rows.h"

namespace gw::ui {

// Shares the text, which must stay as long as `owner` does.
struct SharedText {
    std::shared_ptr<const void> owner;
    std::string_view text;
    std::shared_ptr<const Shading> shading;
};

class FlowSource final : public CodeSource {
public:
    FlowSource(SharedText text, FlowRules rules);

    [[nodiscard]] int rowCount() const override { return static_cast<int>(layout_.rows.size()); }
    [[nodiscard]] CodeRow row(int index) const override;
    [[nodiscard]] inspect::Range rowRange(int index) const override;
    [[nodiscard]] int rowOf(std::uint32_t offset) const override;
    [[nodiscard]] std::string_view bytes() const override { return text_.text; }
    [[nodiscard]] const Shading& shading() const override { return *text_.shading; }
    [[nodiscard]] int columns() const override { return layout_.columns; }
    [[nodiscard]] int numberColumns() const override;
    [[nodiscard]] std::shared_ptr<const CodeSource> forColumns(int columns) const override;
    [[nodiscard]] std::shared_ptr<const CodeSource> toggled(std::uint32_t offset) const override;

private:
    // The character data around an offset: where it begins, and itself.
    [[nodiscard]] inspect::Range dataAround(std::uint32_t offset) const;
    [[nodiscard]] bool isFolded(const FlowPiece& piece, const FlowRow& row) const;
    void addParts(CodeRow& row, const FlowPiece& piece, bool first) const;
    // The length and the text of what is abbreviated at an octet of a piece; 0 for nothing.
    [[nodiscard]] std::pair<std::uint32_t, QString> abbreviation(const FlowPiece& piece, std::uint32_t at, bool first) const;
    SharedText text_;
    FlowRules rules_;
    FlowLayout layout_;
};

} // namespace gw::ui

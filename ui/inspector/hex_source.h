// Octets as they are, sixteen or eight to a row, with the characters beside them.
#pragma once

#include "ui/inspector/flow_source.h"

namespace gw::ui {

class HexSource final : public CodeSource {
public:
    HexSource(SharedText text, int octetsInRow);

    [[nodiscard]] int rowCount() const override;
    [[nodiscard]] CodeRow row(int index) const override;
    [[nodiscard]] inspect::Range rowRange(int index) const override;
    [[nodiscard]] int rowOf(std::uint32_t offset) const override;
    [[nodiscard]] std::string_view bytes() const override { return text_.text; }
    [[nodiscard]] const Shading& shading() const override { return *text_.shading; }
    [[nodiscard]] int columns() const override { return columnsFor(octets_); }
    [[nodiscard]] int numberColumns() const override { return 8; }
    // "3c 73 61".
    [[nodiscard]] QString textOf(inspect::Range range) const override;
    [[nodiscard]] std::shared_ptr<const CodeSource> forColumns(int columns) const override;
    [[nodiscard]] std::shared_ptr<const CodeSource> toggled(std::uint32_t) const override { return nullptr; }

private:
    [[nodiscard]] static int columnsFor(int octets) { return octets * 4 + 1; }
    SharedText text_;
    int octets_;
};

} // namespace gw::ui

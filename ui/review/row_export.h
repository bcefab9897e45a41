// What the Review screen gives away as files: the rows as they are shown, or all that the review found.
#pragma once

#include "ui/review/reviewed.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace gw::ui {

enum class ExportFormat {
    Csv,
    Xlsx,
    Json,
    Html, // of all findings, as a page
    Sarif // of all findings
};
inline constexpr ExportFormat exportFormats[] = {ExportFormat::Csv, ExportFormat::Xlsx, ExportFormat::Json, ExportFormat::Html, ExportFormat::Sarif};

// "csv".
[[nodiscard]] QString exportEnding(ExportFormat format);
// "Table (*.csv)", as file dialogs take it.
[[nodiscard]] QString exportFilter(ExportFormat format);
// By the ending of the path, whatever its case; nothing where it is none of theirs.
[[nodiscard]] std::optional<ExportFormat> exportFormatOf(const QString& path);

// Shares what it is about, so that it can be written while the screen goes on.
struct ExportedRows {
    std::shared_ptr<const items::Table> table;
    std::vector<std::uint32_t> rows;
    std::vector<std::size_t> columns;
    QStringList titles;
    QString sheet;
    ReviewedPtr review;
};

// Any thread. Nothing where there is nothing to give, or a workbook cannot be made.
[[nodiscard]] std::optional<QByteArray> exportBytes(const ExportedRows& what, ExportFormat format);
// Any thread; atomic. What went wrong, in words; empty where the file is there.
[[nodiscard]] QString saveExport(const ExportedRows& what, ExportFormat format, const QString& path);

} // namespace gw::ui

#include "ui/review/row_export.h"

#include "models/items/table/export.h"
#include "models/items/table/spreadsheet.h"
#include "ui/reports/review_report.h"

#include <QCoreApplication>
#include <QSaveFile>

#include <algorithm>
#include <iterator>

namespace gw::ui {
namespace {

struct RowExport {
    Q_DECLARE_TR_FUNCTIONS(RowExport)
};

std::optional<std::string> textOf(const ExportedRows& what, ExportFormat format) {
    if (format == ExportFormat::Html || format == ExportFormat::Sarif) {
        if (!what.review) return std::nullopt;
        const auto& catalogue = what.review->catalogue;
        const ReviewReport report{what.review->review, catalogue ? std::string_view(catalogue->date()) : std::string_view(), what.review->now};
        return format == ExportFormat::Html ? reviewHtml(report) : reviewSarif(report, "Gatewarden");
    }
    if (!what.table) return std::nullopt;
    switch (format) {
    case ExportFormat::Csv:
        return items::toCsv(*what.table, what.rows, what.columns);
    case ExportFormat::Json:
        return items::toJson(*what.table, what.rows, what.columns);
    default:
        break;
    }
    items::SheetWords words;
    words.name = what.sheet.toStdString();
    words.never = RowExport::tr("never").toStdString();
    for (const QString& each : what.titles) words.titles.push_back(each.toStdString());
    return items::toXlsx(*what.table, what.rows, what.columns, words);
}

} // namespace

QString exportEnding(ExportFormat format) {
    switch (format) {
    case ExportFormat::Csv:
        return QStringLiteral("csv");
    case ExportFormat::Xlsx:
        return QStringLiteral("xlsx");
    case ExportFormat::Json:
        return QStringLiteral("json");
    case ExportFormat::Html:
        return QStringLiteral("html");
    case ExportFormat::Sarif:
        break;
    }
    return QStringLiteral("sarif");
}

QString exportFilter(ExportFormat format) {
    QString words;
    switch (format) {
    case ExportFormat::Csv:
        words = RowExport::tr("Rows that are shown, CSV");
        break;
    case ExportFormat::Xlsx:
        words = RowExport::tr("Rows that are shown, workbook");
        break;
    case ExportFormat::Json:
        words = RowExport::tr("Rows that are shown, JSON");
        break;
    case ExportFormat::Html:
        words = RowExport::tr("Report of all findings, page");
        break;
    case ExportFormat::Sarif:
        words = RowExport::tr("All findings, SARIF");
        break;
    }
    return QStringLiteral("%1 (*.%2)").arg(words, exportEnding(format));
}

std::optional<ExportFormat> exportFormatOf(const QString& path) {
    const auto found = std::find_if(std::begin(exportFormats), std::end(exportFormats), [&](ExportFormat each) {
        return path.endsWith(QLatin1Char('.') + exportEnding(each), Qt::CaseInsensitive);
    });
    return found == std::end(exportFormats) ? std::nullopt : std::optional(*found);
}

std::optional<QByteArray> exportBytes(const ExportedRows& what, ExportFormat format) {
    const auto text = textOf(what, format);
    if (!text) return std::nullopt;
    return QByteArray::fromStdString(*text);
}

QString saveExport(const ExportedRows& what, ExportFormat format, const QString& path) {
    const auto bytes = exportBytes(what, format);
    if (!bytes) return RowExport::tr("There are more rows than a sheet holds, or the folder for temporary files is full.");
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) && file.write(*bytes) == bytes->size() && file.commit()) return {};
    return file.errorString();
}

} // namespace gw::ui

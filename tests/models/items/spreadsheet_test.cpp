// A workbook, read again as what it is: an archive of XML.
#include "models/items/table/spreadsheet.h"

#include <archive.h>
#include <archive_entry.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <numeric>

namespace gw::items {
namespace {

using testing::HasSubstr;
using testing::Not;

std::map<std::string, std::string> partsOf(const std::string& file) {
    const std::unique_ptr<archive, decltype(&archive_read_free)> reader(archive_read_new(), archive_read_free);
    archive_read_support_format_zip(reader.get());
    std::map<std::string, std::string> parts;
    if (archive_read_open_memory(reader.get(), file.data(), file.size()) != ARCHIVE_OK) return parts;
    for (archive_entry* entry = nullptr; archive_read_next_header(reader.get(), &entry) == ARCHIVE_OK;) {
        std::string& part = parts[archive_entry_pathname(entry)];
        char piece[4096];
        for (la_ssize_t size = 0; (size = archive_read_data(reader.get(), piece, sizeof piece)) > 0;) part.append(piece, static_cast<std::size_t>(size));
    }
    return parts;
}

Column column(const char* id, ColumnKind kind) {
    Column made;
    made.id = id;
    made.kind = kind;
    return made;
}

const SheetWords words{"Rows", {"Who", "People", "Longest", "Last used"}, "never"};
const std::vector<std::size_t> all{0, 1, 2, 3};

Table sample() {
    Table table({column("who", ColumnKind::Text), column("people", ColumnKind::Number), column("longest", ColumnKind::Duration), column("used", ColumnKind::Time)});
    const auto row = [&table](const char* who, std::int64_t people, std::int64_t longest, std::int64_t used) {
        table.addRow();
        table.addText(0, who);
        table.setValue(1, people);
        table.setValue(2, longest);
        table.setValue(3, used);
    };
    row("=SUM(A1)", 118, 12 * 3600, 1'795'442'400);
    row("a <b> & \xC3\xA9", unknownValue, unknownValue, neverValue);
    row("left out", 7, 60, unknownValue);
    table.finish();
    return table;
}

TEST(Spreadsheet, HoldsNumbersTimesAndTextAndNoFormula) {
    const Table table = sample();
    const std::vector<std::uint32_t> rows{1, 0};
    const auto file = toXlsx(table, rows, all, words);
    ASSERT_TRUE(file);
    auto parts = partsOf(*file);
    const std::string& sheet = parts["xl/worksheets/sheet1.xml"];
    const std::string& texts = parts["xl/sharedStrings.xml"];
    for (const char* each : {"Who", "Last used", "=SUM(A1)", "a &lt;b&gt; &amp; \xC3\xA9", "never"}) EXPECT_THAT(texts, HasSubstr(each));
    EXPECT_THAT(texts, Not(HasSubstr("left out")));
    EXPECT_THAT(sheet, Not(HasSubstr("<f>")));
    EXPECT_THAT(sheet, HasSubstr("<v>118</v>"));
    EXPECT_THAT(sheet, HasSubstr("<v>0.5</v>"));
    EXPECT_THAT(sheet, HasSubstr("<v>46349.5833333"));
    EXPECT_THAT(sheet, HasSubstr("autoFilter ref=\"A1:D3\""));
    EXPECT_THAT(parts["xl/workbook.xml"], HasSubstr("name=\"Rows\""));
}

TEST(Spreadsheet, OfNoRowsHasItsTitles) {
    const auto file = toXlsx(sample(), {}, all, words);
    ASSERT_TRUE(file);
    EXPECT_THAT(partsOf(*file)["xl/sharedStrings.xml"], HasSubstr("Longest"));
}

TEST(Spreadsheet, CutsATextThatNoCellTakesAtALetter) {
    Table table({column("who", ColumnKind::Text)});
    std::string text;
    while (text.size() < 40'000) text += "\xE2\x82\xAC";
    table.addRow();
    table.addText(0, text);
    table.finish();
    const std::vector<std::uint32_t> rows{0};
    const std::vector<std::size_t> only{0};
    const auto file = toXlsx(table, rows, only, {"Rows", {"Who"}, "never"});
    ASSERT_TRUE(file);
    const std::string texts = partsOf(*file)["xl/sharedStrings.xml"];
    const std::size_t first = texts.find("\xE2\x82\xAC"), last = texts.rfind("\xE2\x82\xAC");
    EXPECT_EQ(last + 3 - first, 32'766U);
    EXPECT_EQ(texts[last + 3], '<');
}

TEST(Spreadsheet, RefusesMoreRowsThanASheetHas) {
    std::vector<std::uint32_t> rows(1'048'576);
    EXPECT_FALSE(toXlsx(sample(), rows, all, words));
}

} // namespace
} // namespace gw::items

// The reader of TOML that keeps every octet: the grammar, places of mistakes, edits, and agreement with toml++ on documents
// that are made up at random.
#include "models/mesh/toml/document.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
// It asserts what it goes on to refuse.
#define TOML_ASSERT(expression) static_cast<void>(0)
#include <toml++/toml.h>

#include <cmath>
#include <functional>
#include <random>
#include <sstream>

namespace gw::mesh::toml {
namespace {

using testing::HasSubstr;

// What a document says, in one line, whatever reads it.
std::string say(const Value& value);

std::string say(const std::vector<Entry>& entries, std::map<std::string, std::string>& flat, const std::string& before) {
    for (const Entry& each : entries) {
        std::string name = before;
        for (const std::string& part : each.key.parts) name += "/" + part;
        if (each.value.is(Kind::Table))
            say(each.value.entries, flat, name);
        else
            flat[name] = say(each.value);
        if (each.value.is(Kind::Table) && each.value.entries.empty()) flat[name] = "{}";
    }
    return {};
}

std::string number(double value) {
    if (std::isnan(value)) return "nan";
    std::ostringstream out;
    out.precision(17);
    out << value;
    return out.str();
}

std::string say(const Value& value) {
    switch (value.kind) {
    case Kind::String: return written(value.text);
    case Kind::Integer: return std::to_string(value.integer);
    case Kind::Boolean: return value.integer != 0 ? "true" : "false";
    case Kind::Float: return "f" + number(value.number);
    case Kind::Array: {
        std::string out = "[";
        for (const Value& each : value.items) out += say(each) + ",";
        return out + "]";
    }
    case Kind::Table: {
        std::map<std::string, std::string> flat;
        say(value.entries, flat, {});
        std::string out = "{";
        for (const auto& [name, text] : flat) out += name + "=" + text + ",";
        return out + "}";
    }
    default: return "moment";
    }
}

std::string say(const ::toml::node& node);

void say(const ::toml::table& table, std::map<std::string, std::string>& flat, const std::string& before) {
    for (const auto& [key, node] : table) {
        const std::string name = before + "/" + std::string(key.str());
        const ::toml::table* inner = node.as_table();
        if (inner != nullptr && !inner->empty())
            say(*inner, flat, name);
        else
            flat[name] = inner != nullptr ? "{}" : say(node);
    }
}

std::string say(const ::toml::node& node) {
    if (const auto* text = node.as_string()) return written(text->get());
    if (const auto* whole = node.as_integer()) return std::to_string(whole->get());
    if (const auto* yes = node.as_boolean()) return yes->get() ? "true" : "false";
    if (const auto* real = node.as_floating_point()) return "f" + number(real->get());
    if (const auto* list = node.as_array()) {
        std::string out = "[";
        for (const auto& each : *list) out += say(each) + ",";
        return out + "]";
    }
    if (const auto* table = node.as_table()) {
        std::map<std::string, std::string> flat;
        say(*table, flat, {});
        std::string out = "{";
        for (const auto& [name, text] : flat) out += name + "=" + text + ",";
        return out + "}";
    }
    return "moment";
}

// Ours put together from its sections: tables of lists by their number.
std::map<std::string, std::string> flat(const Document& document) {
    std::map<std::string, std::string> all;
    std::map<std::string, std::size_t> numbers;
    for (const Section& each : document.sections()) {
        std::string name;
        for (std::size_t i = 0; i < each.path.parts.size(); ++i) {
            name += "/" + each.path.parts[i];
            const bool last = i + 1 == each.path.parts.size();
            if (last && each.listed) ++numbers[name];
            if (const auto known = numbers.find(name); known != numbers.end() && known->second > 0) name += "#" + std::to_string(known->second);
        }
        say(each.entries, all, name);
    }
    return all;
}

std::map<std::string, std::string> flat(const ::toml::table& table, const std::string& before = {}) {
    std::map<std::string, std::string> all;
    for (const auto& [key, node] : table) {
        const std::string name = before + "/" + std::string(key.str());
        if (const auto* inner = node.as_table()) {
            all.merge(flat(*inner, name));
            if (inner->empty() && inner->is_inline()) all[name] = "{}";
        } else if (const auto* list = node.as_array(); list != nullptr && list->is_array_of_tables() && !list->front().as_table()->is_inline()) {
            std::size_t count = 0;
            for (const auto& each : *list) all.merge(flat(*each.as_table(), name + "#" + std::to_string(++count)));
        } else {
            all[name] = say(node);
        }
    }
    return all;
}

TEST(Toml, GivesEveryOctetBack) {
    for (const std::string text : {"", "# only\n", "a = 1", "\xEF\xBB\xBF" "a = 1\r\n\r\n# x\r\n[b] # y\r\nc = [1, # z\r\n 2]\r\n", "  [a]\n\tb=2  \n\n\n", "[[a]]\n[[a]]\n# end"}) {
        const auto document = Document::parse(text);
        ASSERT_TRUE(document) << document.error().chain();
        EXPECT_EQ(document->text(), text);
    }
}

struct Said {
    const char* text;
    const char* value;
};
class TomlValues : public testing::TestWithParam<Said> {};

TEST_P(TomlValues, AreRead) {
    const auto document = Document::parse(std::string("a = ") + GetParam().text + "\n");
    ASSERT_TRUE(document) << document.error().chain();
    EXPECT_EQ(say(document->sections()[0].entries[0].value), GetParam().value);
}

INSTANTIATE_TEST_SUITE_P(Toml, TomlValues,
                         testing::Values(Said{R"("a\tb\u00e9\U0001F600\\\"")", "\"a\\tbé😀\\\\\\\"\""}, Said{"'c:\\x'", R"("c:\\x")"},
                                         Said{"\"\"\"\none \"two\" \\\n   three\"\"\"\"\"", R"("one \"two\" three\"\"")"}, Said{"'''\n'a''b'''''", R"("'a''b''")"},
                                         Said{"1_000", "1000"}, Said{"-9223372036854775808", "-9223372036854775808"}, Said{"+0", "0"}, Said{"0xdead_BEEF", "3735928559"},
                                         Said{"0o755", "493"}, Said{"0b101", "5"}, Said{"3.5", "f3.5"}, Said{"-1e3", "f-1000"}, Said{"6.25E-2", "f0.0625"}, Said{"inf", "finf"},
                                         Said{"true", "true"}, Said{"[1, [2], 'x',]", "[1,[2,],\"x\",]"}, Said{"[\n 1 # c\n , 2\n]", "[1,2,]"},
                                         Said{"{b = 1, c.d = 'x'}", "{/b=1,/c/d=\"x\",}"}, Said{"{}", "{}"}, Said{"2026-12-01", "moment"}, Said{"2026-12-01T10:00:00Z", "moment"},
                                         Said{"2026-12-01 10:00:00.5+01:00", "moment"}, Said{"10:30:00", "moment"}));

struct Wrong {
    const char* text;
    TomlError code;
    const char* place; // "line:column"
};
class TomlMistakes : public testing::TestWithParam<Wrong> {};

TEST_P(TomlMistakes, HaveAPlace) {
    const auto document = Document::parse(GetParam().text);
    ASSERT_FALSE(document);
    EXPECT_TRUE(document.error().code().is(GetParam().code)) << document.error().chain();
    EXPECT_EQ(std::string(document.error().fact("line")) + ":" + std::string(document.error().fact("column")), GetParam().place);
}

INSTANTIATE_TEST_SUITE_P(
    Toml, TomlMistakes,
    testing::Values(Wrong{"a = 1\nb = \n", TomlError::Syntax, "2:5"}, Wrong{"a = 1 2", TomlError::Syntax, "1:7"}, Wrong{"é = 1", TomlError::Syntax, "1:1"},
                    Wrong{"\"é\" = x", TomlError::Syntax, "1:7"}, Wrong{"a = 01", TomlError::BadNumber, "1:5"}, Wrong{"a = 1__0", TomlError::BadNumber, "1:5"},
                    Wrong{"a = 9223372036854775808", TomlError::BadNumber, "1:5"}, Wrong{"a = 1.", TomlError::BadNumber, "1:5"}, Wrong{"a = 2026-02-30", TomlError::BadDate, "1:5"},
                    Wrong{"a = 2026-01-01T25:00:00Z", TomlError::BadDate, "1:5"}, Wrong{"a = \"x\n\"", TomlError::Syntax, "1:5"}, Wrong{"a = \"\\q\"", TomlError::BadEscape, "1:6"},
                    Wrong{"a = \"\\ud800\"", TomlError::BadEscape, "1:6"}, Wrong{"a = 'x", TomlError::Syntax, "1:5"}, Wrong{"a = [1, 2", TomlError::Syntax, "1:10"},
                    Wrong{"a = {b = 1,}", TomlError::Syntax, "1:12"}, Wrong{"a = {b = 1\n}", TomlError::Syntax, "1:11"}, Wrong{"[a\nb = 1", TomlError::Syntax, "1:3"},
                    Wrong{"a = 1\na = 2", TomlError::DuplicateKey, "2:1"}, Wrong{"[a]\n[a]", TomlError::DuplicateKey, "2:2"}, Wrong{"a.b = 1\n[a]", TomlError::DuplicateKey, "2:2"},
                    Wrong{"a = 1\n[a.b]", TomlError::NotATable, "2:2"}, Wrong{"a = 1\na.b = 2", TomlError::NotATable, "2:1"}, Wrong{"[[a]]\n[a]", TomlError::DuplicateKey, "2:2"},
                    Wrong{"a = {b = 1, b = 2}", TomlError::DuplicateKey, "1:13"}, Wrong{"a = []\n[[a]]", TomlError::DuplicateKey, "2:3"},
                    Wrong{"[a.b]\n[a]\nb.c = 1", TomlError::DuplicateKey, "3:1"}, Wrong{"a = 1\n<<<<<<< HEAD\nb = 2\n", TomlError::MergeConflict, "2:1"},
                    Wrong{"a = 1\n=======\n", TomlError::MergeConflict, "2:1"}, Wrong{"a = \"\x80\"", TomlError::NotUtf8, "1:6"}, Wrong{"# \x01\n", TomlError::Syntax, "1:3"}));

TEST(Toml, DepthIsBounded) {
    const std::string deep = "a = " + std::string(100'000, '[');
    const auto document = Document::parse(deep);
    ASSERT_FALSE(document);
    EXPECT_TRUE(document.error().code().is(TomlError::TooDeep));
}

const std::string map = "version = 1 # of the form\n\n# people\n[[group]]\nid = \"ops\"\n\n# Why it is there:\n# refunds\n[[edge]]\nid = \"e1\" # first\n"
                        "who = [\"ops\"]\n\n[[edge]]\n  id = \"e2\"\n  who = [\"ops\"]";

Document parsed(const std::string& text) {
    auto document = Document::parse(text);
    EXPECT_TRUE(document) << document.error().chain();
    return std::move(*document);
}

TEST(TomlEdits, ChangeNothingElse) {
    Document document = parsed(map);
    ASSERT_EQ(document.sections().size(), 4U);
    ASSERT_TRUE(document.setValue(2, 0, written(std::string("e9"))));
    std::string expected = map;
    expected.replace(expected.find("\"e1\""), 4, "\"e9\"");
    EXPECT_EQ(document.text(), expected);
    ASSERT_TRUE(document.addEntry(3, 1, "owner", written(std::string("lena"))));
    expected += "\n  owner = \"lena\"";
    EXPECT_EQ(document.text(), expected);
    ASSERT_TRUE(document.addEntry(2, 0, "owner", written(std::string("lena"))));
    expected.insert(expected.find("who = "), "owner = \"lena\"\n");
    EXPECT_EQ(document.text(), expected);
    ASSERT_TRUE(document.removeEntry(2, 1));
    expected.erase(expected.find("owner = "), 15);
    EXPECT_EQ(document.text(), expected);
    ASSERT_TRUE(document.removeSection(2));
    expected.erase(expected.find("# Why"), expected.find("[[edge]]\n  id") - expected.find("# Why"));
    EXPECT_EQ(document.text(), expected);
}

TEST(TomlEdits, SectionsKeepABlankLineBetweenThem) {
    Document document = parsed("version = 1");
    ASSERT_TRUE(document.addSection(1, "[[edge]]\nid = \"b\"\n"));
    ASSERT_TRUE(document.addSection(1, "# before\n[[edge]]\nid = \"a\""));
    ASSERT_TRUE(document.addSection(9, "[[edge]]\nid = \"c\""));
    EXPECT_EQ(document.text(), "version = 1\n\n# before\n[[edge]]\nid = \"a\"\n\n[[edge]]\nid = \"b\"\n\n[[edge]]\nid = \"c\"\n");
    Document empty = parsed("");
    ASSERT_TRUE(empty.addEntry(0, 0, "version", "1"));
    ASSERT_TRUE(empty.addSection(1, "[a]\n"));
    EXPECT_EQ(empty.text(), "version = 1\n\n[a]\n");
}

TEST(TomlEdits, WhatWouldBreakTheDocumentIsRefused) {
    Document document = parsed(map);
    EXPECT_FALSE(document.setValue(2, 0, "oops"));
    EXPECT_FALSE(document.setValue(2, 0, "1\nwho = 2"));
    EXPECT_FALSE(document.addEntry(2, 0, "who", "1"));
    EXPECT_FALSE(document.addEntry(2, 0, "a = 1\n[x]\nb", "1"));
    EXPECT_FALSE(document.addSection(2, "[group]\n"));
    EXPECT_FALSE(document.addSection(2, "a = 1\n[x]\n"));
    Document below = parsed("[[a]]\n[[a]]\n[a.b]\n[[a]]\n[a.b]\n");
    EXPECT_FALSE(below.removeSection(4)) << "[a.b] would come twice";
    EXPECT_EQ(document.text(), map);
}

// Keys, values and headers of few names, so that they meet; now and then something is cut out or put in anywhere.
std::string madeUp(std::mt19937_64& random) {
    const auto below = [&](std::size_t count) { return static_cast<std::size_t>(random() % count); };
    const auto one = [&](std::initializer_list<const char*> of) { return std::string(of.begin()[below(of.size())]); };
    std::function<std::string(int)> value = [&](int depth) -> std::string {
        if (depth < 3 && below(4) == 0) {
            std::string list = below(2) == 0 ? "[" : "[\n";
            for (std::size_t i = below(4); i > 0; --i) list += value(depth + 1) + one({",", ", ", ",\n # c\n "});
            return list + "]";
        }
        if (depth < 3 && below(5) == 0) {
            std::string table = "{";
            for (std::size_t i = below(3); i > 0; --i) table += one({"a", "b", "a.c", "'d e'"}) + " = " + value(depth + 1) + (i > 1 ? ", " : "");
            return table + "}";
        }
        return one({"1", "-0", "0x1F", "1_0", "1__0", "01", "1.5", "1e9", ".5", "5.", "true", "nan", "\"x\"", "\"\\u0041\\n\"", "\"\\z\"", "'lit'", "'''\nlong'''", "\"\"\"a\\\n  b\"\"\"",
                    "\"\"", "''", "2026-01-31", "2026-13-01", "2026-01-31T10:00:00Z", "07:32:00", "\"\"\"\"\"\"", "\"ü\"", "yes", ""});
    };
    const auto key = [&] { return one({"a", "b", "c", "a.b", "a . c", "\"a\"", "'b'.c", "c.d.e", "", "\"\""}); };
    std::string text;
    for (std::size_t i = below(10); i > 0; --i) {
        switch (below(7)) {
        case 0: text += one({"", " "}) + "[" + key() + "]" + one({"", " # c", " x"}) + "\n"; break;
        case 1: text += "[[" + key() + "]]\n"; break;
        case 2: text += one({"# comment", "", "  ", "#\t", "\r"}) + "\n"; break;
        default: text += key() + one({" = ", "=", "  =\t"}) + value(0) + one({"", " ", " # c", " x"}) + one({"\n", "\r\n", "\n\n"});
        }
    }
    if (!text.empty() && below(4) == 0) text.erase(below(text.size()), 1 + below(3));
    if (below(6) == 0) text.insert(below(text.size() + 1), one({"\"", "[", "]", "=", "'", "\n", "{", ",", "\\", "."}));
    return text;
}

// The other reader takes one thing more than TOML 1.0 has: escapes and line ends of its successor are asked of neither.
TEST(Toml, AgreesWithTomlPlusPlus) {
    std::mt19937_64 random(20261130);
    std::size_t taken = 0;
    for (int i = 0; i < 40'000; ++i) {
        const std::string text = madeUp(random);
        const auto ours = Document::parse(text);
        std::optional<::toml::table> theirs;
        std::string why;
        try {
            theirs = ::toml::parse(text);
        } catch (const ::toml::parse_error& error) {
            why = error.what();
        }
        ASSERT_EQ(ours.has_value(), theirs.has_value()) << "number " << i << "\n" << text << "\n" << (ours ? why : ours.error().chain());
        if (!ours) continue;
        ++taken;
        ASSERT_EQ(ours->text(), text);
        ASSERT_EQ(flat(*ours), flat(*theirs)) << "number " << i << "\n" << text;
    }
    EXPECT_GT(taken, 4'000U);
}

} // namespace
} // namespace gw::mesh::toml

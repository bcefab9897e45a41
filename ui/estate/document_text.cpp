#include "ui/estate/document_text.h"

#include <algorithm>

namespace gw::ui {
namespace {

using policy::Truth;
using policy::Value;
using policy::ValueKind;

// A text with a longer line, or with fewer lines for each statement, was not written to be read.
constexpr std::size_t readableLine = 120, linesOfStatementAtLeast = 4;

std::string_view writtenAs(Value value, std::string_view source) {
    const policy::Span span = value.span();
    return source.substr(span.begin, span.end - span.begin);
}

class Layout {
public:
    Layout(std::string_view source, JsonLayout layout) : source_(source), layout_(layout) {}
    std::string run(Value root) {
        add(root, 0, 0);
        return std::move(out_);
    }

private:
    void name(Value member, std::string& into) const {
        const policy::Span span = member.nameSpan();
        into += source_.substr(span.begin, span.end - span.begin);
        into += ": ";
    }

    // In one line, as long as that is not longer than `room`; nothing otherwise.
    bool inOneLine(Value value, std::size_t room, std::string& into) const {
        if (!value.is(ValueKind::Array) && !value.is(ValueKind::Object)) {
            into += writtenAs(value, source_);
            return into.size() <= room;
        }
        const bool object = value.is(ValueKind::Object);
        into += object ? "{" : "[";
        for (Value each = value.first(); each; each = each.next()) {
            if (into.size() > 1 && into.back() != '[' && into.back() != '{') into += ", ";
            if (object) name(each, into);
            std::string part;
            if (!inOneLine(each, room, part)) return false;
            into += part;
            if (into.size() > room) return false;
        }
        into += object ? "}" : "]";
        return into.size() <= room;
    }

    void add(Value value, std::size_t depth, std::size_t used) {
        const bool container = (value.is(ValueKind::Array) || value.is(ValueKind::Object)) && value.size() > 0;
        // A statement is always opened up: its elements are what people look for.
        const bool open =
            container && depth < layout_.opened && (value.is(ValueKind::Object) || value.first().is(ValueKind::Object));
        std::string line;
        if (!open && inOneLine(value, container ? std::max(layout_.widest, used) - used : static_cast<std::size_t>(-1), line)) {
            out_ += line;
            return;
        }
        const bool object = value.is(ValueKind::Object);
        out_ += object ? "{" : "[";
        for (Value each = value.first(); each; each = each.next()) {
            out_ += '\n';
            out_.append((depth + 1) * 2, ' ');
            std::string called;
            if (object) name(each, called);
            out_ += called;
            add(each, depth + 1, (depth + 1) * 2 + called.size());
            if (each.next()) out_ += ',';
        }
        out_ += '\n';
        out_.append(depth * 2, ' ');
        out_ += object ? "}" : "]";
    }

    std::string_view source_;
    JsonLayout layout_;
    std::string out_;
};

bool isReadable(std::string_view text, std::size_t statements) {
    std::size_t lines = 0, longest = 0;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        longest = std::max(longest, end);
        ++lines;
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines > linesOfStatementAtLeast * std::max<std::size_t>(statements, 1) && longest <= readableLine;
}

// RFC 6901.
Value valueAt(Value root, std::string_view pointer) {
    Value at = root;
    while (at && !pointer.empty()) {
        pointer.remove_prefix(1);
        const std::size_t end = std::min(pointer.find('/'), pointer.size());
        std::string token;
        for (std::size_t i = 0; i < end; ++i) {
            const bool escape = pointer[i] == '~' && i + 1 < end;
            token += !escape ? pointer[i] : pointer[++i] == '1' ? '/' : '~';
        }
        pointer.remove_prefix(end);
        if (at.is(ValueKind::Array)) {
            std::size_t index = 0;
            for (const char digit : token) {
                if (digit < '0' || digit > '9' || index > at.size()) return {};
                index = index * 10 + static_cast<std::size_t>(digit - '0');
            }
            at = at.first();
            for (; at && index > 0; --index) at = at.next();
        } else {
            at = at.member(token);
        }
    }
    return at;
}

std::string escaped(std::string_view token) {
    std::string text;
    for (const char each : token) text += each == '~' ? "~0" : each == '/' ? "~1" : std::string(1, each);
    return text;
}

// A document that stands inside another one is indented from its second line on.
void dropOuterIndent(QStringList& lines) {
    qsizetype least = 1000;
    for (qsizetype i = 1; i < lines.size(); ++i) {
        qsizetype blanks = 0;
        while (blanks < lines[i].size() && lines[i][blanks] == QLatin1Char(' ')) ++blanks;
        if (blanks < lines[i].size()) least = std::min(least, blanks);
    }
    for (qsizetype i = 1; i < lines.size() && least < 1000; ++i) lines[i].remove(0, std::min(least, lines[i].size()));
}

} // namespace

std::string laidOutJson(const policy::SourceTree& source, JsonLayout layout) {
    return Layout(source.text(), layout).run(source.root());
}

DocumentText::DocumentText(policy::PolicyRef policy) : policy_(std::move(policy)) {
    const policy::SourceTree& source = policy_->document().source();
    std::string text = source.text();
    if (!isReadable(text, policy_->statements().size())) {
        text = laidOutJson(source);
        laidOut_ = true;
    }
    auto tree = policy::SourceTree::parse(std::move(text));
    if (!tree) return;
    tree_ = std::move(*tree);
    const std::string& shown = tree_->text();
    for (std::size_t at = 0; at <= shown.size();) {
        const std::size_t end = std::min(shown.find('\n', at), shown.size());
        starts_.push_back(static_cast<std::uint32_t>(at));
        QString line = QString::fromUtf8(shown.data() + at, static_cast<qsizetype>(end - at));
        while (line.endsWith(QLatin1Char('\r'))) line.chop(1);
        lines_.append(line.replace(QLatin1Char('\t'), QStringLiteral("    ")));
        at = end + 1;
    }
    while (lines_.size() > 1 && lines_.last().trimmed().isEmpty()) lines_.removeLast();
    dropOuterIndent(lines_);
}

std::optional<LineRange> DocumentText::linesOf(const std::string& pointer) const {
    if (!tree_) return std::nullopt;
    const Value value = valueAt(tree_->root(), pointer);
    if (!value) return std::nullopt;
    const policy::Span span = value.span();
    const auto lineOf = [&](std::uint32_t offset) {
        return static_cast<int>(std::upper_bound(starts_.begin(), starts_.end(), offset) - starts_.begin()) - 1;
    };
    return LineRange{lineOf(span.begin), lineOf(span.end > span.begin ? span.end - 1 : span.end)};
}

std::string DocumentText::pointerOf(std::size_t statement) const {
    const auto& document = policy_->document();
    return document.source().pointerTo(document.statements()[statement].value);
}

std::optional<LineRange> DocumentText::linesOfStatement(std::size_t statement) const {
    return linesOf(pointerOf(statement));
}

std::vector<LineRange> DocumentText::decidingLines(const policy::StatementReport& report, const std::string& foldedAction) const {
    std::vector<LineRange> found;
    const std::string statement = pointerOf(report.ref.statement);
    const auto add = [&](const std::string& pointer) {
        if (const auto lines = linesOf(statement + pointer)) found.push_back(*lines);
    };
    const policy::CompiledStatement& compiled = report.ref.get();
    const char* const action = compiled.isNotAction() ? "/NotAction" : "/Action";
    const char* const resource = compiled.isNotResource() ? "/NotResource" : "/Resource";
    const char* const principal = compiled.isNotPrincipal() ? "/NotPrincipal" : "/Principal";
    const bool applies = report.applies == Truth::True;
    if (applies) {
        add("/Effect");
        // Of a list the entry that matches.
        const policy::Context nothing;
        std::string entry = action;
        const auto& patterns = compiled.actions();
        for (std::size_t i = 0; i < patterns.size() && patterns.size() > 1 && !compiled.isNotAction(); ++i)
            if (patterns[i].matches(foldedAction, policy::Scope(nothing, {}, true)) == Truth::True) {
                entry += "/" + std::to_string(i);
                break;
            }
        add(entry);
        add(resource);
        add(principal);
    } else {
        if (!report.action) add(action);
        if (!report.principal) add(principal);
        if (report.resource != Truth::True) add(resource);
    }
    const bool reached = applies || found.empty();
    for (const auto& condition : report.conditions)
        if (reached && (applies || condition.holds != Truth::True))
            add("/Condition/" + escaped(condition.op) + "/" + escaped(condition.key));
    std::sort(found.begin(), found.end(), [](const LineRange& a, const LineRange& b) { return a.first < b.first; });
    return found;
}

} // namespace gw::ui

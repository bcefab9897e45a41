#include "ui/widgets/code_highlight.h"

namespace gw::ui {
namespace {

bool isWord(QChar letter) {
    return letter.isLetterOrNumber() || letter == u'_' || letter == u'-' || letter == u'.' || letter == u'/' || letter == u':';
}
bool isName(QChar letter) {
    return letter.isLetterOrNumber() || letter == u'_' || letter == u'$' || letter == u'-';
}

// Behind `from` and blanks: '=' or ':' makes a key of what stands before.
bool assigns(const QString& line, qsizetype from, bool quoted) {
    while (from < line.size() && line[from] == u' ') ++from;
    return from < line.size() && (line[from] == u'=' || (quoted && line[from] == u':'));
}

} // namespace

std::vector<CodeSpan> highlight(const QString& line) {
    std::vector<CodeSpan> spans;
    bool keySeen = false;
    qsizetype i = 0;
    while (i < line.size()) {
        const QChar letter = line[i];
        const bool wordStart = i == 0 || !isWord(line[i - 1]);
        if (letter == u'#' && (i == 0 || line[i - 1].isSpace())) {
            spans.push_back({i, line.size() - i, Color::CodeComment});
            break;
        }
        if (letter == u'"' || letter == u'\'') {
            qsizetype end = i + 1;
            while (end < line.size() && line[end] != letter) end += line[end] == u'\\' ? 2 : 1;
            end = std::min(end + 1, line.size());
            const bool key = letter == u'"' && assigns(line, end, true);
            spans.push_back({i, end - i, key ? Color::CodeKey : Color::CodeString});
            i = end;
            continue;
        }
        if (wordStart && letter.isDigit()) {
            qsizetype end = i;
            while (end < line.size() && (line[end].isDigit() || line[end] == u'.')) ++end;
            if (end == line.size() || !isWord(line[end])) spans.push_back({i, end - i, Color::CodeNumber});
            while (end < line.size() && isWord(line[end])) ++end;
            i = end;
            continue;
        }
        if (wordStart && !keySeen && (letter.isLetter() || letter == u'_' || letter == u'$')) {
            qsizetype end = i;
            while (end < line.size() && isName(line[end])) ++end;
            if (assigns(line, end, false)) {
                spans.push_back({i, end - i, Color::CodeKey});
                keySeen = true;
            }
            i = std::max(end, i + 1);
            continue;
        }
        ++i;
    }
    return spans;
}

} // namespace gw::ui

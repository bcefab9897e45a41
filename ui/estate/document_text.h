// A policy document as it is shown: its own text where that can be read, laid out anew where it came in one line, with
// the lines of its elements.
#pragma once

#include "models/policy/explanation.h"

#include <QString>
#include <QStringList>

#include <optional>
#include <utility>
#include <vector>

namespace gw::ui {

// Lines from 0 on, both ends belong to it.
struct LineRange {
    int first = 0, last = 0;
    friend bool operator==(const LineRange&, const LineRange&) = default;
};

class DocumentText {
public:
    explicit DocumentText(policy::PolicyRef policy);

    [[nodiscard]] const QStringList& lines() const { return lines_; }
    // Whether the lines are not those of the source.
    [[nodiscard]] bool laidOut() const { return laidOut_; }
    // By JSON pointer; nothing where there is no such value.
    [[nodiscard]] std::optional<LineRange> linesOf(const std::string& pointer) const;
    [[nodiscard]] std::optional<LineRange> linesOfStatement(std::size_t statement) const;
    // The lines by which a statement applies or fails: what fails, else all that matches.
    [[nodiscard]] std::vector<LineRange> decidingLines(const policy::StatementReport& statement,
                                                       const std::string& foldedAction) const;

private:
    [[nodiscard]] std::string pointerOf(std::size_t statement) const;
    policy::PolicyRef policy_;
    std::optional<policy::SourceTree> tree_; // of the text that is shown
    QStringList lines_;
    std::vector<std::uint32_t> starts_;
    bool laidOut_ = false;
};

struct JsonLayout {
    std::size_t widest = 84; // characters of a line, about; what is longer in itself stays so
    std::size_t opened = 3;  // objects down to this depth have a line for every member
};
// Order and spelling are kept.
[[nodiscard]] std::string laidOutJson(const policy::SourceTree& source, JsonLayout layout = {});

} // namespace gw::ui

#include "models/items/table/matcher.h"

#include <algorithm>

namespace gw::items {
namespace {

using Kind = Alternative::Kind;

// Terms that are remembered: those of a filter, and those before the last key presses.
constexpr std::size_t remembered = 96;

bool holds(const Alternative& each, std::int64_t value) {
    switch (each.kind) {
    case Kind::Nothing:
        return value == unknownValue;
    case Kind::Something:
        return value != unknownValue && value != neverValue;
    case Kind::Range:
        return (value >= each.least && value <= each.most && value != unknownValue) || (each.orNever && value == neverValue);
    default:
        return false;
    }
}

bool holdsChoice(const Alternative& each, std::uint32_t choices) {
    switch (each.kind) {
    case Kind::Nothing:
        return choices == 0;
    case Kind::Something:
        return choices != 0;
    default:
        return (choices & each.choices) != 0;
    }
}

template <class Holds>
bool anyHolds(const std::vector<Alternative>& alternatives, Holds holds) {
    return std::any_of(alternatives.begin(), alternatives.end(), holds);
}

// Every row that fits `word` fits `part` too.
bool narrows(const Alternative& word, const Alternative& part) {
    return word.kind == Kind::Holds && part.kind == Kind::Holds && word.text.size() > part.text.size() &&
           word.text.find(part.text) != std::string::npos;
}

} // namespace

struct Matcher::Known {
    Term term;
    RowSet rows;             // without the "-"
    std::vector<Hits> hits;  // of a text that is part of the value: by searched column, or the term's own
    bool complete = true;    // false: an answer from outside is missing
};

Matcher::Matcher(const Table& table, Outside outside) : table_(&table), outside_(std::move(outside)) {}
Matcher::~Matcher() = default;
Matcher::Matcher(Matcher&&) noexcept = default;
Matcher& Matcher::operator=(Matcher&&) noexcept = default;

const RowSet& Matcher::match(const Filter& filter) {
    waits_ = false;
    result_ = RowSet(table_->rows(), true);
    for (const Term& term : filter.terms) {
        const auto known = rowsOf(term);
        if (!known->complete) {
            waits_ = true;
            continue;
        }
        if (term.negated) {
            RowSet others = known->rows;
            others.invert();
            result_ &= others;
        } else {
            result_ &= known->rows;
        }
    }
    return result_;
}

std::shared_ptr<Matcher::Known> Matcher::wider(const Term& term) const {
    if (term.alternatives.size() != 1) return nullptr;
    // The longest word that the new one holds leaves the least to look at.
    std::shared_ptr<Known> best;
    for (const auto& each : known_)
        if (each->term.column == term.column && each->term.alternatives.size() == 1 && !each->hits.empty() &&
            narrows(term.alternatives.front(), each->term.alternatives.front()) &&
            (!best || best->term.alternatives.front().text.size() < each->term.alternatives.front().text.size()))
            best = each;
    return best;
}

std::shared_ptr<Matcher::Known> Matcher::rowsOf(const Term& term) {
    const auto found = std::find_if(known_.begin(), known_.end(), [&term](const auto& each) {
        return each->complete && each->term.column == term.column && each->term.alternatives == term.alternatives;
    });
    if (found != known_.end()) {
        std::rotate(found, found + 1, known_.end());
        return known_.back();
    }
    auto made = std::make_shared<Known>();
    made->term = term;
    made->rows = RowSet(table_->rows());
    const auto before = wider(term);
    if (!term.column) {
        addWord(term, *made, before.get());
    } else if (const ColumnKind kind = table_->columns()[*term.column].kind; kind == ColumnKind::Text) {
        addTexts(term, *made, before.get());
    } else if (kind == ColumnKind::Outside) {
        made->complete = addOutside(term, made->rows);
        if (!made->complete) return made;
    } else {
        addValues(term, made->rows);
    }
    if (known_.size() == remembered) known_.erase(known_.begin());
    known_.push_back(made);
    return made;
}

void Matcher::addWord(const Term& term, Known& known, const Known* narrower) const {
    const std::string& word = term.alternatives.front().text;
    std::vector<const TextColumn*> columns;
    for (std::size_t i = 0; i < table_->columns().size(); ++i)
        if (table_->columns()[i].searched) columns.push_back(&table_->texts(i));
    for (std::size_t i = 0; i < columns.size(); ++i)
        known.hits.push_back(columns[i]->holding(word, false, narrower != nullptr ? &narrower->hits[i] : nullptr));
    const auto fits = [&](std::size_t row) {
        for (std::size_t i = 0; i < columns.size(); ++i)
            for (const std::uint32_t code : columns[i]->of(row))
                if (known.hits[i][code] != 0) return true;
        return false;
    };
    const auto test = [&](std::size_t row) {
        if (fits(row)) known.rows.add(row);
    };
    if (narrower != nullptr) return narrower->rows.forEach(test);
    for (std::size_t row = 0; row < table_->rows(); ++row) test(row);
}

void Matcher::addTexts(const Term& term, Known& known, const Known* narrower) const {
    const TextColumn& column = table_->texts(*term.column);
    Hits hits(column.distinct(), 0);
    bool orNone = false, orAny = false;
    for (const Alternative& each : term.alternatives) {
        orNone = orNone || each.kind == Kind::Nothing;
        orAny = orAny || each.kind == Kind::Something;
        if (each.kind != Kind::Holds && each.kind != Kind::Is) continue;
        const Hits own = column.holding(each.text, each.kind == Kind::Is, narrower != nullptr ? &narrower->hits.front() : nullptr);
        for (std::size_t i = 0; i < hits.size(); ++i) hits[i] |= own[i];
    }
    for (std::size_t row = 0; row < table_->rows(); ++row) {
        const auto codes = column.of(row);
        const bool fits = codes.empty() ? orNone : orAny || std::any_of(codes.begin(), codes.end(), [&](std::uint32_t code) { return hits[code] != 0; });
        if (fits) known.rows.add(row);
    }
    if (!orNone && !orAny) known.hits.push_back(std::move(hits));
}

void Matcher::addValues(const Term& term, RowSet& rows) const {
    if (table_->columns()[*term.column].kind == ColumnKind::Choice) {
        const auto& choices = table_->choices(*term.column);
        for (std::size_t row = 0; row < choices.size(); ++row)
            if (anyHolds(term.alternatives, [&](const Alternative& each) { return holdsChoice(each, choices[row]); })) rows.add(row);
        return;
    }
    const auto& values = table_->values(*term.column);
    for (std::size_t row = 0; row < values.size(); ++row)
        if (anyHolds(term.alternatives, [&](const Alternative& each) { return holds(each, values[row]); })) rows.add(row);
}

bool Matcher::addOutside(const Term& term, RowSet& rows) const {
    bool complete = true;
    for (const Alternative& each : term.alternatives) {
        const RowSet* own = outside_ ? outside_(*term.column, each.text) : nullptr;
        if (own == nullptr || own->rows() != rows.rows()) {
            complete = false;
            continue;
        }
        own->forEach([&rows](std::size_t row) { rows.add(row); });
    }
    return complete;
}

} // namespace gw::items

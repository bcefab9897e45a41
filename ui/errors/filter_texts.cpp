// What is wrong with a filter that somebody types. The place in it is shown, so the words need not tell it.
#include "ui/errors/error_entry.h"

#include <QtGlobal>

namespace gw::ui::errors {

namespace {

constexpr ErrorEntry entries[] = {
    {"filter.unknown_field", QT_TRANSLATE_NOOP("ErrorText", "The filter has a field that is not known"),
     QT_TRANSLATE_NOOP("ErrorText", "There is no field[ “{seen}”| of that name][; the nearest is “{expected}”]."),
     {QT_TRANSLATE_NOOP("ErrorText", "Choose one of the list, or put the word in quotes to look for it as text.")}},
    {"filter.no_value", QT_TRANSLATE_NOOP("ErrorText", "The filter has a field without a value"),
     QT_TRANSLATE_NOOP("ErrorText", "A value is still to come[ after “{field}:”]."),
     {QT_TRANSLATE_NOOP("ErrorText", "Type it, or choose one of the list.")}},
    {"filter.unknown_value", QT_TRANSLATE_NOOP("ErrorText", "The filter has a value that does not exist"),
     QT_TRANSLATE_NOOP("ErrorText", "[“{field}” is never “{seen}”|There is no such value][: it is one of {expected}]."),
     {QT_TRANSLATE_NOOP("ErrorText", "Choose one of the list; “none” is where there is nothing.")}},
    {"filter.not_a_number", QT_TRANSLATE_NOOP("ErrorText", "The filter needs a number"),
     QT_TRANSLATE_NOOP("ErrorText", "[“{seen}” is not a whole number|This is not a whole number] from 0 on."),
     {QT_TRANSLATE_NOOP("ErrorText", "Write a number alone, or with > or <= before it.")}},
    {"filter.not_a_time", QT_TRANSLATE_NOOP("ErrorText", "The filter needs a time"),
     QT_TRANSLATE_NOOP("ErrorText", "[“{seen}”|This] does not say since when, or for how long."),
     {QT_TRANSLATE_NOOP("ErrorText", "Write >90d for longer ago than that, <7d for within that, >2026-01-31, or never.")}},
    {"filter.not_a_duration", QT_TRANSLATE_NOOP("ErrorText", "The filter needs a duration"),
     QT_TRANSLATE_NOOP("ErrorText", "[“{seen}”|This] has no unit that is known: s, min, h, d, w, mo, y."),
     {QT_TRANSLATE_NOOP("ErrorText", "Write >1h or <=30min.")}},
    {"filter.no_order", QT_TRANSLATE_NOOP("ErrorText", "The filter compares words by size"),
     QT_TRANSLATE_NOOP("ErrorText", "[“{field}”|This] is text, and text is not more or less."),
     {QT_TRANSLATE_NOOP("ErrorText", "Leave out < and >, or put the value in quotes.")}},
    {"filter.open_quote", QT_TRANSLATE_NOOP("ErrorText", "The filter has an open quote"),
     QT_TRANSLATE_NOOP("ErrorText", "What begins with a quote ends with one."),
     {QT_TRANSLATE_NOOP("ErrorText", "Close it.")}},
    {"filter.too_long", QT_TRANSLATE_NOOP("ErrorText", "The filter is too long"),
     QT_TRANSLATE_NOOP("ErrorText", "From here on it is not looked at."),
     {QT_TRANSLATE_NOOP("ErrorText", "Leave out what is not needed, or save it as several views.")}},
};

} // namespace

std::span<const ErrorEntry> filterTexts() { return entries; }

} // namespace gw::ui::errors

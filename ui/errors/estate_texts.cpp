// What goes wrong when dumps of AWS's calls are read.
#include "ui/errors/error_entry.h"

#include <QtGlobal>

namespace gw::ui::errors {

namespace {

constexpr ErrorEntry entries[] = {
    {"estate.unreadable", QT_TRANSLATE_NOOP("ErrorText", "A file cannot be read"),
     QT_TRANSLATE_NOOP("ErrorText", "[{file}|It] is not there, or is not readable for you."),
     {QT_TRANSLATE_NOOP("ErrorText", "Check the path and its permissions.")}},
    {"estate.too_large", QT_TRANSLATE_NOOP("ErrorText", "A file is too large"),
     QT_TRANSLATE_NOOP("ErrorText", "[{file} has {seen:number} octets. ]There is a limit for one file and for all together[: {expected:number} octets are left]."),
     {QT_TRANSLATE_NOOP("ErrorText", "Save the answer in pages, or one account at a time.")}},
    {"estate.too_many", QT_TRANSLATE_NOOP("ErrorText", "The folder holds too much"),
     QT_TRANSLATE_NOOP("ErrorText", "Not everything below it was read[, from {file} on]."),
     {QT_TRANSLATE_NOOP("ErrorText", "Give the folder with the dumps, not one far above it.")}},
    {"estate.outside", QT_TRANSLATE_NOOP("ErrorText", "A link leads out of the folder"),
     QT_TRANSLATE_NOOP("ErrorText", "[{file}|It] was not followed."),
     {QT_TRANSLATE_NOOP("ErrorText", "Name the folder that it leads to as well.")}},
    {"estate.malformed", QT_TRANSLATE_NOOP("ErrorText", "A file is not JSON"),
     QT_TRANSLATE_NOOP("ErrorText", "[{file}|It] cannot be read[ from line {line}, column {column} on].[ {cause}]"),
     {QT_TRANSLATE_NOOP("ErrorText", "Save the answer of the AWS command line again, with --output json.")}},
    {"estate.not_recognised", QT_TRANSLATE_NOOP("ErrorText", "A file is no dump that is known"),
     QT_TRANSLATE_NOOP("ErrorText", "[{file}|It] is not the answer of a call that is read here."),
     {QT_TRANSLATE_NOOP("ErrorText", "Leave it out, or check that it is the whole answer of the call.")}},
    {"estate.wrong_type", QT_TRANSLATE_NOOP("ErrorText", "An object lacks what it is known by"),
     QT_TRANSLATE_NOOP("ErrorText", "It was left out[, since it has no {expected}].[ {file}, line {line}, column {column}.]"),
     {QT_TRANSLATE_NOOP("ErrorText", "Save the answer again without a --query that drops fields.")}},
    {"estate.unnamed", QT_TRANSLATE_NOOP("ErrorText", "A file does not tell what it belongs to"),
     QT_TRANSLATE_NOOP("ErrorText", "The answer[ in {file}] names neither its resource nor its target."),
     {QT_TRANSLATE_NOOP("ErrorText", "Name the file after the call and the id: get-policy-FUNCTION.json, list-parents-ACCOUNT.json.")}},
    {"estate.truncated", QT_TRANSLATE_NOOP("ErrorText", "An answer has further pages"),
     QT_TRANSLATE_NOOP("ErrorText", "[{file}|It] ends with a marker, and the page after it is not there."),
     {QT_TRANSLATE_NOOP("ErrorText", "Save all pages.")}},
    {"estate.conflict", QT_TRANSLATE_NOOP("ErrorText", "Two files tell different things of one object"),
     QT_TRANSLATE_NOOP("ErrorText", "The newer file counts[ for {object}][: {expected}, and not {file}]."),
     {QT_TRANSLATE_NOOP("ErrorText", "Remove the dump that is out of date.")}},
};

} // namespace

std::span<const ErrorEntry> estateTexts() { return entries; }

} // namespace gw::ui::errors

// The one place where errors become sentences: what happened, why, what to do.
#pragma once

#include "saml/base/error.h"

#include <QString>
#include <QStringList>

namespace gw::ui {

struct ErrorText {
    QString title;          // what happened, no full stop
    QString why;            // one or two sentences
    QStringList whatToDo;   // each one step
    QString details;        // outside words, codes and ids, for the mono block; may be empty
};

[[nodiscard]] ErrorText explain(const Error& error);
// Title and first step in one line, for the command line and toasts.
[[nodiscard]] QString explainBriefly(const Error& error);
// True where this code has a text of its own; a test asks it for every code of every module.
[[nodiscard]] bool hasText(const Code& code);

} // namespace gw::ui

#include "app/gatewardenctl/gap_words.h"

#include "ui/errors_text.h"

namespace gw::ctl {
namespace {

std::string withCause(const QString& text, const estate::Gap& gap) {
    return (gap.cause ? text + QLatin1Char(' ') + ui::explainBriefly(*gap.cause) : text).toStdString();
}

} // namespace

std::string gapWords(const estate::Gap& gap, const ui::PolicyNames& names) {
    return withCause(ui::gapText(gap, names), gap);
}

std::string gapWords(const estate::Gap& gap, const estate::Estate& estate) {
    return withCause(ui::gapText(gap, estate), gap);
}

} // namespace gw::ctl

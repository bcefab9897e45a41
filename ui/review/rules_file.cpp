#include "ui/review/rules_file.h"

#include "saml/base/json_quote.h"
#include "ui/errors/utf8.h"

namespace gw::ui {

QByteArray withAccepted(const QByteArray& rules, const estate::review::AcceptedFinding& accepted, const QDate& until) {
    std::string added = rules.isEmpty() || rules.endsWith('\n') ? "" : "\n";
    if (!rules.isEmpty()) added += '\n';
    added += "[[accept]]\n";
    // A basic string of TOML is written as one of JSON.
    const auto line = [&added](std::string_view key, std::string_view value) {
        if (value.empty()) return;
        added += key;
        added += " = ";
        appendJsonQuoted(added, value);
        added += '\n';
    };
    line("rule", accepted.rule);
    line("object", accepted.object);
    line("file", accepted.file);
    line("change", accepted.change);
    line("principal", accepted.principal);
    line("action", accepted.action);
    line("resource", accepted.resource);
    line("reason", fromUtf8(accepted.reason).trimmed().toStdString());
    added += "until = " + until.toString(Qt::ISODate).toStdString() + '\n';
    return rules + QByteArray::fromStdString(added);
}

} // namespace gw::ui

#include "ui/review/rules_file.h"

#include "saml/base/json_quote.h"

namespace gw::ui {

QByteArray withAccepted(const QByteArray& rules, std::string_view rule, std::string_view object, const QString& reason, const QDate& until) {
    // A basic string of TOML is written as one of JSON.
    const auto line = [](std::string_view key, std::string_view value) {
        std::string written(key);
        written += " = ";
        appendJsonQuoted(written, value);
        return written + '\n';
    };
    std::string added = rules.isEmpty() || rules.endsWith('\n') ? "" : "\n";
    if (!rules.isEmpty()) added += '\n';
    added += "[[accept]]\n" + line("rule", rule) + line("object", object) + line("reason", reason.trimmed().toStdString());
    added += "until = " + until.toString(Qt::ISODate).toStdString() + '\n';
    return rules + QByteArray::fromStdString(added);
}

} // namespace gw::ui

#include "ui/errors_text.h"

#include "saml/base/utc_time.h"
#include "ui/errors/error_entry.h"
#include "ui/errors/render.h"

#include <QCoreApplication>

#include <array>
#include <unordered_map>

namespace gw::ui {

namespace {

using errors::ErrorEntry;

const ErrorEntry* entryOf(const Code& code) {
    static const auto byId = [] {
        std::unordered_map<std::string_view, const ErrorEntry*> map;
        for (const auto table : {errors::samlTexts(), errors::documentTexts(), errors::cloudTexts(), errors::awsTexts(), errors::storeTexts(), errors::loginTexts(),
                                 errors::policyTexts(), errors::estateTexts(), errors::filterTexts(), errors::mapTexts()})
            for (const auto& entry : table) map.emplace(entry.id, &entry);
        return map;
    }();
    const auto found = byId.find(code.id());
    return found == byId.end() ? nullptr : found->second;
}

QString tr(const char* text) { return QCoreApplication::translate("ErrorText", text); }

QString shown(std::string_view text) { return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())).simplified(); }

// AWS's own words with what support needs to find the call again.
QString awsDetails(const Error& error) {
    QStringList lines;
    lines << (error.fact("message").empty() ? shown(error.fact("code"))
                                            : shown(error.fact("code")) + QStringLiteral(": ") + shown(error.fact("message")));
    QStringList where;
    if (const auto endpoint = error.fact("endpoint"); !endpoint.empty()) where << shown(endpoint);
    if (const auto request = error.fact("request_id"); !request.empty())
        where << tr(QT_TRANSLATE_NOOP("ErrorText", "request %1")).arg(shown(request));
    if (const auto time = error.fact("server_time"); !time.empty()) where << shown(time);
    if (!where.isEmpty()) lines << where.join(QStringLiteral(", "));
    return lines.join(u'\n');
}

QString technicalDetails(const Error& error) {
    QStringList lines;
    for (const Error* at = &error; at; at = at->cause()) {
        QString line = QString::fromStdString(at->code().id());
        if (!at->detail().empty()) line += QStringLiteral(": ") + shown(at->detail());
        lines << line;
        for (const auto& fact : at->facts())
            if (!fact.value.empty()) lines << QStringLiteral("  ") + shown(fact.name) + QStringLiteral(" = ") + shown(fact.value);
    }
    return lines.join(u'\n');
}

} // namespace

ErrorText explain(const Error& error) {
    ErrorText text;
    QString causeSentence;
    ErrorText cause;
    if (error.cause()) {
        cause = explain(*error.cause());
        causeSentence = cause.title + QStringLiteral(". ") + cause.why;
    }
    text.details = error.fact("code").empty() ? technicalDetails(error) : awsDetails(error);
    const ErrorEntry* entry = entryOf(error.code());
    if (!entry) {
        text.title = tr(QT_TRANSLATE_NOOP("ErrorText", "Something failed"));
        text.why = tr(QT_TRANSLATE_NOOP("ErrorText", "There is no text for this failure; its code is %1."))
                       .arg(QString::fromStdString(error.code().id()));
        text.whatToDo << tr(QT_TRANSLATE_NOOP("ErrorText", "Report the details below."));
        return text;
    }
    text.title = errors::render(tr(entry->title), error, causeSentence);
    text.why = errors::render(tr(entry->why), error, causeSentence);
    for (const char* step : entry->whatToDo) {
        if (!step) break;
        text.whatToDo << errors::render(tr(step), error, causeSentence);
    }
    // The steps of the cause are the nearer ones.
    if (error.cause() && QString::fromUtf8(entry->why).contains(QStringLiteral("{cause}"))) text.whatToDo = cause.whatToDo + text.whatToDo;
    text.whatToDo.removeDuplicates();
    return text;
}

QString explainBriefly(const Error& error) {
    const ErrorText text = explain(error);
    if (text.whatToDo.isEmpty()) return text.title + u'.';
    const QString step = text.whatToDo.first();
    return text.title + QStringLiteral(". ") + step + (step.endsWith(u'.') ? QString() : QStringLiteral("."));
}

bool hasText(const Code& code) { return entryOf(code) != nullptr; }

} // namespace gw::ui

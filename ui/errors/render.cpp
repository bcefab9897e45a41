#include "ui/errors/render.h"

#include "saml/base/utc_time.h"
#include "ui/errors/utf8.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <QStringList>

#include <cstdlib>

namespace gw::ui::errors {

namespace {

QString tr(const char* text) { return QCoreApplication::translate("ErrorText", text); }

QString localTime(std::string_view instant, bool dateOnly) {
    const auto time = UtcTime::parse(instant);
    if (!time) return fromUtf8(instant);
    const QDateTime local = QDateTime::fromMSecsSinceEpoch(time->unixMilliseconds());
    const QString date = QLocale().toString(local.date(), QStringLiteral("d MMM yyyy"));
    if (dateOnly) return date;
    const QString clock = local.time().toString(QStringLiteral("HH:mm:ss"));
    return local.date() == QDate::currentDate() ? clock : tr(QT_TRANSLATE_NOOP("ErrorText", "%1 on %2")).arg(clock, date);
}

QString utcTime(std::string_view instant) {
    const auto time = UtcTime::parse(instant);
    if (!time) return fromUtf8(instant);
    QString text = fromUtf8(time->toRfc3339()).left(19);
    return text.replace(u'T', u' ') + QStringLiteral(" UTC");
}

QString span(qint64 seconds) {
    if (seconds < 60) return tr(QT_TRANSLATE_NOOP("ErrorText", "%1 s")).arg(seconds);
    if (seconds < 3600) {
        const QString minutes = tr(QT_TRANSLATE_NOOP("ErrorText", "%1 min")).arg(seconds / 60);
        return seconds % 60 == 0 ? minutes : tr(QT_TRANSLATE_NOOP("ErrorText", "%1 %2 s")).arg(minutes).arg(seconds % 60);
    }
    const QString hours = tr(QT_TRANSLATE_NOOP("ErrorText", "%1 h")).arg(seconds / 3600);
    const qint64 minutes = seconds % 3600 / 60;
    return minutes == 0 ? hours : tr(QT_TRANSLATE_NOOP("ErrorText", "%1 %2 min")).arg(hours).arg(minutes);
}

QString offsetSentence(qint64 seconds) {
    if (std::llabs(seconds) < 60) return {};
    return (seconds > 0 ? tr(QT_TRANSLATE_NOOP("ErrorText", "This computer's clock is %1 behind AWS."))
                        : tr(QT_TRANSLATE_NOOP("ErrorText", "This computer's clock is %1 ahead of AWS.")))
        .arg(span(std::llabs(seconds)));
}

// Outside text goes into one sentence: control characters and long runs do not belong there.
QString quoted(std::string_view value) {
    constexpr qsizetype longest = 160;
    QString text;
    for (const QChar c : fromUtf8(value))
        if ((c.isPrint() || c.isSpace() || c.isSurrogate()) && c != u'`') text += c;
    text = text.simplified();
    if (text.size() > longest) text = text.left(longest) + QChar(0x2026);
    return text;
}

// "FINGERPRINT SUBJECT", one a line.
QString certificates(std::string_view value) {
    QStringList shown;
    const auto lines = fromUtf8(value).split(u'\n', Qt::SkipEmptyParts);
    for (const QString& line : lines) {
        const QString subject = quoted(line.section(u' ', 1).toStdString());
        const QString print = fingerprintText(line.section(u' ', 0, 0).toStdString());
        shown << (subject.isEmpty() ? print : tr(QT_TRANSLATE_NOOP("ErrorText", "certificate %1 of %2")).arg(print, subject));
    }
    return shown.join(QStringLiteral("; "));
}

QString inForm(std::string_view value, const QString& form) {
    if (form.isEmpty()) return quoted(value);
    if (form == u"time") return localTime(value, false);
    if (form == u"date") return localTime(value, true);
    if (form == u"utc") return utcTime(value);
    if (form == u"print") return fingerprintText(value);
    bool isNumber = false;
    const qint64 number = fromUtf8(value).toLongLong(&isNumber);
    if (form == u"duration") return isNumber ? span(number) : quoted(value);
    if (form == u"offset") return isNumber ? offsetSentence(number) : QString();
    if (form == u"number") return isNumber ? QLocale().toString(number) : quoted(value);
    if (form == u"certificates") return certificates(value);
    return quoted(value);
}

class Renderer {
public:
    Renderer(QStringView text, const Error& error, const QString& cause) : text_(text), error_(error), cause_(cause) {}

    QString all() {
        bool complete = true;
        return part(complete);
    }

private:
    // Up to the closing bracket, the bar or the end; `complete` tells whether every fact was there.
    QString part(bool& complete) {
        QString out;
        while (at_ < text_.size() && text_[at_] != u']' && text_[at_] != u'|') {
            if (text_[at_] == u'[') {
                ++at_;
                out += section();
            } else if (text_[at_] == u'{') {
                out += place(complete);
            } else {
                out += text_[at_++];
            }
        }
        return out;
    }

    QString section() {
        bool complete = true;
        QString first = part(complete);
        QString otherwise;
        if (at_ < text_.size() && text_[at_] == u'|') {
            ++at_;
            bool ignored = true;
            otherwise = part(ignored);
        }
        if (at_ < text_.size()) ++at_;
        return complete ? first : otherwise;
    }

    QString place(bool& complete) {
        const qsizetype end = text_.indexOf(u'}', at_);
        if (end < 0) {
            at_ = text_.size();
            return {};
        }
        const QString inner = text_.mid(at_ + 1, end - at_ - 1).toString();
        at_ = end + 1;
        const QString name = inner.section(u':', 0, 0);
        const QString value =
            name == u"cause" ? cause_ : inForm(error_.fact(name.toStdString()), inner.section(u':', 1));
        if (value.isEmpty()) complete = false;
        return value;
    }

    QStringView text_;
    const Error& error_;
    const QString& cause_;
    qsizetype at_ = 0;
};

} // namespace

QString render(const QString& text, const Error& error, const QString& cause) {
    return Renderer(text, error, cause).all().simplified();
}

QString fingerprintText(std::string_view hexadecimal) {
    constexpr std::size_t shown = 16;
    QString out;
    for (std::size_t i = 0; i < hexadecimal.size() && i < shown; ++i) {
        if (i != 0 && i % 4 == 0) out += u' ';
        out += QLatin1Char(hexadecimal[i]);
    }
    if (hexadecimal.size() > shown) out += QStringLiteral(" …");
    return out;
}

} // namespace gw::ui::errors

#include "app/tour/inspector_steps.h"

#include "app/composition/console.h"
#include "saml/base/base64.h"
#include "ui/inspector/verdict_banner.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QTest>

namespace gw::tour {
namespace {

// The verdict's first line holds `part`.
Check verdictSays(const QString& part) {
    return [part] {
        const QWidget* title = visible(QStringLiteral("inspector.verdict.title"));
        const QString words = title != nullptr ? title->property("text").toString() : QString();
        return words.contains(part) ? QString() : QStringLiteral("the verdict is `%1`, not %2").arg(words, part);
    };
}

// What an attacker makes of somebody's response: before the signed assertion stands a copy of it without signature and with
// a role of his own choice (XSW3).
QString wrapped(app::Console& console) {
    const auto* capture = console.inspector().captures().newestOf(sessions::ProviderId("practice"));
    if (capture == nullptr) return {};
    auto decoded = decodeBase64(capture->base64->reveal(), saml::maxFormValue);
    if (!decoded) return {};
    std::string xml = std::move(*decoded);
    const std::string_view signatureBegin = "<ds:Signature", signatureEnd = "</ds:Signature>", assertionEnd = "</saml:Assertion>";
    // The Response's own signature would not survive it, so it goes.
    if (const auto from = xml.find(signatureBegin); from < xml.find("<saml:Assertion"))
        xml.erase(from, xml.find(signatureEnd) + signatureEnd.size() - from);
    const auto begin = xml.find("<saml:Assertion");
    const auto end = xml.find(assertionEnd);
    if (begin == std::string::npos || end == std::string::npos) return {};
    std::string evil = xml.substr(begin, end + assertionEnd.size() - begin);
    if (const auto from = evil.find(signatureBegin), to = evil.find(signatureEnd); from != std::string::npos && to != std::string::npos)
        evil.erase(from, to + signatureEnd.size() - from);
    const auto replace = [&evil](const std::string& from, const std::string& to) {
        for (auto at = evil.find(from); at != std::string::npos; at = evil.find(from, at + to.size())) evil.replace(at, from.size(), to);
    };
    if (const auto id = evil.find("ID=\""); id != std::string::npos) evil.replace(id, evil.find('"', id + 4) + 1 - id, "ID=\"_evil\"");
    replace(":role/", ":role/root-");
    xml.insert(begin, evil);
    return QString::fromStdString(encodeBase64(xml));
}

} // namespace

void addInspectorSteps(Tour& tour, app::Console& console) {
    tour.add({QStringLiteral("The Inspector waits for a response"), QStringLiteral("inspector-empty"),
              [] { return click(QStringLiteral("rail.inspector")); }, sees(QStringLiteral("inspector.empty.open"))});
    tour.add({QStringLiteral("The captured response: every octet with its coverage"), QStringLiteral("inspector-good"),
              [&console] {
                  return console.inspector().page()->openCaptureOf(sessions::ProviderId("practice")) ? QString()
                                                                                                     : QStringLiteral("no response was kept");
              },
              verdictSays(QStringLiteral("Accepted"))});
    tour.add({QStringLiteral("Alt+3 shows what was digested"), QStringLiteral("inspector-canonical"),
              [&console] { return press(&console.window(), Qt::Key_3, Qt::AltModifier); }, sees(QStringLiteral("inspector.canonical.octets"))});
    tour.add({QStringLiteral("A forged assertion before the signed one is pasted, and recognised"), QStringLiteral("inspector-xsw"),
              [&console] {
                  const QString text = wrapped(console);
                  if (text.isEmpty()) return QStringLiteral("the captured response has no assertion to wrap");
                  QGuiApplication::clipboard()->setText(text);
                  if (const QString problem = press(&console.window(), Qt::Key_1, Qt::AltModifier); !problem.isEmpty()) return problem;
                  return press(&console.window(), Qt::Key_V, Qt::ControlModifier);
              },
              [] {
                  if (const QString problem = verdictSays(QStringLiteral("Rejected"))(); !problem.isEmpty()) return problem;
                  const QString words = visible(QStringLiteral("inspector.verdict.sentence"))->property("text").toString();
                  return words.contains(QStringLiteral("wrapping")) ? QString() : QStringLiteral("no attack is named: `%1`").arg(words);
              }});
    tour.add({QStringLiteral("Back to the sessions once more"), {}, [] {
                  QGuiApplication::clipboard()->clear();
                  return click(QStringLiteral("rail.sessions"));
              },
              sees(QStringLiteral("sessions.provider.practice.go"))});
}

void addInspectRefused(Tour& tour, const QString& what, const QString& picture) {
    tour.add({QStringLiteral("%1, in the Inspector").arg(what), picture, [] { return click(QStringLiteral("sessions.failure.inspect")); },
              verdictSays(QStringLiteral("Rejected"))});
    tour.add({QStringLiteral("Back to where it was refused"), {}, [] { return click(QStringLiteral("rail.sessions")); },
              sees(QStringLiteral("sessions.failure.dismiss"))});
}

} // namespace gw::tour

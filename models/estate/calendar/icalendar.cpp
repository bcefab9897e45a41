#include "models/estate/calendar/icalendar.h"

#include "saml/base/utf8.h"

#include <algorithm>

namespace gw::estate {
namespace {

constexpr std::size_t maxOctets = 75;

bool isContinuation(char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

// RFC 5545 3.3.11; what is no UTF-8 becomes U+FFFD.
std::string escaped(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = utf8SequenceLength(text, at);
        const std::string_view character = text.substr(at, std::max<std::size_t>(length, 1));
        at += character.size();
        const char c = character.front();
        if (length == 0) {
            out += "\xEF\xBF\xBD";
        } else if (c == '\n') {
            out += "\\n";
        } else if (c == '\\' || c == ';' || c == ',') {
            out += '\\';
            out += c;
        } else if (length > 1 || c == '\t' || (c >= ' ' && c != '\x7F')) {
            out += character;
        }
    }
    return out;
}

// RFC 5545 3.1; no character is torn apart.
void addLine(std::string& out, std::string_view line) {
    std::size_t room = maxOctets;
    while (line.size() > room) {
        std::size_t cut = room;
        while (cut > 1 && isContinuation(line[cut])) --cut;
        out += line.substr(0, cut);
        out += "\r\n ";
        line.remove_prefix(cut);
        room = maxOctets - 1;
    }
    out += line;
    out += "\r\n";
}

void addText(std::string& out, std::string_view name, std::string_view text) {
    if (!text.empty()) addLine(out, std::string(name) + ":" + escaped(text));
}

// "20261201T093000Z"
std::string timeText(UtcTime time) {
    std::string text;
    for (const char c : time.toRfc3339())
        if (c != '-' && c != ':') text += c;
    return text;
}

} // namespace

std::string icalendar(std::string_view name, const std::vector<IcsEvent>& events, UtcTime stamp) {
    std::string out;
    addLine(out, "BEGIN:VCALENDAR");
    addLine(out, "VERSION:2.0");
    addLine(out, "PRODID:-//Gatewarden//Estate calendar//EN");
    addLine(out, "CALSCALE:GREGORIAN");
    addText(out, "X-WR-CALNAME", name);
    for (const IcsEvent& each : events) {
        addLine(out, "BEGIN:VEVENT");
        addText(out, "UID", each.uid);
        addLine(out, "DTSTAMP:" + timeText(stamp));
        addLine(out, "DTSTART:" + timeText(each.at));
        addText(out, "SUMMARY", each.summary);
        addText(out, "DESCRIPTION", each.description);
        addText(out, "CATEGORIES", each.category);
        addLine(out, "TRANSP:TRANSPARENT");
        if (each.remindDays > 0) {
            addLine(out, "BEGIN:VALARM");
            addLine(out, "ACTION:DISPLAY");
            addText(out, "DESCRIPTION", each.summary);
            addLine(out, "TRIGGER:-P" + std::to_string(each.remindDays) + "D");
            addLine(out, "END:VALARM");
        }
        addLine(out, "END:VEVENT");
    }
    addLine(out, "END:VCALENDAR");
    return out;
}

} // namespace gw::estate

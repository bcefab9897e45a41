#include "saml/inspect/inspect_input.h"

#include "saml/base/ascii.h"
#include "saml/base/base64.h"
#include "saml/base/blanks.h"
#include "saml/base/percent.h"
#include "saml/inspect/har.h"
#include "saml/protocol/captured_response.h"
#include "saml/protocol/html_form.h"

#include <algorithm>
#include <array>
#include <set>

#include <zlib.h>

namespace gw::inspect {
namespace {

constexpr std::array<std::string_view, 2> fieldNames{"SAMLResponse", "SAMLRequest"};

// Unpadded, in the alphabet of URLs, with the blanks that "+" became: people's copies vary, and nothing rests on it here.
std::string lenientBase64(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == ' ')
            out += '+';
        else if (c == '-')
            out += '+';
        else if (c == '_')
            out += '/';
        else if (!isBlank(c))
            out += c;
    }
    while (!out.empty() && out.back() == '=') out.pop_back();
    while (out.size() % 4 != 0 && out.size() % 4 != 1) out += '=';
    return out;
}

// Once each and in their order, without the empty ones.
std::vector<std::string> differentOf(std::vector<std::string> values) {
    std::set<std::string> seen;
    std::erase_if(values, [&](const std::string& value) { return trimmed(value).empty() || !seen.insert(lenientBase64(value)).second; });
    return values;
}

bool looksLikeHtml(std::string_view text) {
    const std::string lower = foldedAscii(text.substr(0, 4096));
    return lower.find("<html") != std::string::npos || lower.starts_with("<!doctype html");
}

bool looksLikeXml(std::string_view text) {
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    text = trimmed(text);
    if (text.starts_with("<?xml") || text.starts_with("<!DOCTYPE") || text.starts_with("<!--")) return !looksLikeHtml(text);
    if (text.size() < 2 || text[0] != '<') return false;
    std::string_view name = text.substr(1, std::min(text.find_first_of(" \t\r\n/>", 1), text.size()) - 1);
    if (const std::size_t colon = name.find(':'); colon != std::string_view::npos) return true;
    constexpr std::array<std::string_view, 10> known{"Response", "Assertion", "EntityDescriptor", "EntitiesDescriptor", "AuthnRequest",
                                                     "LogoutRequest", "LogoutResponse", "ArtifactResponse", "EncryptedAssertion", "Envelope"};
    return std::find(known.begin(), known.end(), name) != known.end();
}

// XML in UTF-16 or UTF-32, by its mark or by its first character: no SAML message here, but one that can be looked at and
// whose encoding can be told.
bool looksLikeWideXml(std::string_view text) {
    using namespace std::string_view_literals;
    constexpr std::array starts{"\xFF\xFE"sv, "\xFE\xFF"sv, "\0\0\xFE\xFF"sv, "<\0"sv, "\0<"sv, "\0\0\0<"sv};
    return std::any_of(starts.begin(), starts.end(), [text](std::string_view start) { return text.starts_with(start); });
}

class Finder {
public:
    explicit Finder(const InputLimits& limits) : limits_(limits) {}

    Result<std::vector<FoundMessage>> run(std::string_view input) {
        if (input.size() > limits_.maxInput) return fail(Error(InputError::TooLarge).with("seen", std::to_string(input.size())));
        const std::string_view text = trimmed(input.starts_with("\xEF\xBB\xBF") ? input.substr(3) : input);
        if (text.empty()) return fail(InputError::Empty);
        search(text);
        if (!found_.empty()) return std::move(found_);
        if (error_) return fail(std::move(*error_));
        return fail(InputError::NothingFound);
    }

private:
    void search(std::string_view text) {
        if (looksLikeXml(text) || looksLikeWideXml(text)) return addXml(text);
        if (text.front() == '{' && text.find("\"log\"") != std::string_view::npos) return har(text);
        if (text.find('<') != std::string_view::npos) {
            page(text);
            // Whatever else it is, it can be looked at.
            if (found_.empty() && !error_ && text.starts_with('<') && !looksLikeHtml(text)) addXml(text);
            return;
        }
        for (const std::string_view name : fieldNames) {
            const std::size_t at = text.find(std::string(name) + "=");
            if (at == std::string_view::npos) continue;
            const std::size_t question = text.substr(0, at).rfind('?');
            const std::string_view body = question == std::string_view::npos ? text.substr(text.substr(0, at).find_last_of(" \n\t") + 1)
                                                                             : text.substr(question + 1);
            const std::string_view fields = body.substr(0, body.find_first_of(" \t\r\n#"));
            const bool url = question != std::string_view::npos;
            auto values = saml::bodyFieldValues(fields, name);
            if (values.empty()) continue;
            Context context;
            context.relayState = saml::formField(fields, "RelayState").value_or("");
            if (url) context.url = trimmed(text.substr(0, question));
            // A copied body may carry line breaks inside the value.
            if (!url && fields.size() < body.size()) values = saml::bodyFieldValues(body, name);
            addField(name, std::move(values), url ? Wrapping::Redirect : Wrapping::FormBody, context);
            return;
        }
        addEncoded(text.find('%') == std::string_view::npos ? std::string(text) : percentDecoded(text, PlusSign::Blank), Wrapping::Base64, {});
    }

    struct Context {
        std::string relayState, url;
        std::optional<UtcTime> captured, providerDate;
        std::optional<FieldChoice> choice;
    };

    // Every value of one field of one form or address.
    void addField(std::string_view name, std::vector<std::string> all, Wrapping wrapping, const Context& context) {
        const auto values = differentOf(std::move(all));
        for (std::size_t i = 0; i < std::min(values.size(), limits_.maxMessages); ++i) {
            Context mine = context;
            if (values.size() > 1) mine.choice = FieldChoice{std::string(name), i + 1, values.size()};
            addEncoded(values[i], wrapping, mine);
        }
    }

    void page(std::string_view html, Wrapping wrapping = Wrapping::HtmlForm, const Context& context = {}) {
        for (const std::string_view name : fieldNames) {
            const auto relay = saml::htmlFieldValues(html, "RelayState");
            Context mine = context;
            if (!relay.empty()) mine.relayState = relay.front();
            addField(name, saml::htmlFieldValues(html, name), wrapping, mine);
        }
    }

    void har(std::string_view text) {
        const auto read = readHar(text, [this](HarEntry&& entry) {
            Context context;
            context.url = entry.url;
            context.captured = entry.started;
            context.providerDate = entry.date;
            for (const std::string_view name : fieldNames) {
                if (auto posted = saml::bodyFieldValues(entry.postText, name); !posted.empty()) {
                    context.relayState = saml::formField(entry.postText, "RelayState").value_or("");
                    addField(name, std::move(posted), Wrapping::Har, context);
                } else {
                    // Recorders store parameters decoded, or as they were sent.
                    std::vector<std::string> recorded;
                    for (const auto& [key, value] : entry.parameters)
                        if (key == name) recorded.push_back(value.find('%') == std::string::npos ? value : percentDecoded(value, PlusSign::Blank));
                    addField(name, std::move(recorded), Wrapping::Har, context);
                }
                const std::size_t question = entry.url.find('?');
                if (question == std::string::npos) continue;
                addField(name, saml::bodyFieldValues(std::string_view(entry.url).substr(question + 1), name), Wrapping::Har, context);
            }
            if (entry.content.find("SAMLResponse") != std::string::npos) page(entry.content, Wrapping::Har, context);
        });
        if (!read) note(Error(InputError::NothingFound).because(read.error()));
    }

    void note(Error error) {
        if (!error_) error_ = std::move(error);
    }

    void addXml(std::string_view xml) {
        FoundMessage message;
        message.base64Size = (xml.size() + 2) / 3 * 4;
        message.xml = Secret(xml);
        add(std::move(message), Wrapping::Xml, {});
    }

    void addEncoded(std::string_view value, Wrapping wrapping, const Context& context) {
        const std::string text = lenientBase64(value);
        auto octets = decodeBase64(text, limits_.maxMessage);
        if (!octets) {
            const bool large = octets.error().code().is(Base64Error::TooLong);
            return note(Error(large ? InputError::TooLarge : InputError::BadBase64).because(std::move(octets).error()));
        }
        FoundMessage message;
        message.base64Size = text.size();
        if (!looksLikeXml(*octets) && !octets->starts_with("<")) {
            auto inflated = inflateRaw(*octets, limits_.maxMessage, limits_.maxInflateRatio);
            if (!inflated) {
                // Neither XML nor deflate: shown as it is where it may be a damaged document.
                if (inflated.error().code().is(InputError::InflatesTooFar)) return note(std::move(inflated).error());
                if (octets->find('<') == std::string::npos && octets->find('\0') == std::string::npos) return note(Error(InputError::BadDeflate));
            } else {
                message.deflated = true;
                octets = std::move(inflated);
                if (wrapping == Wrapping::Base64) wrapping = Wrapping::Redirect;
            }
        }
        message.xml = Secret(std::move(*octets));
        add(std::move(message), wrapping, context);
    }

    void add(FoundMessage message, Wrapping wrapping, const Context& context) {
        if (found_.size() >= limits_.maxMessages) return;
        // A recording holds the page that carried a response and the request that sent it on.
        for (FoundMessage& known : found_) {
            if (known.xml.reveal() != message.xml.reveal()) continue;
            if (known.url.empty() || (known.providerDate && !context.providerDate)) known.url = context.url;
            if (!known.providerDate) known.providerDate = context.providerDate;
            if (!known.choice) known.choice = context.choice;
            return;
        }
        message.kind = kindOf(message.xml.reveal());
        message.wrapping = wrapping;
        message.relayState = context.relayState;
        message.url = context.url;
        message.captured = context.captured;
        message.providerDate = context.providerDate;
        message.choice = context.choice;
        found_.push_back(std::move(message));
    }

    const InputLimits& limits_;
    std::vector<FoundMessage> found_;
    std::optional<Error> error_;
};

} // namespace

Result<std::vector<FoundMessage>> findMessages(std::string_view input, const InputLimits& limits) {
    return Finder(limits).run(input);
}

Result<std::string> inflateRaw(std::string_view deflated, std::size_t maxBytes, std::size_t maxRatio) {
    const std::size_t most = std::min(maxBytes, deflated.size() * maxRatio);
    z_stream stream{};
    if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) return fail(InputError::BadDeflate);
    std::string in(deflated);
    stream.next_in = reinterpret_cast<Bytef*>(in.data());
    stream.avail_in = static_cast<uInt>(in.size());
    std::string out;
    std::array<char, 16'384> block{};
    int status = Z_OK;
    while (status == Z_OK && out.size() <= most) {
        stream.next_out = reinterpret_cast<Bytef*>(block.data());
        stream.avail_out = static_cast<uInt>(block.size());
        status = inflate(&stream, Z_NO_FLUSH);
        out.append(block.data(), block.size() - stream.avail_out);
        if (status == Z_OK && stream.avail_in == 0 && stream.avail_out != 0) break;
    }
    inflateEnd(&stream);
    wipe(block.data(), block.size());
    if (out.size() > most) {
        const std::size_t size = out.size();
        wipe(out.data(), size);
        return fail(Error(InputError::InflatesTooFar).with("seen", std::to_string(size)));
    }
    if (status != Z_STREAM_END) return fail(InputError::BadDeflate);
    return out;
}

MessageKind kindOf(std::string_view xml) {
    for (std::size_t i = xml.find('<'); i != std::string_view::npos; i = xml.find('<', i + 1)) {
        const std::string_view tag = xml.substr(i + 1, 80);
        if (tag.starts_with("!--")) {
            i = std::min(xml.find("-->", i), xml.size());
            continue;
        }
        if (tag.starts_with('?') || tag.starts_with('!')) continue;
        std::string_view name = tag.substr(0, tag.find_first_of(" \t\r\n/>"));
        if (const std::size_t colon = name.find(':'); colon != std::string_view::npos) name.remove_prefix(colon + 1);
        if (name == "Response" || name == "Assertion") return MessageKind::Response;
        if (name == "EntityDescriptor" || name == "EntitiesDescriptor") return MessageKind::Metadata;
        if (name == "AuthnRequest") return MessageKind::AuthnRequest;
        if (name == "ELEMENT" || name == "ENTITY" || name == "ATTLIST") continue;
        return MessageKind::Other;
    }
    return MessageKind::Other;
}

} // namespace gw::inspect

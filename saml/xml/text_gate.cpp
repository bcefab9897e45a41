#include "saml/xml/text_gate.h"

#include "saml/base/ascii.h"
#include "saml/base/utf8.h"
#include "saml/xml/document.h"

#include <cstdint>

namespace gw::xml {
namespace {

// The declared encoding, or nothing where there is no declaration or it names none.
std::string_view declaredEncoding(std::string_view text) {
    if (!text.starts_with("<?xml") || text.size() < 6 ||
        (text[5] != ' ' && text[5] != '\t' && text[5] != '\r' && text[5] != '\n'))
        return {};
    const std::string_view declaration = text.substr(0, text.find("?>"));
    const std::size_t at = declaration.find("encoding");
    if (at == std::string_view::npos) return {};
    const std::size_t open = declaration.find_first_of("\"'", at);
    if (open == std::string_view::npos) return {};
    const std::size_t close = declaration.find(declaration[open], open + 1);
    if (close == std::string_view::npos) return {};
    return declaration.substr(open + 1, close - open - 1);
}

} // namespace

Status checkEncoding(std::string_view text) {
    bool ascii = true;
    for (std::size_t i = 0; i < text.size();) {
        if (text[i] > 0) {
            ++i;
            continue;
        }
        const std::size_t length = text[i] == 0 ? 0 : utf8SequenceLength(text, i);
        if (length == 0) return fail(Error(XmlError::NotUtf8).with("offset", std::to_string(i)));
        ascii = false;
        i += length;
    }
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    const std::string declared = foldedAscii(declaredEncoding(text).substr(0, 40));
    if (!declared.empty() && declared != "utf-8" && !(ascii && declared == "us-ascii"))
        return fail(Error(XmlError::NotUtf8).with("seen", declared));
    return {};
}

Status checkTagWidth(std::string_view text, std::size_t maxAttributes) {
    for (std::size_t i = text.find('<'); i != std::string_view::npos; i = text.find('<', i)) {
        const std::string_view rest = text.substr(i);
        std::string_view terminator;
        if (rest.starts_with("<!--"))
            terminator = "-->";
        else if (rest.starts_with("<?"))
            terminator = "?>";
        else if (rest.starts_with("<!"))
            return {}; // a declaration or CDATA: the parser refuses the document there
        if (!terminator.empty()) {
            const std::size_t end = text.find(terminator, i + (terminator.size() == 3 ? 4 : 2));
            if (end == std::string_view::npos) return {};
            i = end + terminator.size();
            continue;
        }
        std::size_t count = 0;
        char quote = 0;
        for (++i; i < text.size(); ++i) {
            const char c = text[i];
            if (quote != 0) {
                if (c == quote) quote = 0;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '>' || c == '<') {
                break;
            } else if (c == '=' && ++count > maxAttributes) {
                return fail(Error(XmlError::TooManyAttributes).with("offset", std::to_string(i)));
            }
        }
    }
    return {};
}

} // namespace gw::xml

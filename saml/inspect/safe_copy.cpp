#include "saml/inspect/safe_copy.h"

#include "saml/aws/endpoints.h"
#include "saml/base/blanks.h"
#include "saml/base/utc_time.h"
#include "saml/dsig/sha256_hex.h"
#include "saml/dsig/signer.h"
#include "saml/xml/document.h"
#include "saml/xml/namespaces.h"

#include <algorithm>
#include <array>

namespace gw::inspect {
namespace {

namespace ns = xml::ns;

bool has(std::string_view name, std::initializer_list<std::string_view> list) {
    return std::find(list.begin(), list.end(), name) != list.end();
}

// Words that a specification or AWS defined, and that tell nothing about anybody.
bool isDefined(std::string_view value) {
    if (isBlank(value) || value == "true" || value == "false") return true;
    if (value.starts_with("urn:oasis:names:tc:SAML:") || value.starts_with("http://www.w3.org/") || value.starts_with("urn:amazon:webservices"))
        return true;
    if (value.find("PrincipalTag:") != std::string_view::npos) return false;
    if (value.starts_with("https://aws.amazon.com/SAML/") || value.starts_with("http://schemas.xmlsoap.org/ws/") ||
        value.starts_with("http://schemas.microsoft.com/"))
        return true;
    if (UtcTime::parse(value)) return true;
    return value.size() < 8 && std::all_of(value.begin(), value.end(), [](char c) { return (c >= '0' && c <= '9') || c == '.'; });
}

class Redactor {
public:
    Redactor(const SourceTree& tree, std::string_view salt) : tree_(tree), salt_(salt) {}

    std::string run() {
        for (NodeIndex at = 0; at < tree_.nodes().size(); ++at) {
            const SourceNode& node = tree_.node(at);
            switch (node.kind) {
            case NodeKind::Element:
                attributes(at);
                break;
            case NodeKind::Text:
                text(node.whole, node.parent);
                break;
            case NodeKind::CData:
                if (node.whole.size() >= 12) text({node.whole.begin + 9, node.whole.end - 3}, node.parent);
                break;
            case NodeKind::Comment:
                // What it says is nobody's business; that it is there may be the point.
                if (node.whole.size() >= 7) replace({node.whole.begin + 4, node.whole.end - 3}, "comment");
                break;
            case NodeKind::Instruction:
            case NodeKind::Doctype:
                break;
            }
        }
        std::sort(edits_.begin(), edits_.end(), [](const Edit& a, const Edit& b) { return a.range.begin < b.range.begin; });
        std::string out;
        std::uint32_t done = 0;
        for (const Edit& edit : edits_) {
            if (edit.range.begin < done) continue;
            out += tree_.text().substr(done, edit.range.begin - done);
            out += edit.text;
            done = edit.range.end;
        }
        out += tree_.text().substr(done);
        return out;
    }

private:
    struct Edit {
        Range range;
        std::string text;
    };

    void replace(Range range, std::string text) { edits_.push_back({range, std::move(text)}); }

    [[nodiscard]] std::string code(std::string_view value, std::size_t digits) const {
        return saml::sha256Hex(salt_ + "\n" + std::string(value)).substr(0, digits);
    }

    [[nodiscard]] std::string digits(std::string_view value, std::size_t count) const {
        std::string out;
        const std::string hexadecimal = code(value, count);
        for (const char c : hexadecimal) out += static_cast<char>('0' + (c >= 'a' ? c - 'a' + 10 : c - '0') % 10);
        return out;
    }

    [[nodiscard]] std::string arn(std::string_view value) const {
        std::string out;
        std::size_t part = 0;
        while (true) {
            const std::size_t end = std::min(value.find(':'), value.size());
            const std::string_view piece = value.substr(0, end);
            if (part < 4 || piece.empty()) {
                out += piece;
            } else if (part == 4) {
                out += digits(piece, 12);
            } else {
                const std::size_t slash = std::min(piece.find('/'), piece.size());
                out += piece.substr(0, slash);
                if (slash < piece.size()) out += "/name-" + code(piece.substr(slash), 8);
            }
            if (end == value.size()) return out;
            out += ':';
            value.remove_prefix(end + 1);
            ++part;
        }
    }

    [[nodiscard]] std::string pseudonym(std::string_view value) const {
        if (isDefined(value) || aws::AcsMatcher().matches(value)) {
            // A provider's own id may be in the path of an encrypting endpoint.
            const std::size_t acs = value.find("/saml/acs/");
            if (acs != std::string_view::npos) return std::string(value.substr(0, acs + 10)) + "SAML" + code(value, 12);
            return std::string(value);
        }
        const std::size_t first = value.find_first_not_of(" \t\r\n");
        const std::size_t last = value.find_last_not_of(" \t\r\n");
        const std::string_view core = value.substr(first, last - first + 1);
        if (core.size() != value.size()) return std::string(value.substr(0, first)) + pseudonym(core) + std::string(value.substr(last + 1));
        const std::size_t comma = value.find(',');
        if (comma != std::string_view::npos && value.starts_with("arn:"))
            return pseudonym(value.substr(0, comma)) + "," + pseudonym(value.substr(comma + 1));
        if (value.starts_with("arn:")) return arn(value);
        const std::size_t principalTag = value.find("PrincipalTag:");
        if (principalTag != std::string_view::npos)
            return std::string(value.substr(0, principalTag + 13)) + "key-" + code(value.substr(principalTag + 13), 6);
        if (const std::size_t scheme = value.find("://"); scheme != std::string_view::npos && scheme < 8) {
            const std::string_view rest = value.substr(scheme + 3);
            const std::string_view host = rest.substr(0, rest.find_first_of("/?#"));
            return std::string(value.substr(0, scheme + 3)) + "host-" + code(host, 8) + ".example" +
                   (host.size() < rest.size() ? "/" + code(rest.substr(host.size()), 8) : std::string());
        }
        if (const std::size_t at = value.find('@'); at != std::string_view::npos)
            return "user-" + code(value, 8) + "@host-" + code(value.substr(at + 1), 8) + ".example";
        return "value-" + code(value, 8);
    }

    // Of the same length, so that a layout stays the same.
    [[nodiscard]] static std::string blanked(std::string_view text) {
        std::string out(text);
        for (char& c : out)
            if (c != ' ' && c != '\t' && c != '\r' && c != '\n' && c != '=') c = 'A';
        return out;
    }

    void text(Range range, NodeIndex parent) {
        const std::string_view written = tree_.text(range);
        if (isBlank(written)) return;
        const std::string_view uri = tree_.namespaceUri(parent);
        if (uri == ns::signature || uri == ns::encryption) return replace(range, blanked(written));
        replace(range, pseudonym(resolved(written, false)));
    }

    void attributes(NodeIndex element) {
        for (const SourceAttribute& attribute : tree_.attributes(element)) {
            const std::string_view name = tree_.text(attribute.name);
            if (name == "xmlns" || name.starts_with("xmlns:")) continue;
            const std::string_view value = tree_.text(attribute.value);
            if (has(name, {"ID", "Id", "id", "AssertionID", "InResponseTo", "SessionIndex"}) || name.ends_with(":id") || name.ends_with(":ID")) {
                if (!value.empty()) replace(attribute.value, "_id-" + code(value, 12));
            } else if (name == "URI" && tree_.is(element, ns::signature, "Reference") && value.starts_with('#') && value.size() > 1) {
                replace(attribute.value, "#_id-" + code(value.substr(1), 12));
            } else if (!has(name, {"Algorithm", "Version", "Format", "NameFormat", "Method", "PrefixList", "Encoding"})) {
                std::string made = pseudonym(resolved(value, true));
                if (made != value) replace(attribute.value, std::move(made));
            }
        }
    }

    const SourceTree& tree_;
    std::string salt_;
    std::vector<Edit> edits_;
};

// The text without these elements.
std::string without(const SourceTree& tree, const std::vector<NodeIndex>& elements) {
    std::string out;
    std::uint32_t done = 0;
    for (const NodeIndex at : elements) {
        const Range range = tree.node(at).whole;
        if (range.begin < done) continue;
        out += tree.text().substr(done, range.begin - done);
        done = range.end;
    }
    return out + std::string(tree.text().substr(done));
}

} // namespace

std::string redacted(const SourceTree& tree, std::string_view salt) {
    return Redactor(tree, salt).run();
}

Result<Resigned> resigned(const SourceTree& tree, UtcTime now) {
    std::vector<NodeIndex> signatures;
    std::vector<std::pair<std::uint32_t, std::string>> targets;      // deepest first, so that the outer covers the inner
    for (NodeIndex at = 0; at < tree.nodes().size(); ++at) {
        if (!tree.is(at, ns::signature, "Signature")) continue;
        signatures.push_back(at);
        const NodeIndex parent = tree.node(at).parent;
        const std::string id = tree.attribute(parent, "ID").value_or("");
        if (!id.empty() && targets.size() < 4) targets.emplace_back(tree.node(at).depth, id);
    }
    if (targets.empty()) return fail(SafeCopyError::NothingSigned);
    std::sort(targets.begin(), targets.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    auto key = saml::SigningKey::generateRsa(2048, "Throw-away key of a reproduction", now, 3650);
    if (!key) return fail(Error(SafeCopyError::CannotSign).because(std::move(key).error()));
    Resigned out;
    out.xml = without(tree, signatures);
    for (const auto& [depth, id] : targets) {
        auto made = saml::signEnveloped(out.xml, id, *key);
        if (!made) return fail(Error(SafeCopyError::CannotSign).because(std::move(made).error()));
        out.xml = std::move(*made);
    }
    out.certificatePem = key->certificatePem();
    return out;
}

} // namespace gw::inspect

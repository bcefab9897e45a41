#include "tests/support/saml_canonical.h"

#include "tests/support/xml_text.h"

#include <algorithm>
#include <map>

namespace gw::test {
namespace {

using Namespaces = std::map<std::string, std::string>; // prefix to URI; the empty prefix is the default namespace

bool isDeclaration(std::string_view key) {
    return key == "xmlns" || key.starts_with("xmlns:");
}

std::string declaredPrefix(std::string_view key) {
    return std::string(key == "xmlns" ? std::string_view() : key.substr(6));
}

std::string prefixOf(std::string_view name) {
    const std::size_t colon = name.find(':');
    return std::string(colon == std::string_view::npos ? std::string_view() : name.substr(0, colon));
}

std::string_view localOf(std::string_view name) {
    const std::size_t colon = name.find(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

void declare(const Markup& element, Namespaces& scope) {
    for (const auto& [key, value] : element.attributes)
        if (isDeclaration(key)) scope[declaredPrefix(key)] = decodeXml(value);
}

Namespaces scopeAbove(const Markup& element) {
    std::vector<const Markup*> chain;
    for (const Markup* at = element.parent; at != nullptr; at = at->parent) chain.push_back(at);
    Namespaces scope;
    for (auto at = chain.rbegin(); at != chain.rend(); ++at) declare(**at, scope);
    return scope;
}

class Writer {
public:
    explicit Writer(const CanonicalForm& form) : form_(form) {}

    void write(const Markup& node, Namespaces scope, const Namespaces& rendered) {
        if (&node == form_.omit) return;
        if (node.name.empty()) {
            out_ += canonicalText(decodeXml(node.text));
            return;
        }
        declare(node, scope);
        Namespaces now = rendered;
        out_ += "<" + node.name;
        for (const auto& [prefix, uri] : visible(node, scope)) {
            const auto before = now.find(prefix);
            const bool known = before == now.end() ? prefix.empty() && uri.empty() : before->second == uri;
            if (known) continue;
            now[prefix] = uri;
            out_ += (prefix.empty() ? " xmlns" : " xmlns:" + prefix) + "=\"" + canonicalAttribute(uri) + "\"";
        }
        writeAttributes(node, scope);
        out_ += ">";
        for (const auto& child : node.children) write(*child, scope, now);
        out_ += "</" + node.name + ">";
    }

    [[nodiscard]] std::string take() { return std::move(out_); }

private:
    // The declarations that this element may have to carry.
    [[nodiscard]] Namespaces visible(const Markup& node, const Namespaces& scope) const {
        Namespaces wanted;
        const auto want = [&](const std::string& prefix) {
            const auto found = scope.find(prefix);
            if (prefix == "xml") return;
            if (found != scope.end())
                wanted[prefix] = found->second;
            else if (prefix.empty())
                wanted[prefix] = "";
        };
        if (form_.kind == Canonical::Inclusive) {
            for (const auto& [prefix, uri] : scope) want(prefix);
            want("");
            return wanted;
        }
        want(prefixOf(node.name));
        for (const auto& [key, value] : node.attributes)
            if (!isDeclaration(key) && key.find(':') != std::string::npos) want(prefixOf(key));
        for (const std::string& prefix : form_.inclusivePrefixes) {
            const std::string name = prefix == "#default" ? std::string() : prefix;
            if (scope.contains(name)) want(name);
        }
        return wanted;
    }

    void writeAttributes(const Markup& node, const Namespaces& scope) {
        std::map<std::pair<std::string, std::string>, std::string> sorted;
        for (const auto& [key, value] : node.attributes) {
            if (isDeclaration(key)) continue;
            const std::string prefix = prefixOf(key);
            const auto found = scope.find(prefix);
            const std::string uri = prefix == "xml"                            ? "http://www.w3.org/XML/1998/namespace"
                                    : prefix.empty() || found == scope.end() ? std::string()
                                                                               : found->second;
            sorted[{uri, std::string(localOf(key))}] = " " + key + "=\"" + canonicalAttribute(decodeXml(value)) + "\"";
        }
        for (const auto& [name, text] : sorted) out_ += text;
    }

    const CanonicalForm& form_;
    std::string out_;
};

} // namespace

std::string canonical(const Markup& element, const CanonicalForm& form) {
    Writer writer(form);
    writer.write(element, scopeAbove(element), {});
    return writer.take();
}

} // namespace gw::test

#include "ui/inspector/structure.h"

#include "ui/inspector/code_source.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace gw::ui {

namespace {

using inspect::noNode;
using inspect::NodeIndex;
using inspect::NodeKind;
using inspect::SourceTree;

constexpr std::uint32_t deepest = 40;

QString textOf(std::string_view utf8) { return shownText(utf8); }

// "PrincipalTag:team" of "https://aws.amazon.com/SAML/Attributes/PrincipalTag:team".
QString attributeLabel(std::string_view name) {
    const auto slash = name.rfind('/');
    return textOf(slash == std::string_view::npos || slash + 1 == name.size() ? name : name.substr(slash + 1));
}

class Outline {
public:
    Outline(const SourceTree& tree, const Shading& shading) : tree_(tree), shading_(shading) {
        // What holds something that is listed is opened, wherever that hides.
        opened_.resize(tree.nodes().size());
        for (NodeIndex node = 0; node < tree.nodes().size(); ++node)
            if (tree.node(node).kind == NodeKind::Element && isLandmark(node))
                for (NodeIndex up = tree.node(node).parent; up != noNode && !opened_[up]; up = tree.node(up).parent) opened_[up] = true;
    }

    std::vector<StructureItem> run() {
        for (NodeIndex top = tree_.root(); top != noNode; top = tree_.nextElement(top)) add(top, -1, 0);
        return std::move(items_);
    }

private:
    [[nodiscard]] bool isLandmark(NodeIndex element) const {
        static constexpr std::array<std::string_view, 6> names{"Assertion", "EncryptedAssertion", "Signature", "Attribute", "Response",
                                                               "EntityDescriptor"};
        return std::find(names.begin(), names.end(), tree_.localName(element)) != names.end();
    }
    // Shown by what is in it.
    [[nodiscard]] static bool isTransparent(std::string_view name) { return name == "AttributeStatement"; }
    [[nodiscard]] static bool isOpen(std::string_view name) {
        static constexpr std::array<std::string_view, 7> names{"Response",         "Assertion",        "EntityDescriptor", "EntitiesDescriptor",
                                                               "IDPSSODescriptor", "SPSSODescriptor", "AuthnRequest"};
        return std::find(names.begin(), names.end(), name) != names.end();
    }

    void add(NodeIndex element, int parent, std::uint32_t depth) {
        if (full()) return;
        const std::string_view name = tree_.localName(element);
        const bool inside = depth < deepest && (isOpen(name) || opened_[element]) && name != "Attribute";
        if (!isTransparent(name)) {
            StructureItem item;
            item.text = label(element, name);
            for (const std::string_view id : {"ID", "Id", "entityID"})
                if (const auto found = tree_.attribute(element, id); item.id.isEmpty() && found) item.id = textOf(*found);
            item.node = element;
            item.range = tree_.node(element).whole;
            item.shade = gravest(element, inside);
            item.parent = parent;
            parent = static_cast<int>(items_.size());
            items_.push_back(std::move(item));
        }
        if (!inside && !isTransparent(name)) return;
        for (NodeIndex child = tree_.firstElement(element); child != noNode; child = tree_.nextElement(child)) add(child, parent, depth + 1);
    }

    bool full() {
        if (static_cast<int>(items_.size()) < mostStructureItems) return false;
        if (!said_) {
            StructureItem rest;
            rest.text = QCoreApplication::translate("Structure", "Not all is listed");
            items_.push_back(std::move(rest));
        }
        said_ = true;
        return true;
    }

    [[nodiscard]] QString label(NodeIndex element, std::string_view name) const {
        if (name != "Attribute") return textOf(name);
        int values = 0;
        for (NodeIndex child = tree_.firstElement(element); child != noNode; child = tree_.nextElement(child))
            if (tree_.localName(child) == "AttributeValue") ++values;
        const QString called = attributeLabel(tree_.attribute(element, "Name").value_or(std::string()));
        // One value is the rule, apart from roles, whose number is what one looks for.
        if (values == 1 && called != QLatin1String("Role")) return called;
        return QCoreApplication::translate("Structure", "%1, %n value(s)", nullptr, values).arg(called);
    }

    // Of a part with listed parts: what stands in its own tags, for they are listed for themselves.
    [[nodiscard]] ShadeRun gravest(NodeIndex element, bool own) const {
        const auto& node = tree_.node(element);
        const inspect::Range range = own ? node.startTag : node.whole;
        ShadeRun worst = shading_.at(range.begin);
        for (std::uint32_t at = range.begin; at < range.end;) {
            const ShadeRun run = shading_.at(at);
            // A signature in an assertion is taken out before digesting, which is as it should be.
            const bool passed = run.shade == Shade::Removed && worst.shade != Shade::Removed;
            if (!passed && (run.hostile > worst.hostile || (run.hostile == worst.hostile && run.shade < worst.shade))) worst = run;
            if (run.mark == Mark::Claim && worst.shade == run.shade && !own && worst.hostile == run.hostile) worst.mark = Mark::Plain;
            at = std::max(run.range.end, at + 1);
        }
        if (worst.mark == Mark::Claim) worst.mark = Mark::Plain;
        return worst;
    }

    const SourceTree& tree_;
    const Shading& shading_;
    std::vector<bool> opened_;
    std::vector<StructureItem> items_;
    bool said_ = false;
};

} // namespace

std::vector<StructureItem> structureOf(const SourceTree& tree, const Shading& shading) {
    if (tree.root() == noNode) return {};
    return Outline(tree, shading).run();
}

} // namespace gw::ui

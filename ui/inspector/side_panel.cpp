#include "ui/inspector/side_panel.h"

#include "ui/inspector/finding_list.h"
#include "ui/inspector/metadata_sections.h"
#include "ui/inspector/response_sections.h"
#include "ui/inspector/section.h"

namespace gw::ui {

SidePanel::SidePanel(QWidget* parent) : ScrollColumn(0, parent) {
    setMinimumWidth(240);
}

void SidePanel::clear() {
    while (QLayoutItem* item = column()->takeAt(0)) {
        if (QWidget* widget = item->widget()) {
            widget->hide();
            widget->deleteLater();
        }
        delete item;
    }
}

void SidePanel::show(const Examined& examined) {
    setUpdatesEnabled(false);
    clear();
    if (examined.response() != nullptr)
        showResponse(examined);
    else if (examined.metadata() != nullptr)
        showMetadata(examined);
    else
        showOther(examined);
    column()->addStretch(1);
    setUpdatesEnabled(true);
}

void SidePanel::addFindings(const Examined& examined, const std::vector<saml::Finding>& all) {
    auto* section = new Section(tr("Findings"), countsOf(all));
    auto* list = new FindingList;
    list->setObjectName(QStringLiteral("inspector.findings"));
    list->show(examined);
    connect(list, &FindingList::picked, this, &SidePanel::picked);
    section->addWide(list);
    column()->addWidget(section);
}

void SidePanel::showResponse(const Examined& examined) {
    const auto& inspection = *examined.response();
    addFindings(examined, inspection.findings);
    for (QWidget* section :
         {verifiersSection(inspection), encryptionSection(inspection), awsSection(inspection), carelessSection(examined),
          sessionSection(inspection), trustPolicySection(inspection), keysSection(inspection, examined.at), clocksSection(inspection)})
        if (section != nullptr) column()->addWidget(section);
}

void SidePanel::showMetadata(const Examined& examined) {
    const auto& report = *examined.metadata();
    addFindings(examined, report.findings);
    for (QWidget* section : metadataSections(report, examined.at)) column()->addWidget(section);
}

void SidePanel::showOther(const Examined& examined) {
    auto* section = new Section(tr("What it is"));
    if (examined.summary().kind == inspect::MessageKind::AuthnRequest) {
        section->addText(tr("A request for sign-in. Nobody's rights follow from it, so nothing in it is checked."));
        const auto& tree = examined.tree();
        for (const char* name : {"ID", "IssueInstant", "Destination", "AssertionConsumerServiceURL", "ProtocolBinding", "ForceAuthn", "IsPassive"})
            if (const auto value = tree.root() == inspect::noNode ? std::nullopt : tree.attribute(tree.root(), name))
                section->addFact(QString::fromLatin1(name), shownText(*value));
    } else {
        section->addText(tr("This is neither a SAML response nor metadata. It is shown as it stands; no rule was applied to it."));
    }
    column()->addWidget(section);
}

} // namespace gw::ui

#include "ui/inspector/compare_pane.h"

#include "ui/widgets/widgets.h"

#include <QHeaderView>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace gw::ui {

namespace {

constexpr std::size_t longest = 400;

QString valueText(const std::string& value) {
    if (value.empty()) return ComparePane::tr("not there");
    return shownText(std::string_view(value).substr(0, longest)) + (value.size() > longest ? QString(QChar(0x2026)) : QString());
}

} // namespace

QString aspectText(const inspect::DiffEntry& entry) {
    using inspect::DiffAspect;
    const auto slash = entry.name.rfind('/');
    const QString name = shownText(std::string_view(entry.name).substr(slash == std::string::npos ? 0 : slash + 1));
    switch (entry.aspect) {
    case DiffAspect::SignedParts: return ComparePane::tr("What is signed");
    case DiffAspect::SignatureMethod: return ComparePane::tr("Signature algorithm");
    case DiffAspect::DigestMethod: return ComparePane::tr("Digest algorithm");
    case DiffAspect::Canonicalization: return ComparePane::tr("Canonicalization");
    case DiffAspect::Certificate: return ComparePane::tr("Signing certificate");
    case DiffAspect::Encryption: return ComparePane::tr("Encryption");
    case DiffAspect::Status: return ComparePane::tr("Status");
    case DiffAspect::Issuer: return ComparePane::tr("Issuer");
    case DiffAspect::Destination: return ComparePane::tr("Destination");
    case DiffAspect::Recipient: return ComparePane::tr("Recipient");
    case DiffAspect::Audience: return ComparePane::tr("Audience");
    case DiffAspect::NameId: return ComparePane::tr("NameID");
    case DiffAspect::NameIdFormat: return ComparePane::tr("NameID format");
    case DiffAspect::Lifetime: return ComparePane::tr("Lifetime");
    case DiffAspect::SessionLength: return ComparePane::tr("Session length");
    case DiffAspect::Attribute: return name.isEmpty() ? ComparePane::tr("Attribute") : name;
    case DiffAspect::Role: return name.isEmpty() ? ComparePane::tr("Role") : ComparePane::tr("Role %1").arg(name);
    case DiffAspect::Order: return ComparePane::tr("Order of elements");
    case DiffAspect::Prefixes: return ComparePane::tr("Namespace prefixes");
    }
    return {};
}

ComparePane::ComparePane(QWidget* parent) : QWidget(parent) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* top = new Panel(Color::BgSurface);
    auto* row = new QVBoxLayout(top);
    row->setContentsMargins(space::s3, space::s2, space::s3, space::s2);
    head_ = new Text({}, TextStyle::Small, Color::TextSecondary);
    head_->setObjectName(QStringLiteral("inspector.compare.head"));
    head_->setWordWrap(true);
    row->addWidget(head_);
    column->addWidget(top);
    table_ = new QTreeWidget;
    table_->setObjectName(QStringLiteral("inspector.compare.table"));
    table_->setAccessibleName(tr("What differs"));
    table_->setFrameShape(QFrame::NoFrame);
    table_->setRootIsDecorated(false);
    table_->setWordWrap(true);
    table_->setColumnCount(3);
    table_->header()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    column->addWidget(table_, 1);
}

void ComparePane::clear() {
    table_->clear();
    table_->setHeaderLabels({tr("What"), {}, {}});
    head_->setFullText({});
}

void ComparePane::show(const Examined& before, const Examined& after, const std::vector<inspect::DiffEntry>& entries) {
    table_->clear();
    table_->setHeaderLabels({tr("What"), before.origin.name, after.origin.name});
    head_->setFullText(entries.empty() ? tr("Both say the same. White space, prefixes, IDs and instants were not compared as such.")
                                       : tr("%n difference(s) in meaning; IDs, instants and white space were not compared as such.", nullptr,
                                            static_cast<int>(entries.size())));
    for (const auto& entry : entries) {
        auto* item = new QTreeWidgetItem(table_, {aspectText(entry), valueText(entry.before), valueText(entry.after)});
        for (int column = 0; column < 3; ++column) {
            item->setToolTip(column, item->text(column));
            item->setTextAlignment(column, Qt::AlignLeft | Qt::AlignVCenter);
        }
        if (entry.before.empty()) item->setForeground(1, Theme::of(this).color(Color::TextTertiary));
        if (entry.after.empty()) item->setForeground(2, Theme::of(this).color(Color::TextTertiary));
    }
    table_->header()->resizeSection(0, 150);
    table_->header()->resizeSection(1, std::max(160, (table_->width() - 150) / 2));
}

} // namespace gw::ui

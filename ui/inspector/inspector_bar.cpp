#include "ui/inspector/inspector_bar.h"

#include "ui/inspector/trust_picker.h"
#include "ui/widgets/list_name.h"
#include "ui/widgets/widgets.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLocale>
#include <QSignalBlocker>

namespace gw::ui {

namespace {

// Below this width the labels go; below the second one the choice of a policy does.
constexpr int labelsFrom = 860, policyFrom = 560;

QString messageText(const MessageSummary& message, std::size_t number) {
    QString kind;
    switch (message.kind) {
    case inspect::MessageKind::Response: kind = InspectorBar::tr("Response"); break;
    case inspect::MessageKind::Metadata: kind = InspectorBar::tr("Metadata"); break;
    case inspect::MessageKind::AuthnRequest: kind = InspectorBar::tr("Request"); break;
    case inspect::MessageKind::Other: kind = InspectorBar::tr("Other"); break;
    }
    const QString size = InspectorBar::tr("%n octet(s)", nullptr, static_cast<int>(message.octets));
    const QString text = InspectorBar::tr("%1. %2, %3", "number, kind, size").arg(number).arg(kind, size);
    return message.url.empty() ? text : text + QStringLiteral("  ") + shownText(std::string_view(message.url).substr(0, 60));
}

} // namespace

InspectorBar::InspectorBar(const InspectorContext& context, QWidget* parent) : Panel(Color::BgSurface, parent) {
    setEdges(Qt::BottomEdge);
    setFixedHeight(size::filterBar + 1);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(space::s4, 0, space::s3, 0);
    row->setSpacing(space::s2);
    messages_ = new QComboBox;
    messages_->setObjectName(QStringLiteral("inspector.message"));
    messages_->setAccessibleName(tr("Which of the messages found"));
    nameList(*messages_);
    messages_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    messages_->setMinimumContentsLength(12);
    messages_->setMaximumWidth(260);
    messages_->hide();
    row->addWidget(messages_, 2);
    trustLabel_ = new Text(tr("Trust"), TextStyle::Small, Color::TextSecondary);
    row->addWidget(trustLabel_);
    trust_ = new TrustPicker(context);
    trust_->setMaximumWidth(280);
    row->addWidget(trust_, 3);
    policyLabel_ = new Text(tr("Algorithms"), TextStyle::Small, Color::TextSecondary);
    policyLabel_->setContentsMargins(space::s2, 0, 0, 0);
    row->addWidget(policyLabel_);
    policy_ = new Segmented(tr("How strict about algorithms"));
    policy_->setObjectName(QStringLiteral("inspector.policy"));
    policy_->setSmall(true);
    policy_->setItems({tr("Strict"), tr("Default"), tr("Lenient")});
    policy_->setCurrent(1);
    row->addWidget(policy_);
    row->addStretch(1);
    captures_ = new Button(tr("Captured"), QStringLiteral("sign-in"), ButtonKind::Default);
    captures_->setObjectName(QStringLiteral("inspector.captured"));
    captures_->setSize(ButtonSize::Small);
    row->addWidget(captures_);
    auto* more = new IconButton(QStringLiteral("more"), tr("More"));
    more->setObjectName(QStringLiteral("inspector.more"));
    row->addWidget(more);
    setCaptures(0);
    connect(policy_, &Segmented::currentChanged, this, &InspectorBar::policyChanged);
    connect(messages_, &QComboBox::activated, this, [this](int index) { Q_EMIT messageChosen(static_cast<std::size_t>(index)); });
    connect(captures_, &QPushButton::clicked, this, [this] { Q_EMIT capturesWanted(captures_->mapToGlobal(QPoint(0, captures_->height()))); });
    connect(more, &QToolButton::clicked, this, [this, more] { Q_EMIT moreWanted(more->mapToGlobal(QPoint(0, more->height()))); });
}

saml::AlgorithmPolicy InspectorBar::policy() const {
    switch (policy_->current()) {
    case 0: return saml::AlgorithmPolicy::Strict;
    case 2: return saml::AlgorithmPolicy::Lenient;
    default: return saml::AlgorithmPolicy::Default;
    }
}

void InspectorBar::setMessages(const std::vector<MessageSummary>& messages, std::size_t chosen) {
    const QSignalBlocker quiet(messages_);
    messages_->clear();
    for (std::size_t i = 0; i < messages.size(); ++i) messages_->addItem(messageText(messages[i], i + 1));
    messages_->setCurrentIndex(static_cast<int>(chosen));
    messages_->setVisible(messages.size() > 1);
}

void InspectorBar::setCaptures(int count) {
    captures_->setEnabled(count > 0);
    captures_->setText(count > 0 ? tr("Captured, %1").arg(count) : tr("Captured"));
    captures_->setToolTip(count > 0 ? tr("Responses of the last sign-ins, in memory only") : tr("No response was captured in this run"));
}

void InspectorBar::resizeEvent(QResizeEvent* event) {
    Panel::resizeEvent(event);
    trustLabel_->setVisible(width() >= labelsFrom);
    policyLabel_->setVisible(width() >= labelsFrom);
    policy_->setVisible(width() >= policyFrom);
}

} // namespace gw::ui

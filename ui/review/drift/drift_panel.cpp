// The panel of the tab Drift: one drift with its witness, who comes by it, its documents' difference, and how to accept it.
#include "models/estate/review/drift_acceptance.h"
#include "ui/errors/answer_texts.h"
#include "ui/errors/utf8.h"
#include "ui/estate/code_lines.h"
#include "ui/estate/panel_section.h"
#include "ui/review/accept_form.h"
#include "ui/review/drift/drift_tab.h"
#include "ui/review/tab_panel.h"
#include "ui/review/table_page.h"
#include "ui/widgets/flow_layout.h"

#include <QDateTime>
#include <QLocale>
#include <QVBoxLayout>

namespace gw::ui {

using estate::Drift;
using estate::DriftDirection;

namespace {

// The request, one thing a line, and how the two sides answer it.
QString witnessText(const Drift& drift) {
    QStringList lines;
    lines.append(DriftTab::tr("principal  %1").arg(fromUtf8(drift.principal)));
    lines.append(DriftTab::tr("action     %1").arg(fromUtf8(drift.action)));
    lines.append(DriftTab::tr("resource   %1").arg(fromUtf8(drift.resource)));
    for (const auto& [key, values] : drift.context) {
        QStringList all;
        for (const std::string& each : values) all.append(fromUtf8(each));
        lines.append(QStringLiteral("%1 = %2").arg(fromUtf8(key), all.join(QStringLiteral(", "))));
    }
    return lines.join(QLatin1Char('\n'));
}

QString dayOf(UtcTime time) {
    return QLocale().toString(QDateTime::fromMSecsSinceEpoch(time.unixMilliseconds()).date(), QLocale::ShortFormat);
}

} // namespace

void DriftTab::showRow() {
    const auto row = table_->view().current();
    diff_.cancel();
    documents_ = nullptr;
    if (!drifted_ || !row) return panel_->showNothing(tr("Choose a row to see who comes by it, and how."));
    const Drift& drift = drifted_->report.drifts[*row];
    const bool gained = drift.direction == DriftDirection::Gained;
    panel_->clear();
    panel_->addHead(gained ? QStringLiteral("gain") : QStringLiteral("lose"), gained ? Color::AllowedText : Color::DeniedText, driftSentence(drift),
                    tr("%1, by %2").arg(fromUtf8(drift.object), causeWord(drift.cause)));
    if (!drift.groups.empty() || drift.people) {
        auto* who = panel_->addSection(tr("Who comes by it"));
        QStringList groups;
        for (const std::string& each : drift.groups) groups.append(fromUtf8(each));
        const QString people = !drift.people ? tr("how many people is not known") : *drift.people == 1 ? tr("1 person") : tr("%1 people").arg(QLocale().toString(static_cast<qulonglong>(*drift.people)));
        panel_->addText(who, "people", groups.isEmpty() ? people : QStringLiteral("%1 · %2").arg(groups.join(QStringLiteral(", ")), people), Color::TextPrimary);
    }
    const bool witnessed = !drift.action.empty();
    if (witnessed) {
        auto* request = panel_->addSection(tr("Request that tells the two sides apart"));
        auto* block = new CodeBlock(tr("Request that tells the two sides apart"));
        block->setObjectName(panel_->partName("witness"));
        block->setHighlighted(false);
        block->setCode(witnessText(drift));
        request->addWidget(block);
        if (drift.before != drift.after || !drift.context.empty())
            panel_->addText(request, "answers", tr("%1 before, %2 now").arg(decisionWord(drift.before), decisionWord(drift.after).toLower()));
    }
    auto* foot = new FlowLayout(space::s2); // two lines where the panel is narrow
    auto* acts = panel_->addSection();
    acts->addLayout(foot);
    if (witnessed || drifted_->review->estate->role(drift.object) != nullptr)
        connect(panel_->addButton(foot, "explain", tr("Explain"), QStringLiteral("explain"), ButtonKind::Primary), &QPushButton::clicked, this, [this] { explainRow(); });
    const bool hasDocuments = drift.cause != estate::DriftCause::Assignment && drift.cause != estate::DriftCause::Membership;
    if (hasDocuments) {
        auto* documents = panel_->addButton(foot, "documents", tr("Documents"), QStringLiteral("policy"), ButtonKind::Default);
        connect(documents, &QPushButton::clicked, this, [this, documents, at = *row] {
            documents->setEnabled(false);
            showDocuments(at);
        });
    }
    if (drift.acceptance) {
        const QString until = dayOf(drift.acceptance->until);
        Text* said = panel_->addText(acts, "accepted", (drift.isAccepted() ? tr("Accepted until %1: %2") : tr("Was accepted until %1: %2")).arg(until, fromUtf8(drift.acceptance->reason)),
                                     drift.isAccepted() ? Color::TextSecondary : Color::ExpiringText);
        said->setStyleToken(TextStyle::Small);
    }
    if (!drift.isAccepted()) {
        auto* accept = panel_->addButton(foot, "accept", tr("Accept…"), {}, ButtonKind::Ghost);
        auto* form = new AcceptForm(panel_->objectName(), QStringLiteral("accept-now"), tr("Accept"));
        form->hide();
        acts->addWidget(form);
        connect(accept, &QPushButton::clicked, this, [accept, form] {
            accept->hide();
            form->open();
        });
        connect(form, &AcceptForm::given, this, [this, at = *row](const QString& reason, int days) {
            const Drift& meant = drifted_->report.drifts[at];
            Q_EMIT acceptWanted(estate::review::acceptanceOf(meant, reason.toStdString(), {}), driftSentence(meant), days);
        });
    }
    documents_ = new QWidget;
    auto* inside = new QVBoxLayout(documents_);
    inside->setContentsMargins(space::s4, space::s2, space::s4, space::s4);
    inside->setSpacing(space::s2);
    documents_->hide();
    panel_->addWidget(documents_);
    panel_->finish();
}

void DriftTab::showDocuments(std::size_t drift) {
    using Changes = std::shared_ptr<const std::vector<DocumentChange>>;
    diff_.run([drifted = drifted_, drift](const Job::Tell&) -> Changes { return std::make_shared<const std::vector<DocumentChange>>(documentChanges(*drifted, drift)); },
              [this](const Changes& changes) {
                  if (documents_ == nullptr) return;
                  auto* column = static_cast<QVBoxLayout*>(documents_->layout());
                  emptyLayout(column);
                  if (changes->empty()) panel_->addText(column, "no-documents", tr("The documents of both sides are the same, or neither side has them."));
                  int number = 0;
                  for (const DocumentChange& each : *changes) {
                      ++number;
                      const QString how = each.before.isEmpty() ? tr("%1, new").arg(each.name) : each.after.isEmpty() ? tr("%1, gone").arg(each.name) : each.name;
                      column->addWidget(new Text(how, TextStyle::Strong));
                      auto* lines = new CodeLines;
                      lines->setObjectName(QStringLiteral("review.drift.panel.document.%1").arg(number));
                      lines->setAccessibleName(tr("What changed in %1").arg(each.name));
                      lines->setDiff(each.before, each.after);
                      column->addWidget(lines);
                  }
                  documents_->show();
              });
}

} // namespace gw::ui

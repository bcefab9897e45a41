#include "ui/explain/document_page.h"

#include "ui/errors/answer_texts.h"
#include "ui/shell/main_window.h"
#include "ui/widgets/widgets.h"

#include <QHBoxLayout>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

namespace gw::ui {

DocumentPage::DocumentPage(const policy::StatementReport& statement, const ExplainedAnswer& answer, LineTone tone,
                           const QString& place, QWidget* parent)
    : QWidget(parent) {
    setObjectName(QStringLiteral("explain.document"));
    const auto& ref = statement.ref;
    const DocumentText document(ref.policy);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* bar = new Panel(Color::BgSurface);
    bar->setEdges(Qt::BottomEdge);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(space::s4, space::s2, space::s4, space::s2);
    row->setSpacing(space::s2);
    row->addWidget(new IconLabel(QStringLiteral("policy"), Color::TextSecondary));
    auto* name = new Text(answer.names.of(ref.policy->name()), TextStyle::Strong);
    name->setElide(Qt::ElideMiddle);
    name->setToolTip(QString::fromStdString(ref.policy->name()));
    name->setObjectName(QStringLiteral("explain.document.name"));
    row->addWidget(name, 2);
    QStringList facts{statementName(ref)};
    if (!place.isEmpty()) facts.append(place);
    if (document.laidOut()) facts.append(tr("laid out for reading"));
    auto* where = new Text(facts.join(QStringLiteral("  ·  ")), TextStyle::Small, Color::TextSecondary);
    where->setElide(Qt::ElideMiddle);
    row->addWidget(where, 3);
    auto* copy = new Button(tr("Copy"), QStringLiteral("copy"), ButtonKind::Default);
    copy->setObjectName(QStringLiteral("explain.document.copy"));
    copy->setSize(ButtonSize::Small);
    copy->setAccessibleName(tr("Copy the document"));
    row->addWidget(copy);
    connect(copy, &QPushButton::clicked, this, [words = document.lines().join(QLatin1Char('\n'))] { copyText(words, false); });
    column->addWidget(bar);
    code_ = new CodeLines;
    code_->setDocument(document.lines(), document.decidingLines(statement, answer.explanation.answer.action), tone);
    if (const auto lines = document.linesOfStatement(ref.statement)) line_ = lines->first;
    area_ = new QScrollArea;
    area_->setObjectName(QStringLiteral("explain.document.text"));
    area_->setAccessibleName(tr("The document"));
    area_->setAccessibleDescription(document.lines().join(QLatin1Char('\n')).left(20'000));
    area_->setFrameShape(QFrame::NoFrame);
    area_->setWidgetResizable(true);
    area_->setFocusPolicy(Qt::StrongFocus);
    area_->setProperty(MainWindow::paneProperty, true);
    area_->setWidget(code_);
    column->addWidget(area_, 1);
    setFocusProxy(area_);
}

void DocumentPage::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    area_->setFocus(Qt::OtherFocusReason);
    reveal();
}

void DocumentPage::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    if (!revealed_ && isVisible()) reveal();
}

void DocumentPage::reveal() {
    revealed_ = true;
    // A third from the top, so that what stands before it is seen, too. The scroll area learns its range with the next layout.
    QMetaObject::invokeMethod(
        this, [this] { area_->verticalScrollBar()->setValue(code_->topOf(line_) - area_->viewport()->height() / 3); },
        Qt::QueuedConnection);
}

} // namespace gw::ui

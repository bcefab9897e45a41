#include "ui/explain/question_bar.h"

#include "ui/errors/answer_texts.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QVBoxLayout>

namespace gw::ui {
namespace {

// Below this width the fields have a line of their own.
constexpr int oneLineFrom = 980;

} // namespace

QuestionBar::QuestionBar(QWidget* parent) : Panel(Color::BgSunken, parent) {
    setObjectName(QStringLiteral("explain.bar"));
    setEdges(Qt::BottomEdge);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(space::s4, space::s3, space::s4, space::s3);
    column->setSpacing(space::s2);
    grid_ = new QGridLayout;
    grid_->setHorizontalSpacing(space::s2);
    grid_->setVerticalSpacing(space::s2);
    modes_ = new Segmented(tr("What is asked"));
    modes_->setObjectName(QStringLiteral("explain.mode"));
    modes_->setItems({tr("Can they?"), tr("Who can?"), tr("What can they?")});
    modes_->setCurrent(0);
    fields_ = new QWidget;
    auto* row = new QHBoxLayout(fields_);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::s2);
    principal_ = new PickField(tr("Principal"), QStringLiteral("role"));
    principal_->setObjectName(QStringLiteral("explain.principal"));
    principal_->setPlaceholderText(tr("Role, user or ARN"));
    reach_ = new Text({}, TextStyle::Body, Color::TextSecondary);
    action_ = new PickField(tr("Action"), QStringLiteral("command"));
    action_->setObjectName(QStringLiteral("explain.action"));
    action_->setPlaceholderText(tr("service:Action"));
    on_ = new Text(tr("on"), TextStyle::Body, Color::TextSecondary);
    resource_ = new PickField(tr("Resource"), QStringLiteral("route"));
    resource_->setObjectName(QStringLiteral("explain.resource"));
    resource_->setPlaceholderText(tr("Resource, ARN or *"));
    row->addWidget(principal_, 5);
    row->addWidget(reach_);
    row->addWidget(action_, 4);
    row->addWidget(on_);
    row->addWidget(resource_, 5);
    ask_ = new Button(tr("Explain"), {}, ButtonKind::Primary);
    ask_->setObjectName(QStringLiteral("explain.ask"));
    ask_->setKeyHint(tr("Enter"));
    column->addLayout(grid_);
    problemRow_ = new QWidget;
    auto* problemLine = new QHBoxLayout(problemRow_);
    problemLine->setContentsMargins(0, 0, 0, 0);
    problemLine->setSpacing(space::s2);
    mark_ = new IconLabel(QStringLiteral("error"), Color::DeniedText, 14);
    problem_ = new Text({}, TextStyle::Small, Color::DeniedText);
    problem_->setObjectName(QStringLiteral("explain.problem"));
    problem_->setWordWrap(true);
    problemLine->addWidget(mark_);
    problemLine->addWidget(problem_, 1);
    problemRow_->hide();
    column->addWidget(problemRow_);
    paste_ = new PasteBox;
    column->addWidget(paste_);
    policies_ = new PolicyBox;
    column->addWidget(policies_);
    arrange();
    applyMode();
    connect(ask_, &QPushButton::clicked, this, &QuestionBar::tidyAndAsk);
    for (PickField* field : {principal_, action_, resource_}) {
        connect(field, &QLineEdit::returnPressed, this, [this, field] {
            if (!field->listOpen()) tidyAndAsk();
        });
        connect(field, &QLineEdit::textEdited, this, [this] { setProblem({}); });
    }
    connect(resource_, &PickField::picked, this, &QuestionBar::resourcePicked);
    connect(modes_, &Segmented::currentChanged, this, [this] {
        applyMode();
        setProblem({});
        Q_EMIT modeChanged();
    });
}

void QuestionBar::tidyAndAsk() {
    for (PickField* field : {principal_, action_, resource_}) field->tidy();
    Q_EMIT askWanted();
}

AskMode QuestionBar::mode() const {
    return static_cast<AskMode>(modes_->current());
}

void QuestionBar::setMode(AskMode mode) {
    modes_->setCurrent(static_cast<int>(mode));
    applyMode();
}

void QuestionBar::applyMode() {
    const AskMode now = mode();
    principal_->setVisible(now != AskMode::WhoCan);
    action_->setVisible(now != AskMode::WhatCanThey);
    resource_->setVisible(now != AskMode::WhatCanThey);
    on_->setVisible(now != AskMode::WhatCanThey);
    reach_->setFullText(now == AskMode::WhoCan ? tr("can do") : now == AskMode::WhatCanThey ? tr("can do what?") : tr("do"));
    ask_->setText(now == AskMode::CanThey ? tr("Explain") : tr("Find"));
    ask_->updateGeometry();
}

void QuestionBar::setQuestion(const QString& principal, const QString& action, const QString& resource) {
    const auto parsed = policy::Principal::parse(principal.toStdString());
    const bool session = parsed && parsed->kind() == policy::PrincipalKind::RoleSession;
    principal_->setValue(principal, session ? shortPrincipal(*parsed) : QString());
    action_->setValue(action);
    resource_->setValue(resource);
    setProblem({});
}

void QuestionBar::setProblem(const QString& problem) {
    problem_->setFullText(problem);
    problemRow_->setVisible(!problem.isEmpty());
}

void QuestionBar::focusQuestion() {
    PickField* first = mode() == AskMode::WhoCan ? action_ : principal_;
    first->setFocus(Qt::OtherFocusReason);
    first->selectAll();
}

void QuestionBar::arrange() {
    const bool narrow = width() < oneLineFrom;
    if (arranged_ && narrow == narrow_) return;
    narrow_ = narrow;
    arranged_ = true;
    for (QWidget* part : {static_cast<QWidget*>(modes_), fields_, static_cast<QWidget*>(ask_)}) grid_->removeWidget(part);
    grid_->addWidget(modes_, 0, 0, Qt::AlignLeft);
    grid_->addWidget(ask_, 0, 2, Qt::AlignRight);
    if (narrow)
        grid_->addWidget(fields_, 1, 0, 1, 3);
    else
        grid_->addWidget(fields_, 0, 1);
    grid_->setColumnStretch(1, 1);
    QWidget::setTabOrder(modes_, principal_);
    QWidget::setTabOrder(principal_, action_);
    QWidget::setTabOrder(action_, resource_);
    QWidget::setTabOrder(resource_, ask_);
}

void QuestionBar::resizeEvent(QResizeEvent* event) {
    Panel::resizeEvent(event);
    arrange();
}

} // namespace gw::ui

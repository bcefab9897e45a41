#include "ui/explain/explain_page.h"

#include "models/estate/estate_reader.h"
#include "models/estate/inventory.h"
#include "models/policy/action_name.h"
#include "models/store/on_worker.h"
#include "models/store/when_done.h"
#include "ui/errors/answer_texts.h"
#include "ui/errors/utf8.h"
#include "ui/errors_text.h"
#include "ui/explain/answer_text.h"
#include "ui/explain/answers_view.h"
#include "ui/explain/document_page.h"
#include "ui/explain/explain_view.h"
#include "ui/widgets/drop_hint.h"

#include <QKeyEvent>
#include <QProgressBar>
#include <QStackedWidget>

namespace gw::ui {
namespace {

const QString screen = QStringLiteral("explain");

// In a lower window there is no room for the answer beside a policy that is being written.
constexpr int lowWindow = 720;

} // namespace

ExplainPage::ExplainPage(const ExplainContext& context, QWidget* parent) : QWidget(parent), context_(context) {
    setObjectName(QStringLiteral("explain"));
    setAcceptDrops(true);
    build();
    connect(&runner_, &ExplainRunner::explained, this, [this](const ExplainedPtr& answer) { show(answer); });
    connect(&runner_, &ExplainRunner::editsFound, this, [this](const std::vector<estate::PlacedEdit>& edits) {
        edits_ = edits;
        view_->setEdits(answer_, edits);
        Q_EMIT shown();
    });
    connect(&runner_, &ExplainRunner::failed, this, [this](const Error& error) {
        const ErrorText why = explain(error);
        context_.window.showToast({QStringLiteral("explain.failed"), ToastKind::Error, why.title, why.why, {}, {}});
    });
    connect(bar_, &QuestionBar::askWanted, this, &ExplainPage::askNow);
    connect(bar_, &QuestionBar::modeChanged, this, [this] {
        // What is shown answers another kind of question.
        ++asked_;
        if (bar_->mode() == AskMode::CanThey && answer_) stack_->setCurrentWidget(view_);
        bar_->focusQuestion();
    });
    connect(bar_, &QuestionBar::resourcePicked, this, &ExplainPage::fillUsualAction);
    connect(&bar_->pasteBox(), &PasteBox::recognised, this, [this](const policy::Denial& denial) {
        bar_->setMode(AskMode::CanThey);
        bar_->setQuestion(fromUtf8(denial.request.principal.text()), fromUtf8(denial.request.action),
                          fromUtf8(denial.request.resource));
        pasted_ = denial;
        comeForward();
        if (!canAnswer()) return;
        makeQuestion(denial, denial.request);
    });
    connect(&bar_->policyBox(), &PolicyBox::changed, this, [this] {
        // What is shown was answered without it.
        if (question_ && canAnswer())
            askNow();
        else if (!canAnswer())
            estateChanged();
        else
            rest();
    });
    connect(&bar_->policyBox(), &PolicyBox::removed, this, [this](const QString& name) {
        context_.window.showToast({QStringLiteral("explain.policy.removed"), ToastKind::Info, tr("Removed: %1").arg(name), {},
                                   tr("Undo"), [this] { bar_->policyBox().restore(); }});
    });
    connect(&bar_->policyBox(), &PolicyBox::writingChanged, this, &ExplainPage::makeRoom);
    connect(view_, &ExplainView::trialWanted, this, &ExplainPage::run);
    connect(view_, &ExplainView::statementWanted, this,
            [this](const policy::StatementReport* statement) { openStatement(*statement); });
    connect(answers_, &AnswersView::picked, this, [this](const AnswerRow& row) { ask(row.principal, row.action, row.resource); });
    connectShelf();
    estateChanged();
}

ExplainPage::~ExplainPage() {
    stopList();
}

void ExplainPage::makeRoom() {
    stack_->setVisible(window()->height() >= lowWindow || !bar_->policyBox().isWriting());
}

// Who asks wants to see the answer.
void ExplainPage::comeForward() {
    if (!stack_->isVisibleTo(this)) bar_->policyBox().stopWriting();
}

void ExplainPage::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    makeRoom();
}

bool ExplainPage::busy() const {
    return runner_.busy() || context_.shelf.loading() || waiting_ > 0 || bar_->policyBox().busy();
}

void ExplainPage::needCatalogue() {
    if (catalogueWanted_) return;
    catalogueWanted_ = true;
    ++waiting_;
    whenDone(context_.loadCatalogue(), this, [this](const std::shared_ptr<const policy::Catalogue>& catalogue) {
        catalogue_ = catalogue;
        --waiting_;
        if (!catalogue) return;
        ++waiting_;
        whenDone(onWorker([catalogue] {
                     std::vector<PickItem> items;
                     for (const std::string_view prefix : catalogue->services())
                         if (const policy::ServiceInfo* service = catalogue->service(prefix))
                             for (const auto& [folded, action] : service->actions) {
                                 const QString name = fromUtf8(service->prefix) + QLatin1Char(':') + fromUtf8(action.name);
                                 items.push_back({name, name, {}});
                             }
                     return std::make_shared<const std::vector<PickItem>>(std::move(items));
                 }),
                 this, [this](const PickItems& items) {
                     --waiting_;
                     bar_->setActions(items);
                 });
    });
}

void ExplainPage::ask(const QString& principal, const QString& action, const QString& resource) {
    bar_->setMode(AskMode::CanThey);
    pasted_.reset();
    bar_->pasteBox().clear();
    bar_->setQuestion(principal, action, resource);
    askNow();
}

void ExplainPage::askWhat(const QString& principal) {
    bar_->setMode(AskMode::WhatCanThey);
    bar_->setQuestion(principal, {}, {});
    askNow();
}

void ExplainPage::askWho(const QString& action, const QString& resource) {
    bar_->setMode(AskMode::WhoCan);
    bar_->setQuestion({}, action, resource);
    if (action.isEmpty()) fillUsualAction();
    if (bar_->action().isEmpty()) return bar_->focusQuestion();
    askNow();
}

void ExplainPage::begin(AskMode mode) {
    bar_->setMode(mode);
    bar_->setProblem({});
    bar_->focusQuestion();
}

// What one usually asks of the resource, unless the action is of its service already.
void ExplainPage::fillUsualAction() {
    if (!context_.shelf.estate() || bar_->mode() == AskMode::WhatCanThey) return;
    const std::string chosen = bar_->resource().toStdString();
    for (const auto& item : estate::resourcesOf(*context_.shelf.estate()))
        if (item.arn == chosen && !item.action.empty() && !bar_->action().startsWith(fromUtf8(item.action).section(QLatin1Char(':'), 0, 0)))
            bar_->setAction(fromUtf8(item.action));
}

void ExplainPage::paste(const QString& pasted) {
    bar_->pasteBox().setText(pasted);
}

void ExplainPage::askNow() {
    comeForward();
    needCatalogue();
    const AskMode mode = bar_->mode();
    if (mode != AskMode::CanThey && !context_.shelf.estate())
        return bar_->setProblem(tr("There is nobody to ask about: open the organisation's files first."));
    if (!canAnswer())
        return bar_->setProblem(tr("There is nothing to answer from: open the organisation's files, or paste a policy, first."));
    policy::Request request;
    if (mode != AskMode::WhoCan) {
        const auto principal = policy::Principal::parse(bar_->principal().toStdString());
        if (bar_->principal().isEmpty()) return bar_->setProblem(tr("Say who: a role or user of the list, or an ARN."));
        if (!principal)
            return bar_->setProblem(
                tr("“%1” is no principal: choose one of the list, or give a whole ARN.").arg(bar_->principal()));
        request.principal = *principal;
        request.facts.anonymous = principal->kind() == policy::PrincipalKind::Anonymous;
    }
    if (mode != AskMode::WhatCanThey) {
        request.action = bar_->action().toStdString();
        if (request.action.empty()) return bar_->setProblem(tr("Say what: an action such as s3:GetObject."));
        if (!policy::isActionName(request.action))
            return bar_->setProblem(
                tr("“%1” is not one action: it is written as service:Action, without wildcards.").arg(bar_->action()));
        request.resource = bar_->resource().isEmpty() ? "*" : bar_->resource().toStdString();
        // "*" is no resource of such a call, and what denies a part of them would go unseen.
        if (request.resource == "*" && catalogue_ != nullptr && catalogue_->action(request.action) != nullptr &&
            !catalogue_->isWildcardOnly(foldedAscii(request.action)))
            return bar_->setProblem(tr("%1 acts on one resource: say on which.").arg(bar_->action()));
        if (request.resource != "*" && !policy::ArnParts::split(request.resource))
            return bar_->setProblem(
                tr("“%1” is no resource: choose one of the list, or give an ARN or *.").arg(bar_->resource()));
    }
    bar_->setProblem({});
    if (mode != AskMode::CanThey) return askList(mode);
    if (pasted_) {
        const bool same = pasted_->request.principal.text() == request.principal.text() &&
                          pasted_->request.action == request.action &&
                          (pasted_->request.resource == request.resource ||
                           (question_ && question_->base.isDenial && question_->base.request.resource == request.resource));
        if (same) return makeQuestion(pasted_, pasted_->request);
        // Another question than the message's.
        pasted_.reset();
        bar_->pasteBox().clear();
    }
    makeQuestion(std::nullopt, std::move(request));
}

void ExplainPage::makeQuestion(std::optional<policy::Denial> denial, policy::Request request) {
    needCatalogue();
    const quint64 mine = ++asked_;
    runner_.cancel();
    ++waiting_;
    const auto made = [shelved = context_.shelf.estate(), handed = bar_->policyBox().policies(), denial = std::move(denial), request = std::move(request),
                       now = context_.clock.now()] {
        auto question = std::make_shared<AskedQuestion>();
        question->estate = shelved ? shelved : estate::EstateReader().finish();
        const estate::Estate& from = *question->estate;
        question->base = denial ? estate::makeQuestion(from, *denial) : estate::makeQuestion(from, request);
        estate::addHanded(question->base, handed, !shelved);
        question->handed = handed.size();
        question->now = now;
        return AskedPtr(std::move(question));
    };
    whenDone(onWorker(made), this, [this, mine](const AskedPtr& question) {
        --waiting_;
        if (mine != asked_) return;
        question_ = question;
        // Masked digits were filled in.
        if (!question->base.writtenResource.empty())
            bar_->setQuestion(fromUtf8(question->base.request.principal.text()), fromUtf8(question->base.request.action),
                              fromUtf8(question->base.request.resource));
        run({});
    });
}

void ExplainPage::stopList() {
    if (stop_) *stop_ = true;
}

bool ExplainPage::canAnswer() {
    return context_.shelf.estate() || !bar_->policyBox().isEmpty();
}

void ExplainPage::addPolicy() {
    bar_->policyBox().openEditor();
}

void ExplainPage::run(const Trial& trial) {
    if (question_) runner_.run(question_, trial, catalogue_);
}

void ExplainPage::show(const ExplainedPtr& answer) {
    answer_ = answer;
    edits_.clear();
    stack_->setCurrentWidget(view_);
    view_->show(answer);
    tellSubtitle();
    Q_EMIT shown();
}

void ExplainPage::askList(AskMode mode) {
    const quint64 mine = ++asked_;
    runner_.cancel();
    stopList();
    stop_ = std::make_shared<std::atomic<bool>>(false);
    ++waiting_;
    stack_->setCurrentWidget(loading_);
    progress_->setRange(0, 0);
    progressText_->setFullText(mode == AskMode::WhoCan ? tr("Asking for every principal…") : tr("Asking for every resource…"));
    struct Listed {
        AskablePtr askable;
        AnswerList list;
    };
    const auto work = [stop = stop_, askable = askable_, estate = context_.shelf.estate(), mode, catalogue = catalogue_,
                       now = context_.clock.now(), principal = bar_->principal().toStdString(),
                       action = bar_->action().toStdString(),
                       resource = bar_->resource().isEmpty() ? std::string("*") : bar_->resource().toStdString()] {
        policy::WorldRules world;
        world.now = now;
        world.catalogue = catalogue.get();
        const AskablePtr over = askable ? askable : makeAskable(estate);
        return Listed{over, mode == AskMode::WhoCan ? whoCan(*over, action, resource, world)
                                                          : whatCan(*over, principal, world, stop.get())};
    };
    whenDone(onWorker(work), this, [this, mine](Listed listed) {
        --waiting_;
        if (listed.askable->estate == context_.shelf.estate()) askable_ = listed.askable;
        if (mine != asked_) return;
        answers_->show(std::move(listed.list));
        stack_->setCurrentWidget(answers_);
        Q_EMIT shown();
    });
}

void ExplainPage::openStatement(const policy::StatementReport& statement) {
    const ExplainedPtr keep = answer_;
    QString place;
    if (keep->question->estate)
        if (const auto* document = keep->question->estate->documentOf(*statement.ref.policy);
            document != nullptr && document->source.file)
            place = tr("%1, line %2", "file, line")
                        .arg(fromUtf8(document->source.file->path).section(QLatin1Char('/'), -2))
                        .arg(document->source.position.line);
    StatementView view;
    view.report = &statement;
    LayerMark mark = LayerMark::Silent;
    for (const LayerView& each : layerViews(*keep))
        if (each.layer == statement.ref.layer) mark = each.mark;
    auto* page = new DocumentPage(statement, *keep, toneOf(view, mark), place);
    context_.window.pushPage(page, keep->names.of(statement.ref.policy->name()), [this] { context_.window.popPage(); });
}

bool ExplainPage::leaveTrial() {
    if (!answer_ || answer_->trial.empty()) return false;
    run({});
    return true;
}

void ExplainPage::copyAnswer() {
    if (!answer_) return;
    copyText(answerText(*answer_, edits_), false);
    context_.window.showToast(
        {QStringLiteral("explain.copied"), ToastKind::Good, tr("The answer was copied as text"), {}, {}, {}});
}

void ExplainPage::focusPaste() {
    bar_->pasteBox().focusEditor();
}
void ExplainPage::focusQuestion() {
    bar_->focusQuestion();
}

void ExplainPage::addFact() {
    if (answer_ && stack_->currentWidget() == view_) view_->addFact();
}

void ExplainPage::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape && leaveTrial()) return;
    QWidget::keyPressEvent(event);
}

void ExplainPage::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    needCatalogue();
    context_.shelf.need();
    tellSubtitle();
}

} // namespace gw::ui

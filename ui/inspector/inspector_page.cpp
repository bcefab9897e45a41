#include "ui/inspector/inspector_page.h"

#include "models/store/on_worker.h"
#include "models/store/when_done.h"
#include "ui/errors_text.h"
#include "ui/inspector/inspector_bar.h"
#include "ui/inspector/inspector_view.h"
#include "ui/inspector/save_sheet.h"
#include "ui/inspector/trust_picker.h"
#include "ui/widgets/drop_hint.h"
#include "ui/widgets/widgets.h"

#include <QDir>
#include <QDragEnterEvent>
#include <QLocale>
#include <QMenu>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace gw::ui {

namespace {

// Whose metadata is looked at to find the issuer of a response by itself.
constexpr std::size_t mostMatched = 12;

} // namespace

InspectorPage::InspectorPage(const InspectorContext& context, QWidget* parent) : QWidget(parent), context_(context) {
    setObjectName(QStringLiteral("inspector"));
    setAcceptDrops(true);
    build();
    connect(&runner_, &InspectRunner::started, this, [this] {
        if (!examined_) stack_->setCurrentWidget(loading_);
    });
    connect(&runner_, &InspectRunner::finished, this, [this](const ExaminedPtr& examined) { show(examined); });
    connect(&runner_, &InspectRunner::failed, this, [this](const Error& error) { showFailure(error, origin_.name); });
    connect(&second_, &InspectRunner::failed, this, [this](const Error& error) {
        const ErrorText why = explain(error);
        context_.window.showToast({QStringLiteral("inspector.compare"), ToastKind::Error, why.title, why.why, {}, {}});
    });
    connect(&second_, &InspectRunner::finished, this, [this](const ExaminedPtr& other) {
        if (!examined_ || examined_->response() == nullptr) return;
        if (other->response() == nullptr) {
            context_.window.showToast({QStringLiteral("inspector.compare"), ToastKind::Warning, tr("%1 is not a response").arg(other->origin.name),
                                       tr("Only two responses can be compared."), {}, {}});
            return;
        }
        whenDone(onWorker([before = examined_, other] { return inspect::diffResponses(*before->response(), *other->response()); }), this,
                 [this, before = examined_, other](const std::vector<inspect::DiffEntry>& entries) {
                     // Its capture may have been wiped meanwhile.
                     const quint64 number = other->origin.capture;
                     if (before != examined_ || (number != 0 && context_.captures.find(number) == nullptr)) return;
                     comparedCapture_ = number;
                     view_->showComparison(*other, entries);
                 });
    });
    connect(&bar_->trust(), &TrustPicker::changed, this, &InspectorPage::trustChanged);
    connect(&bar_->trust(), &TrustPicker::failed, this, [this](const Error& error) {
        const ErrorText why = explain(error);
        context_.window.showToast({QStringLiteral("inspector.trust"), ToastKind::Error, why.title, why.why, {}, {}});
    });
    connect(&bar_->trust(), &TrustPicker::keyProblem, this, [this](const Error& error) {
        context_.window.showToast({QStringLiteral("inspector.key"), ToastKind::Warning, explain(error).title, explain(error).why, {}, {}});
    });
    connect(&bar_->trust(), &QComboBox::activated, this, [this] { trustByPerson_ = true; });
    connect(bar_, &InspectorBar::policyChanged, this, &InspectorPage::run);
    connect(bar_, &InspectorBar::messageChosen, this, [this](std::size_t message) {
        message_ = message;
        run();
    });
    connect(bar_, &InspectorBar::capturesWanted, this, &InspectorPage::captureMenu);
    connect(bar_, &InspectorBar::moreWanted, this, [this](const QPoint& at) {
        auto* menu = new QMenu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        for (const char* id : {"inspector.compare", "inspector.redact", "inspector.resign", "inspector.evidence", "inspector.find"})
            if (QAction* action = context_.actions.action(QString::fromLatin1(id))) menu->addAction(action);
        menu->popup(at);
    });
    connect(&context_.captures, &CaptureShelf::changed, this, [this] {
        bar_->setCaptures(static_cast<int>(context_.captures.captures().size()));
        dropWiped();
    });
    bar_->setCaptures(static_cast<int>(context_.captures.captures().size()));
}

InspectorPage::~InspectorPage() = default;

void InspectorPage::build() {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    bar_ = new InspectorBar(context_);
    bar_->setProperty(MainWindow::paneProperty, true);
    column->addWidget(bar_);
    sheet_ = new SaveSheet(context_);
    column->addWidget(sheet_);
    stack_ = new QStackedWidget;
    column->addWidget(stack_, 1);

    auto* emptyPage = new Panel(Color::BgSurface);
    auto* emptyColumn = new QVBoxLayout(emptyPage);
    auto* empty = new EmptyState(QStringLiteral("inspector"), tr("What does a response really say?"),
                                 tr("Drop, paste or open a SAML response or metadata: XML, base64, a form, a saved page, a redirect, a HAR file. "
                                    "It stays on this computer."));
    auto* open = empty->addAction(tr("Open…"), QStringLiteral("file"), ButtonKind::Primary);
    open->setObjectName(QStringLiteral("inspector.empty.open"));
    auto* pasteButton = empty->addAction(tr("Paste"), QStringLiteral("copy"), ButtonKind::Default);
    pasteButton->setObjectName(QStringLiteral("inspector.empty.paste"));
    pasteButton->setKeyHint(keyText(QKeySequence(QKeySequence::Paste)));
    connect(open, &QPushButton::clicked, this, &InspectorPage::askForFile);
    connect(pasteButton, &QPushButton::clicked, this, &InspectorPage::paste);
    emptyColumn->addStretch(2);
    emptyColumn->addWidget(empty);
    emptyColumn->addStretch(3);
    empty_ = emptyPage;

    auto* wipedPage = new Panel(Color::BgSurface);
    auto* wipedColumn = new QVBoxLayout(wipedPage);
    auto* wiped = new EmptyState(QStringLiteral("lock"), tr("The captured response was wiped"),
                                 tr("Captured responses stay in memory only as long as their session lives, and the eight newest at most. "
                                    "A redacted copy or evidence can be saved as a file while one is shown."));
    wiped->setObjectName(QStringLiteral("inspector.wiped"));
    wipedColumn->addStretch(2);
    wipedColumn->addWidget(wiped);
    wipedColumn->addStretch(3);
    wiped_ = wipedPage;

    auto* loadingPage = new Panel(Color::BgSurface);
    auto* loadingColumn = new QVBoxLayout(loadingPage);
    loadingColumn->addWidget(new LoadingRows(tr("The document is being examined"), size::rowDense));
    loading_ = loadingPage;

    auto* failedPage = new Panel(Color::BgSurface);
    auto* failedColumn = new QVBoxLayout(failedPage);
    failedColumn->setContentsMargins(space::s6, space::s6, space::s6, space::s6);
    auto* card = new Card;
    auto* cardColumn = new QVBoxLayout(card);
    cardColumn->setContentsMargins(0, 0, 0, 0);
    failure_ = new ErrorState;
    failure_->setObjectName(QStringLiteral("inspector.failure"));
    cardColumn->addWidget(failure_);
    failedColumn->addWidget(card);
    failedColumn->addStretch(1);
    failedPage_ = failedPage;
    auto* another = failure_->addAction(tr("Open another file…"), QStringLiteral("file"), ButtonKind::Primary);
    another->setObjectName(QStringLiteral("inspector.failure.open"));
    auto* again = failure_->addAction(tr("Paste"), QStringLiteral("copy"), ButtonKind::Default);
    again->setObjectName(QStringLiteral("inspector.failure.paste"));
    connect(another, &QPushButton::clicked, this, &InspectorPage::askForFile);
    connect(again, &QPushButton::clicked, this, &InspectorPage::paste);

    view_ = new InspectorView(context_.clock);
    for (QWidget* page : std::initializer_list<QWidget*>{empty_, wiped_, loading_, failedPage_, view_}) stack_->addWidget(page);
    connect(&view_->verdict(), &VerdictBanner::evidenceWanted, this, [this] { askToSave(CopyKind::Evidence); });
    dropHint_ = new DropHint(tr("Let go to inspect it"), this);
}

bool InspectorPage::busy() const { return runner_.busy() || bar_->trust().loading(); }

void InspectorPage::refreshProviders() { bar_->trust().refresh(); }

void InspectorPage::openText(Secret text, InputOrigin origin) {
    input_ = std::make_shared<const Secret>(std::move(text));
    origin_ = std::move(origin);
    message_ = 0;
    ++inputNumber_;
    second_.cancel();
    examined_.reset();
    comparedCapture_ = 0;
    sheet_->forget();
    tellSubtitle();
    Q_EMIT shown();
    if (!origin_.provider.value().empty()) {
        trustByPerson_ = false;
        stack_->setCurrentWidget(loading_);
        // Examined as soon as it is known whom to trust.
        runner_.cancel();
        return bar_->trust().chooseProvider(origin_.provider);
    }
    run();
}

void InspectorPage::clear() {
    input_.reset();
    origin_ = {};
    ++inputNumber_;
    runner_.cancel();
    second_.cancel();
    examined_.reset();
    comparedCapture_ = 0;
    view_->clear();
    sheet_->forget();
    bar_->setMessages({}, 0);
    tellSubtitle();
    Q_EMIT shown();
}

void InspectorPage::dropWiped() {
    const auto gone = [this](quint64 number) { return number != 0 && context_.captures.find(number) == nullptr; };
    if (gone(origin_.capture)) {
        clear();
        stack_->setCurrentWidget(wiped_);
    } else if (gone(comparedCapture_)) {
        comparedCapture_ = 0;
        view_->clearComparison();
    }
}

void InspectorPage::run() {
    if (!input_) return;
    InspectRequest request;
    request.input = input_;
    request.origin = origin_;
    request.message = message_;
    request.now = context_.clock.now();
    request.trust = bar_->trust().trust().provider;
    request.decryptionKeys = bar_->trust().trust().decryptionKeys;
    request.keyProblems = bar_->trust().trust().keyProblems;
    request.duration = bar_->trust().trust().duration;
    request.additionalAcs = bar_->trust().trust().additionalAcs;
    request.policy = bar_->policy();
    if (const auto offset = context_.awsClockOffset ? context_.awsClockOffset() : std::nullopt) {
        request.origin.awsSeenAt = request.now;
        request.origin.awsDate = request.now + *offset;
    }
    request.columns = view_->columns();
    runner_.run(std::move(request));
}

void InspectorPage::trustChanged() {
    if (input_) run();
}

void InspectorPage::show(const ExaminedPtr& examined) {
    const bool first = examined_ == nullptr;
    examined_ = examined;
    bar_->setMessages(examined->messages, examined->chosen);
    stack_->setCurrentWidget(view_);
    view_->show(examined);
    tellSubtitle();
    Q_EMIT shown();
    // Whoever opened something wants to read it; whoever changed the trust goes on there.
    if (first && isVisible()) view_->focusText();
    if (first && !trustByPerson_ && !bar_->trust().trust().provider) matchTrust();
}

void InspectorPage::matchTrust() {
    const auto* response = examined_->response();
    if (response == nullptr) return;
    const std::string issuer = response->stated.issuer.empty() ? response->stated.responseIssuer : response->stated.issuer;
    std::vector<sessions::Provider> all = context_.providers();
    if (issuer.empty() || all.empty()) return;
    if (all.size() > mostMatched) all.resize(mostMatched);
    matchNext(std::move(all), issuer, inputNumber_);
}

void InspectorPage::matchNext(std::vector<sessions::Provider> left, const std::string& issuer, quint64 input) {
    if (left.empty()) return;
    const sessions::Provider next = std::move(left.back());
    left.pop_back();
    if (next.entityId == issuer) return bar_->trust().chooseProvider(next.id);
    whenDone(context_.loadTrust(next), this, [this, left = std::move(left), issuer, input, id = next.id](const Result<sessions::Trust>& trust) {
        if (input != inputNumber_ || trustByPerson_) return;
        if (trust && trust->provider.entityId == issuer) return bar_->trust().chooseProvider(id);
        matchNext(left, issuer, input);
    });
}

void InspectorPage::showFailure(const Error& error, const QString& name) {
    examined_.reset();
    const ErrorText text = explain(error);
    failure_->set(name.isEmpty() ? text.title : tr("%1: %2", "name of a file, what is wrong").arg(name, text.title), text.why, text.whatToDo, text.details);
    stack_->setCurrentWidget(failedPage_);
    bar_->setMessages({}, 0);
    tellSubtitle();
    Q_EMIT shown();
}

void InspectorPage::tellSubtitle() {
    QString text = origin_.name;
    if (examined_) {
        const MessageSummary& summary = examined_->summary();
        const QLocale locale;
        const QString octets = locale.toString(static_cast<qulonglong>(summary.octets));
        text += QStringLiteral("   ");
        text += summary.wrapping == inspect::Wrapping::Xml
                    ? tr("%1 bytes of XML").arg(octets)
                    : tr("%1 bytes of base64, %2 of XML").arg(locale.toString(static_cast<qulonglong>(summary.base64Size)), octets);
    }
    context_.window.setSubtitle(QStringLiteral("inspector"), text);
}

void InspectorPage::askToSave(CopyKind kind) {
    if (examined_) sheet_->ask(kind, examined_, bar_->trust().currentText());
}

void InspectorPage::find() { view_->find(); }

void InspectorPage::showTab(const QString& id) {
    static const QStringList ids{QStringLiteral("coverage"), QStringLiteral("tree"), QStringLiteral("canonical"), QStringLiteral("hex"),
                                 QStringLiteral("compare"), QStringLiteral("findings")};
    if (const auto at = ids.indexOf(id); at >= 0) view_->showTab(static_cast<InspectorView::Tab>(at));
}

} // namespace gw::ui

#include "ui/sessions/import_page.h"

#include "models/sessions/providers/templates.h"
#include "models/store/on_worker.h"
#include "models/store/when_done.h"
#include "ui/errors_text.h"
#include "ui/sessions/provider_assistant.h"
#include "ui/sessions/text_of.h"
#include "ui/widgets/widgets.h"

#include <QCheckBox>
#include <QDir>
#include <QHBoxLayout>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>

namespace gw::ui {

using sessions::ImportCandidate;
using sessions::ImportSource;

namespace {

constexpr int footHeight = 56;
constexpr std::size_t rolesNamed = 3;

QString sourceName(ImportSource source) {
    switch (source) {
    case ImportSource::Saml2Aws: return QStringLiteral("saml2aws");
    case ImportSource::Leapp: return QStringLiteral("Leapp");
    case ImportSource::AwsConfig: return QStringLiteral("AWS CLI");
    }
    return {};
}

QString placeOf(const ImportCandidate& candidate) {
    const QString home = QDir::homePath();
    QString path = textOf(candidate.path.string());
    if (path.startsWith(home + u'/')) path = u'~' + path.mid(home.size());
    return candidate.line > 0 ? ImportPage::tr("%1, line %2").arg(path).arg(candidate.line) : path;
}

} // namespace

ImportPage::ImportPage(const SessionsContext& context, sessions::ImportFindings findings, QWidget* parent)
    : QWidget(parent), context_(context), findings_(std::move(findings)) {
    setObjectName(QStringLiteral("import"));
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(0);
    auto* scroll = new ScrollColumn(pageColumn);
    outer->addWidget(scroll, 1);
    QVBoxLayout* column = scroll->column();
    column->setContentsMargins(space::s6, space::s4, space::s6, space::s6);
    column->setSpacing(space::s3);
    if (findings_.candidates.empty()) {
        auto* empty = new EmptyState(QStringLiteral("import"), tr("Nothing to import was found"),
                                     tr("saml2aws, Leapp and the AWS CLI keep no SAML sign-in in their usual places."));
        auto* add = empty->addAction(tr("Connect a provider"), QStringLiteral("provider"), ButtonKind::Primary);
        add->setObjectName(QStringLiteral("import.connect"));
        // The page goes while the button's signal is on the stack.
        connect(add, &QPushButton::clicked, &context.window, [&context] { openProviderAssistant(context); },
                Qt::QueuedConnection);
        column->addStretch(1);
        column->addWidget(empty);
        column->addStretch(2);
    } else {
        auto* about = new Text(tr("These sign-ins are known to other tools. Their files are read and stay as they are. What is missing is asked next."),
                               TextStyle::Body, Color::TextSecondary);
        about->setWordWrap(true);
        column->addWidget(about);
        for (std::size_t i = 0; i < findings_.candidates.size(); ++i) column->addWidget(candidateRow(i));
    }
    for (const Error& problem : findings_.problems) {
        const ErrorText text = explain(problem);
        auto* line = new Text(text.title + QStringLiteral(". ") + text.why, TextStyle::Body, Color::ExpiringText);
        line->setWordWrap(true);
        column->addWidget(line);
    }
    column->addStretch();

    auto* foot = new Panel(Color::BgWindow);
    foot->setEdges(Qt::TopEdge);
    foot->setFixedHeight(footHeight);
    auto* footRow = new QHBoxLayout(foot);
    footRow->setContentsMargins(space::s4, 0, space::s4, 0);
    footRow->setSpacing(space::s3);
    state_ = new Text({}, TextStyle::Body, Color::TextSecondary);
    state_->setObjectName(QStringLiteral("import.state"));
    auto* cancel = new Button(tr("Cancel"), {}, ButtonKind::Ghost);
    cancel->setObjectName(QStringLiteral("import.cancel"));
    take_ = new Button({}, {}, ButtonKind::Primary);
    take_->setObjectName(QStringLiteral("import.take"));
    footRow->addWidget(state_, 1);
    footRow->addWidget(cancel);
    footRow->addWidget(take_);
    outer->addWidget(foot);
    connect(cancel, &QPushButton::clicked, this, &ImportPage::cancelled);
    connect(take_, &QPushButton::clicked, this, &ImportPage::take);
    updateFoot();
}

QWidget* ImportPage::candidateRow(std::size_t index) {
    const ImportCandidate& candidate = findings_.candidates[index];
    auto* card = new Card;
    card->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    auto* row = new QHBoxLayout(card);
    row->setContentsMargins(space::s4, space::s3, space::s4, space::s3);
    row->setSpacing(space::s3);
    auto* lines = new QVBoxLayout;
    lines->setSpacing(space::s1);
    const QString name = textOf(candidate.provider.name);
    auto* box = new QCheckBox(name);
    box->setObjectName(QStringLiteral("import.candidate.%1").arg(index));
    box->setFont(context_.theme.font(TextStyle::Strong));
    boxes_.push_back(box);
    connect(box, &QCheckBox::toggled, this, &ImportPage::updateFoot);
    lines->addWidget(box);
    const QString host = QUrl(textOf(candidate.provider.loginUrl)).host();
    if (!host.isEmpty()) lines->addWidget(new Text(host, TextStyle::Body, Color::TextSecondary));
    QStringList roles;
    for (const auto& found : candidate.roles) roles << textOf(found.profile.empty() ? found.role.name() : found.profile);
    if (!roles.isEmpty()) {
        auto* named = new Text({}, TextStyle::Body, Color::TextSecondary);
        named->setElide(Qt::ElideRight);
        QString words = roles.mid(0, static_cast<qsizetype>(rolesNamed)).join(QStringLiteral(", "));
        const auto more = static_cast<int>(candidate.roles.size()) - static_cast<int>(rolesNamed);
        if (more > 0) words += tr(" and %n more", nullptr, more);
        named->setFullText(tr("Roles: %1").arg(words));
        named->setToolTip(roles.join(u'\n'));
        lines->addWidget(named);
    }
    QStringList missing;
    for (const auto part : candidate.missing) missing << (part == sessions::MissingPart::LoginUrl ? tr("login address") : tr("metadata"));
    if (!missing.isEmpty())
        lines->addWidget(new Text(tr("Still to be given: %1").arg(missing.join(QStringLiteral(", "))), TextStyle::Small, Color::ChangedText));
    row->addLayout(lines, 1);
    auto* from = new QVBoxLayout;
    from->addWidget(new Chip(ChipKind::Neutral, QStringLiteral("import"), sourceName(candidate.source)), 0, Qt::AlignRight);
    auto* place = new Text(placeOf(candidate), TextStyle::Small, Color::TextTertiary);
    from->addWidget(place, 0, Qt::AlignRight);
    from->addStretch();
    row->addLayout(from);
    return card;
}

void ImportPage::updateFoot() {
    const auto chosen = static_cast<int>(std::count_if(boxes_.begin(), boxes_.end(), [](const QCheckBox* box) { return box->isChecked(); }));
    take_->setText(chosen > 0 ? tr("Import %n provider(s)", nullptr, chosen) : tr("Import"));
    take_->setEnabled(chosen > 0);
}

void ImportPage::take() {
    const SessionsContext& context = context_;
    std::optional<sessions::Provider> incomplete;
    int saved = 0, left = 0;
    for (std::size_t i = 0; i < boxes_.size(); ++i) {
        if (!boxes_[i]->isChecked()) continue;
        const ImportCandidate& candidate = findings_.candidates[i];
        sessions::Provider provider = candidate.provider;
        if (!candidate.missing.empty()) {
            // The assistant takes one at a time.
            provider.id = sessions::ProviderId();
            if (!incomplete)
                incomplete = provider;
            else
                ++left;
            continue;
        }
        provider.id = sessions::makeProviderId(provider.name, context.providers.providers());
        if (auto kept = context.providers.save(provider); !kept) {
            state_->setColorToken(Color::DeniedText);
            return state_->setText(explainBriefly(kept.error()));
        }
        ++saved;
    }
    if (saved > 0)
        context.window.showToast({QStringLiteral("providers.imported"), ToastKind::Good, tr("%n provider(s) imported", nullptr, saved), {}, {}, {}});
    if (left > 0)
        context.window.showToast({QStringLiteral("providers.import-left"), ToastKind::Info,
                                  tr("%n more need(s) a login address or metadata", nullptr, left), tr("Import again for the next one."), {}, {}});
    QMetaObject::invokeMethod(
        &context.window,
        [&context, incomplete] {
            context.window.popPage();
            if (incomplete) completeProvider(context, *incomplete);
        },
        Qt::QueuedConnection);
}

void openImportPage(const SessionsContext& context) {
    auto search = onWorker([home = QDir::homePath().toStdString()] { return sessions::importAll(home); });
    whenDone(std::move(search), &context.window, [&context](const sessions::ImportFindings& findings) {
        auto* page = new ImportPage(context, findings);
        QObject::connect(page, &ImportPage::cancelled, &context.window, [&context] { context.window.popPage(); });
        context.window.pushPage(page, ImportPage::tr("Import from other tools"), [&context] { context.window.popPage(); });
    });
}

} // namespace gw::ui

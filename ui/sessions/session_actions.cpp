#include "ui/sessions/session_actions.h"

#include "ui/sessions/import_page.h"
#include "ui/sessions/provider_assistant.h"
#include "ui/sessions/sessions_page.h"
#include "ui/sessions/sign_in_coordinator.h"
#include "ui/widgets/widgets.h"

#include <QCoreApplication>
#include <QGuiApplication>

#include <algorithm>

namespace gw::ui {

namespace {

using sessions::Session;

QString tr(const char* text) { return QCoreApplication::translate("SessionActions", text); }

int liveCount(const SessionsContext& context) {
    const UtcTime now = context.clock.now();
    const auto all = context.book.sessions();
    return static_cast<int>(std::count_if(all.begin(), all.end(), [&](const Session& session) { return session.live(now); }));
}

SessionsPage* page(const SessionsContext& context) { return context.window.findChild<SessionsPage*>(QStringLiteral("sessions")); }

const Session* selected(const SessionsContext& context) {
    const SessionsPage* shown = page(context);
    const Session* session = shown ? context.book.find(shown->selected()) : nullptr;
    return session && session->live(context.clock.now()) ? session : nullptr;
}

// The provider that "Start a role" means: the one whose assertion is still good, else the one used last, else the first.
sessions::ProviderId likelyProvider(const SessionsContext& context, const SignInCoordinator& coordinator) {
    const auto& all = context.providers.providers();
    sessions::ProviderId best = all.empty() ? sessions::ProviderId() : all.front().id;
    std::int64_t latest = 0;
    for (const auto& provider : all) {
        if (const auto* attempt = coordinator.attempt(provider.id); attempt && (attempt->usable() || attempt->busy())) return provider.id;
        for (const auto& pair : context.memory.knownRoles(provider.id))
            if (const auto used = context.memory.lastUsed(pair.role); used > latest) {
                latest = used;
                best = provider.id;
            }
    }
    return best;
}

ActionSpec action(const QString& id, const QString& text, const QString& iconName, const QKeySequence& shortcut, const QString& keywords,
                  std::function<void()> run, std::function<Availability()> availability = {}) {
    return {.id = id, .text = text, .icon = iconName, .shortcut = shortcut, .menu = tr(QT_TRANSLATE_NOOP("SessionActions", "Session")),
            .keywords = keywords, .run = std::move(run), .availability = std::move(availability)};
}

} // namespace

void addSessionActions(const SessionsContext& context, SignInCoordinator& coordinator) {
    ActionTable& table = context.actions;
    const auto anyProvider = [&context]() -> Availability {
        if (!context.providers.providers().empty()) return {};
        return {false, tr(QT_TRANSLATE_NOOP("SessionActions", "Connect a provider first"))};
    };
    const auto anySelected = [&context]() -> Availability {
        if (selected(context)) return {};
        return {false, liveCount(context) > 0 ? tr(QT_TRANSLATE_NOOP("SessionActions", "Select a session first"))
                                              : tr(QT_TRANSLATE_NOOP("SessionActions", "No session is live"))};
    };
    table.add(action(QStringLiteral("sessions.sign-in"), tr(QT_TRANSLATE_NOOP("SessionActions", "Start a role")), QStringLiteral("add"),
                     QKeySequence(Qt::CTRL | Qt::Key_N), tr(QT_TRANSLATE_NOOP("SessionActions", "sign in login choose roles session new")),
                     [&context, &coordinator] { coordinator.chooseRoles(likelyProvider(context, coordinator)); }, anyProvider));
    table.add(action(QStringLiteral("sessions.paste"), tr(QT_TRANSLATE_NOOP("SessionActions", "Paste a response")), QStringLiteral("copy"),
                     QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_V), tr(QT_TRANSLATE_NOOP("SessionActions", "saml base64 assertion browser")),
                     [&context, &coordinator] { coordinator.signIn(likelyProvider(context, coordinator), SignInCoordinator::Way::Paste); },
                     anyProvider));
    table.add(action(QStringLiteral("sessions.renew"), tr(QT_TRANSLATE_NOOP("SessionActions", "Renew the session")), QStringLiteral("renew"),
                     QKeySequence(Qt::CTRL | Qt::Key_R), tr(QT_TRANSLATE_NOOP("SessionActions", "extend refresh longer")),
                     [&context, &coordinator] {
                         if (const Session* session = selected(context)) coordinator.renew(session->id);
                     },
                     anySelected));
    table.add(action(QStringLiteral("sessions.copy-env"), tr(QT_TRANSLATE_NOOP("SessionActions", "Copy as environment")),
                     QStringLiteral("terminal"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C),
                     tr(QT_TRANSLATE_NOOP("SessionActions", "shell variables export bash zsh fish powershell cmd")),
                     [&context] {
                         const Session* session = selected(context);
                         if (!session) return;
                         const auto credentials = context.book.credentials(session->id);
                         if (!credentials) return;
#ifdef Q_OS_WIN
                         const auto shell = sessions::Shell::PowerShell;
#else
                         const auto shell = sessions::parseShell(qEnvironmentVariable("SHELL").section(u'/', -1).toStdString())
                                                .value_or(sessions::Shell::Bash);
#endif
                         const Secret assignments = sessions::environment(*session, *credentials, shell);
                         copyText(QString::fromUtf8(assignments.reveal().data(), static_cast<qsizetype>(assignments.size())), true);
                         context.window.showToast({QStringLiteral("sessions.copied"), ToastKind::Good,
                                                   tr(QT_TRANSLATE_NOOP("SessionActions", "Environment copied")),
                                                   tr(QT_TRANSLATE_NOOP("SessionActions", "The clipboard is cleared after a minute.")), {}, {}});
                     },
                     anySelected));
    table.add(action(QStringLiteral("sessions.end"), tr(QT_TRANSLATE_NOOP("SessionActions", "End the session")), QStringLiteral("end-session"),
                     QKeySequence(), tr(QT_TRANSLATE_NOOP("SessionActions", "stop log out forget credentials")),
                     [&context] {
                         if (const Session* session = selected(context)) context.book.end(session->id);
                     },
                     anySelected));
    table.add(action(QStringLiteral("sessions.end-all"), tr(QT_TRANSLATE_NOOP("SessionActions", "End all sessions")),
                     QStringLiteral("end-session"), QKeySequence(), tr(QT_TRANSLATE_NOOP("SessionActions", "stop log out forget everything")),
                     [&context] {
                         const int ended = liveCount(context);
                         context.book.endAll();
                         context.window.showToast({QStringLiteral("sessions.ended"), ToastKind::Info,
                                                   QCoreApplication::translate("SessionActions", "%n session(s) ended", nullptr, ended),
                                                   tr(QT_TRANSLATE_NOOP("SessionActions", "Their credentials were forgotten here.")), {}, {}});
                     },
                     [&context]() -> Availability {
                         if (liveCount(context) > 0) return {};
                         return {false, tr(QT_TRANSLATE_NOOP("SessionActions", "No session is live"))};
                     }));
    table.add(action(QStringLiteral("providers.add"), tr(QT_TRANSLATE_NOOP("SessionActions", "Connect a provider")), QStringLiteral("provider"),
                     QKeySequence(), tr(QT_TRANSLATE_NOOP("SessionActions", "add identity provider okta entra keycloak saml metadata")),
                     [&context] { openProviderAssistant(context); }));
    table.add(action(QStringLiteral("providers.import"), tr(QT_TRANSLATE_NOOP("SessionActions", "Import from other tools")),
                     QStringLiteral("import"), QKeySequence(), tr(QT_TRANSLATE_NOOP("SessionActions", "saml2aws leapp aws config")),
                     [&context] { openImportPage(context); }));
}

} // namespace gw::ui

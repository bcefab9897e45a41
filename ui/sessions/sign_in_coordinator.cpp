#include "ui/sessions/sign_in_coordinator.h"

#include "ui/errors_text.h"
#include "ui/sessions/paste_page.h"
#include "ui/sessions/role_chooser.h"
#include "ui/sessions/sign_in_error.h"
#include "ui/sessions/text_of.h"
#include "ui/widgets/widgets.h"

#include <algorithm>

namespace gw::ui {

using sessions::ExchangeOutcome;
using sessions::ProfileName;
using sessions::Provider;
using sessions::ProviderId;
using sessions::RoleChoice;
using sessions::Session;
using sessions::SessionId;

SignInCoordinator::SignInCoordinator(const SessionsContext& context, QObject* parent) : QObject(parent), context_(context) {
    timer_.setInterval(1000);
    connect(&timer_, &QTimer::timeout, this, [this] {
        std::vector<ProviderId> over;
        for (const auto& [id, attempt] : attempts_)
            if (attempt->stage() == SignInAttempt::Stage::Usable && !attempt->usable()) over.push_back(id);
        for (const auto& id : over) expire(id);
        Q_EMIT ticked();
    });
    connect(&context_.book, &sessions::SessionBook::timeLeftChanged, this, &SignInCoordinator::timeLeftChanged);
}

SignInCoordinator::~SignInCoordinator() = default;

const SignInAttempt* SignInCoordinator::attempt(const ProviderId& provider) const {
    const auto found = attempts_.find(provider);
    return found == attempts_.end() ? nullptr : found->second.get();
}

const SignInAttempt* SignInCoordinator::failed() const {
    const SignInAttempt* last = nullptr;
    for (const auto& [id, attempt] : attempts_)
        if (attempt->stage() == SignInAttempt::Stage::Failed && (!last || last->since() < attempt->since())) last = attempt.get();
    return last;
}

SignInCoordinator::Way SignInCoordinator::wayOf(const Provider& provider) const {
    return provider.mode == sessions::SignInMode::SystemBrowser ? Way::SystemBrowser : Way::Window;
}

SignInAttempt& SignInCoordinator::begin(const Provider& provider, Way way) {
    auto& slot = attempts_[provider.id];
    // An old one may be the sender of what is running now.
    if (slot) {
        slot->disconnect(this);
        slot.release()->deleteLater();
    }
    // Whoever waited for the old one would wait for ever.
    if (const auto waiting = waiting_.extract(provider.id)) waiting.mapped()(fail(Error(SignInError::Cancelled).with("provider", provider.id.value())));
    if (const auto starting = starting_.extract(provider.id)) starting.mapped()({});
    slot = std::make_unique<SignInAttempt>(context_, provider, way);
    SignInAttempt* attempt = slot.get();
    connect(attempt, &SignInAttempt::stageChanged, this, [this, attempt] { stageChanged(*attempt); });
    connect(attempt, &SignInAttempt::exchanged, this, [this, attempt](const auto& outcomes) { exchanged(*attempt, outcomes); });
    connect(attempt, &SignInAttempt::personNeeded, this, [this, attempt] { personNeeded(*attempt); });
    connect(attempt, &SignInAttempt::cancelled, this, [this, id = provider.id] { drop(id); });
    connect(attempt, &SignInAttempt::pasteWanted, this, [this, attempt] {
        attempt->switchTo(Way::Paste);
        showPaste(*attempt);
    });
    connect(attempt, &SignInAttempt::systemBrowserWanted, this, [this, attempt] {
        attempt->switchTo(Way::SystemBrowser);
        showPaste(*attempt);
    });
    connect(attempt, &SignInAttempt::keepCookiesChanged, this, [this, id = provider.id](bool keep) {
        const Provider* known = context_.providers.find(id);
        if (!known || context_.providers.isBuiltIn(id)) return;
        Provider updated = *known;
        updated.keepCookies = keep;
        if (auto saved = context_.providers.save(updated); !saved)
            context_.window.showToast({QStringLiteral("providers.not-saved"), ToastKind::Error, explain(saved.error()).title,
                                       explain(saved.error()).why, {}, {}});
    });
    timer_.start();
    return *attempt;
}

void SignInCoordinator::signIn(const ProviderId& id) {
    if (const Provider* provider = context_.providers.find(id)) signIn(id, wayOf(*provider));
}

void SignInCoordinator::signIn(const ProviderId& id, Way way) {
    const Provider* provider = context_.providers.find(id);
    if (!provider) return;
    if (const auto found = attempts_.find(id); found != attempts_.end()) {
        SignInAttempt& running = *found->second;
        if (running.stage() == SignInAttempt::Stage::Waiting) {
            if (running.way() != way)
                running.switchTo(way);
            else
                running.raise();
            if (way == Way::Paste || way == Way::SystemBrowser) showPaste(running);
            return;
        }
        if (running.busy()) return;
    }
    SignInAttempt& attempt = begin(*provider, way);
    attempt.start();
    if (attempt.stage() == SignInAttempt::Stage::Waiting && (way == Way::Paste || way == Way::SystemBrowser)) showPaste(attempt);
    Q_EMIT changed(id);
}

void SignInCoordinator::chooseRoles(const ProviderId& id) {
    const auto found = attempts_.find(id);
    if (found != attempts_.end() && found->second->usable()) return showChooser(*found->second);
    signIn(id);
}

RoleChoice SignInCoordinator::defaultChoice(const Provider& provider, const aws::RolePair& pair,
                                            const std::vector<ProfileName>& alsoTaken) const {
    RoleChoice choice;
    choice.pair = pair;
    choice.duration = provider.duration;
    if (const auto cap = context_.memory.cap(pair.role); cap && choice.duration && *choice.duration > *cap) choice.duration = *cap;
    choice.region = provider.partition == pair.role.partition() ? provider.defaultRegion() : aws::defaultRegion(pair.role.partition());
    std::vector<ProfileName> taken = alsoTaken;
    const UtcTime now = context_.clock.now();
    for (const Session& session : context_.book.sessions())
        if (session.live(now) && !(session.pair == pair)) taken.push_back(session.profile);
    // The name that this role had before is the one that the person's tools know.
    for (const Session& session : context_.book.sessions())
        if (session.pair == pair && std::find(taken.begin(), taken.end(), session.profile) == taken.end()) {
            choice.profile = session.profile;
            return choice;
        }
    Session likely;
    likely.provider = provider.id;
    likely.pair = pair;
    likely.roleLabel = provider.roleLabel(pair.role);
    likely.accountAlias = provider.accountAlias(pair.role.account());
    likely.environment = provider.environmentOf(pair.role);
    choice.profile = sessions::suggestProfile(likely, taken);
    return choice;
}

void SignInCoordinator::startRole(const ProviderId& id, const aws::RolePair& pair) {
    if (const Provider* provider = context_.providers.find(id)) startChoice(*provider, defaultChoice(*provider, pair));
}

void SignInCoordinator::startChoice(const Provider& provider, const RoleChoice& choice) {
    const auto found = attempts_.find(provider.id);
    if (found != attempts_.end() && found->second->usable()) return found->second->exchange({choice});
    if (found != attempts_.end() && found->second->busy()) {
        found->second->wanted.push_back(choice);
        return found->second->raise();
    }
    SignInAttempt& attempt = begin(provider, wayOf(provider));
    attempt.wanted = {choice};
    attempt.start();
    if (attempt.stage() == SignInAttempt::Stage::Waiting && attempt.way() == Way::SystemBrowser) showPaste(attempt);
}

void SignInCoordinator::startAgain(const Session& session) {
    const Provider* provider = context_.providers.find(session.provider);
    if (!provider) {
        context_.window.showToast({QStringLiteral("sessions.no-provider"), ToastKind::Warning, tr("The provider is gone"),
                                   tr("Connect it again to start %1.").arg(textOf(session.roleLabel)), {}, {}});
        return;
    }
    RoleChoice choice = defaultChoice(*provider, session.pair);
    // Narrowed once, narrowed again: nobody expects more from the same session.
    choice.sessionPolicy = session.sessionPolicy;
    startChoice(*provider, choice);
}

void SignInCoordinator::cancel(const ProviderId& id) { drop(id); }

void SignInCoordinator::dismiss(const ProviderId& id) {
    if (const auto found = attempts_.find(id); found != attempts_.end() && !found->second->usable()) drop(id);
}

void SignInCoordinator::forgetCookies(const ProviderId& id) {
    auto plugin = context_.login();
    if (plugin) {
        (*plugin)->forget(QString::fromStdString((context_.paths.browserProfiles / id.value()).string()));
        context_.window.showToast({QStringLiteral("providers.forgotten"), ToastKind::Good, tr("Cookies forgotten"),
                                   tr("The next sign-in begins as on a new computer."), {}, {}});
    } else {
        const ErrorText why = explain(plugin.error());
        context_.window.showToast({QStringLiteral("providers.forgotten"), ToastKind::Error, why.title, why.why, {}, {}});
    }
}

void SignInCoordinator::stageChanged(SignInAttempt& attempt) {
    const ProviderId id = attempt.provider().id;
    switch (attempt.stage()) {
    case SignInAttempt::Stage::Waiting:
        if (paste_ && paste_->provider().id == id) paste_->setAddress(attempt.address());
        break;
    case SignInAttempt::Stage::Verifying:
    case SignInAttempt::Stage::Exchanging: break;
    case SignInAttempt::Stage::Usable:
        if (attempt.property("announced").toBool()) break;
        attempt.setProperty("announced", true);
        becameUsable(attempt);
        break;
    case SignInAttempt::Stage::Failed:
        if (const auto waiting = waiting_.extract(id)) waiting.mapped()(fail(*attempt.error()));
        std::erase_if(renewing_, [&](const SessionId& session) {
            const Session* known = context_.book.find(session);
            return !known || known->provider == id;
        });
        if (paste_ && paste_->provider().id == id)
            paste_->showError(*attempt.error());
        else if (attempt.way() == Way::OffScreen)
            context_.window.showToast({QStringLiteral("sessions.renewal-failed"), ToastKind::Error, tr("The renewal failed"),
                                       explainBriefly(*attempt.error()), tr("Sign in"), [this, id] { signIn(id); }});
        break;
    case SignInAttempt::Stage::Stale: break;
    }
    if (attempt.stage() == SignInAttempt::Stage::Stale) return expire(id);
    if (chooser_ && chooser_->provider().id == id) chooser_->refresh();
    Q_EMIT changed(id);
}

void SignInCoordinator::expire(const ProviderId& id) {
    // The chooser says so in place; without one there is nothing left to be seen.
    if (!(chooser_ && chooser_->provider().id == id)) return drop(id);
    chooser_->refresh();
    Q_EMIT changed(id);
}

void SignInCoordinator::becameUsable(SignInAttempt& attempt) {
    const ProviderId id = attempt.provider().id;
    if (paste_ && paste_->provider().id == id) closePages();
    const aws::Claims& claims = attempt.signIn()->claims();
    if (const auto waiting = waiting_.extract(id)) {
        waiting.mapped()(claims);
        return;
    }
    const auto offered = [&](const RoleChoice& choice) {
        return std::find(claims.roles.begin(), claims.roles.end(), choice.pair) != claims.roles.end();
    };
    std::vector<RoleChoice> wanted = std::exchange(attempt.wanted, {});
    const bool all = std::all_of(wanted.begin(), wanted.end(), offered);
    std::erase_if(wanted, [&](const RoleChoice& choice) { return !offered(choice); });
    if (!wanted.empty()) attempt.exchange(wanted);
    if (wanted.empty() && claims.roles.size() == 1 && all) return attempt.exchange({defaultChoice(attempt.provider(), claims.roles.front())});
    if (!wanted.empty() && all) return;
    showChooser(attempt);
    if (!all && chooser_) chooser_->showNotice(tr("A role that was to be started is not in this sign-in. Another one can be chosen."));
}

void SignInCoordinator::exchanged(SignInAttempt& attempt, const std::vector<ExchangeOutcome>& outcomes) {
    bool failed = false;
    for (const auto& outcome : outcomes) {
        std::erase_if(renewing_, [&](const SessionId& id) {
            const Session* known = context_.book.find(id);
            return !known || known->pair == outcome.pair;
        });
        failed = failed || !outcome.session;
    }
    const ProviderId id = attempt.provider().id;
    // Where the chooser stays for what was refused, its rows show what runs; a toast would lie over its buttons.
    if (!(failed && chooser_ && chooser_->provider().id == id)) tellStarted(attempt, outcomes);
    if (const auto starting = starting_.extract(id)) {
        starting.mapped()(outcomes);
    } else if (chooser_ && chooser_->provider().id == id) {
        if (failed)
            chooser_->showOutcomes(outcomes);
        else
            closePages();
    } else if (failed) {
        showChooser(attempt);
        if (chooser_) chooser_->showOutcomes(outcomes);
    }
    Q_EMIT changed(id);
}

void SignInCoordinator::tellStarted(SignInAttempt& attempt, const std::vector<ExchangeOutcome>& outcomes) {
    QStringList names;
    const Session* last = nullptr;
    for (const auto& outcome : outcomes)
        if (outcome.session)
            if (const Session* session = context_.book.find(*outcome.session)) {
                names << textOf(session->roleLabel);
                last = session;
            }
    if (!last) return;
    Toast toast{QStringLiteral("sessions.started"), ToastKind::Good, {}, {}, {}, {}};
    toast.title = tr("%n session(s) started", nullptr, static_cast<int>(names.size()));
    toast.text = names.size() == 1 ? tr("%1 until %2").arg(names.first(), clockText(last->expiration)) : names.join(QStringLiteral(", "));
    if (last->durationCapped) toast.text += QStringLiteral(". ") + tr("The role does not allow longer.");
    if (!chooser_ && attempt.usable()) {
        toast.actionText = attempt.signIn()->claims().roles.size() > 1 ? tr("Choose another role") : tr("Change");
        toast.action = [this, id = attempt.provider().id] { chooseRoles(id); };
    }
    context_.window.showToast(std::move(toast));
}

void SignInCoordinator::showChooser(SignInAttempt& attempt) {
    if (chooser_ && chooser_->provider().id == attempt.provider().id) return chooser_->refresh();
    closePages();
    const ProviderId id = attempt.provider().id;
    auto* page = new RoleChooser(context_, *this, attempt);
    chooser_ = page;
    connect(page, &RoleChooser::startWanted, this, [this, id](const std::vector<RoleChoice>& choices) {
        if (const auto found = attempts_.find(id); found != attempts_.end()) found->second->exchange(choices);
    });
    connect(page, &RoleChooser::signInAgainWanted, this, [this, id](const std::vector<RoleChoice>& choices) {
        const Provider* provider = context_.providers.find(id);
        if (!provider) return;
        closePages();
        SignInAttempt& again = begin(*provider, wayOf(*provider));
        again.wanted = choices;
        again.start();
        if (again.stage() == SignInAttempt::Stage::Waiting && again.way() == Way::SystemBrowser) showPaste(again);
    });
    connect(page, &RoleChooser::cancelled, this, &SignInCoordinator::closePages);
    context_.window.showScreen(QStringLiteral("sessions"));
    context_.window.pushPage(page, tr("Choose roles"), [this] { closePages(); });
    context_.window.raise();
    // The sign-in window had the keyboard and is gone by now.
    context_.window.activateWindow();
    page->focusSearch();
}

void SignInCoordinator::showPaste(SignInAttempt& attempt) {
    if (paste_ && paste_->provider().id == attempt.provider().id) return paste_->setBrowserMode(attempt.way() == Way::SystemBrowser);
    closePages();
    const ProviderId id = attempt.provider().id;
    auto* page = new PastePage(context_, attempt.provider());
    paste_ = page;
    page->setBrowserMode(attempt.way() == Way::SystemBrowser);
    page->setAddress(attempt.address());
    connect(page, &PastePage::accepted, this, [this, id](const std::shared_ptr<saml::CapturedResponse>& response) {
        const auto found = attempts_.find(id);
        // After a failure the same page takes the next attempt.
        if (found == attempts_.end() || found->second->stage() == SignInAttempt::Stage::Failed) {
            const Provider* provider = context_.providers.find(id);
            if (!provider) return;
            // Lives until the event loop runs again.
            const SignInAttempt* before = found == attempts_.end() ? nullptr : found->second.get();
            SignInAttempt& again = begin(*provider, Way::Paste);
            if (before) {
                again.wanted = before->wanted;
                again.continueFrom(*before);
            }
            again.start();
        }
        attempts_.at(id)->accept(std::move(*response));
    });
    connect(page, &PastePage::openBrowserWanted, this, [this, id] {
        const auto found = attempts_.find(id);
        if (found == attempts_.end() || found->second->stage() != SignInAttempt::Stage::Waiting) return signIn(id, Way::SystemBrowser);
        found->second->switchTo(Way::SystemBrowser);
        if (paste_) paste_->setBrowserMode(true);
    });
    connect(page, &PastePage::cancelled, this, [this, id] { drop(id); });
    context_.window.showScreen(QStringLiteral("sessions"));
    context_.window.pushPage(page, attempt.way() == Way::SystemBrowser ? tr("Sign in with the browser") : tr("Paste a response"),
                             [this, id] { drop(id); });
    page->focusText();
}

void SignInCoordinator::closePages() {
    const std::optional<ProviderId> shown = chooser_ ? std::optional(chooser_->provider().id) : std::nullopt;
    if (chooser_ || paste_) context_.window.popPage();
    chooser_.clear();
    paste_.clear();
    if (shown)
        if (const auto found = attempts_.find(*shown); found != attempts_.end() && !found->second->usable() && !found->second->busy())
            drop(*shown);
}

void SignInCoordinator::drop(const ProviderId& id) {
    const auto found = attempts_.find(id);
    if (found != attempts_.end()) {
        found->second->disconnect(this);
        found->second->switchTo(Way::Paste);
        found->second.release()->deleteLater();
        attempts_.erase(found);
    }
    std::erase_if(renewing_, [&](const SessionId& session) {
        const Session* known = context_.book.find(session);
        return !known || known->provider == id;
    });
    if (const auto waiting = waiting_.extract(id)) waiting.mapped()(fail(Error(SignInError::Cancelled).with("provider", id.value())));
    if (const auto starting = starting_.extract(id)) starting.mapped()({});
    if ((paste_ && paste_->provider().id == id) || (chooser_ && chooser_->provider().id == id)) {
        context_.window.popPage();
        paste_.clear();
        chooser_.clear();
    }
    if (attempts_.empty()) timer_.stop();
    Q_EMIT changed(id);
}

} // namespace gw::ui

// The role chooser's part about keys, the foot and what follows from starting.
#include "ui/sessions/role_chooser.h"

#include "ui/sessions/role_details_panel.h"
#include "ui/sessions/role_facts_strip.h"
#include "ui/sessions/text_of.h"
#include "ui/widgets/widgets.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QStackedWidget>

#include <algorithm>

namespace gw::ui {

using sessions::RoleChoice;

namespace {

constexpr std::size_t rolesInFoot = 3;
// IssueInstant plus this is the latest that AWS takes.
constexpr std::chrono::seconds awsWindow{300};

} // namespace

bool RoleChooser::eventFilter(QObject* watched, QEvent* event) {
    if (watched == field_ && event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (handleKey(key->key(), key->modifiers())) return true;
    }
    return QWidget::eventFilter(watched, event);
}

bool RoleChooser::handleKey(int key, Qt::KeyboardModifiers modifiers) {
    if (modifiers & (Qt::AltModifier | Qt::ControlModifier | Qt::MetaModifier)) return false;
    switch (key) {
    case Qt::Key_Up:
    case Qt::Key_Down:
        listActive_ = true;
        list_->moveCurrent(key == Qt::Key_Up ? -1 : 1);
        return true;
    case Qt::Key_PageUp:
    case Qt::Key_PageDown:
        listActive_ = true;
        list_->movePage(key == Qt::Key_PageUp ? -1 : 1);
        return true;
    case Qt::Key_Space:
        // In the middle of typing it parts two words.
        if (!listActive_ && !field_->text().isEmpty()) return false;
        list_->toggleCurrent();
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter: start(); return true;
    case Qt::Key_Escape:
        if (field_->text().isEmpty()) return false;
        field_->clear();
        return true;
    default: return false;
    }
}

void RoleChooser::signInAgain() {
    std::vector<RoleChoice> wanted;
    for (const auto entry : list_->checked()) wanted.push_back(choiceFor(entry));
    Q_EMIT signInAgainWanted(wanted);
}

void RoleChooser::start() {
    if (stale_) return signInAgain();
    if (!start_->isEnabled()) return;
    std::vector<RoleChoice> wanted;
    for (const auto entry : chosen()) {
        RoleChoice choice = choiceFor(entry);
        if (const auto limit = limitOf(choice.pair.role); limit.longest && choice.duration && *choice.duration > *limit.longest)
            choice.duration = std::max(*limit.longest, RoleDetailsPanel::offeredDurations().front());
        wanted.push_back(std::move(choice));
        errors_.erase(entry);
    }
    if (wanted.empty()) return;
    Q_EMIT startWanted(wanted);
}

void RoleChooser::refresh() {
    const bool running = attempt_ && attempt_->stage() == SignInAttempt::Stage::Exchanging;
    const bool stale = !running && !(attempt_ && attempt_->usable());
    if (stale != stale_) {
        stale_ = stale;
        find();
    }
    updateFoot();
}

void RoleChooser::tick() {
    std::chrono::seconds left{0};
    if (attempt_ && attempt_->signIn())
        if (const auto deadline = attempt_->signIn()->deadline())
            left = std::max(std::chrono::seconds(0), std::chrono::ceil<std::chrono::seconds>(*deadline - context_.clock.now()));
    facts_->tick(left, awsWindow);
    list_->tick();
    if (left.count() == 0 && !stale_) refresh();
}

void RoleChooser::showOutcomes(const std::vector<sessions::ExchangeOutcome>& outcomes) {
    std::optional<std::uint32_t> firstFailed;
    const UtcTime now = context_.clock.now();
    for (const auto& outcome : outcomes) {
        const auto& entries = search_.entries();
        const auto found = std::find_if(entries.begin(), entries.end(), [&](const items::RoleEntry& entry) { return entry.pair == outcome.pair; });
        if (found == entries.end()) continue;
        const auto index = static_cast<std::uint32_t>(found - entries.begin());
        errors_.erase(index);
        if (!outcome.session) {
            Error error = outcome.session.error();
            if (const auto server = UtcTime::parse(error.fact("server_time")))
                error = std::move(error).with("clock_offset", std::to_string(std::chrono::floor<std::chrono::seconds>(*server - now).count()));
            errors_.emplace(index, std::move(error));
            if (!firstFailed) firstFailed = index;
        }
        RoleRow row = rowOf(index, now);
        row.checked = !outcome.session;
        list_->setRow(index, std::move(row));
    }
    if (firstFailed) list_->setCurrent(*firstFailed);
    showCurrent();
    focusSearch();
}

void RoleChooser::showInFoot(const std::vector<std::uint32_t>& wanted) {
    footShown_ = wanted;
    while (QLayoutItem* item = footRoles_->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (std::size_t i = 0; i < std::min(wanted.size(), rolesInFoot); ++i) {
        const items::RoleEntry& role = search_.entries()[wanted[i]];
        auto* name = new Text({}, TextStyle::Body, Color::TextSecondary);
        name->setElide(Qt::ElideMiddle);
        name->setFullText(textOf(role.label));
        footRoles_->addWidget(name);
        if (role.environment != sessions::Environment::None) footRoles_->addWidget(new EnvironmentTag(role.environment));
        footRoles_->addSpacing(space::s1);
    }
    if (wanted.size() > rolesInFoot)
        footRoles_->addWidget(new Text(tr("and %n more", nullptr, static_cast<int>(wanted.size() - rolesInFoot)), TextStyle::Body,
                                       Color::TextSecondary));
}

void RoleChooser::updateFoot() {
    const auto wanted = chosen();
    const bool running = attempt_ && attempt_->stage() == SignInAttempt::Stage::Exchanging;
    const bool anyChecked = !list_->checked().empty();
    if (wanted != footShown_) showInFoot(wanted);
    footCount_->setText(anyChecked ? tr("%n role(s) chosen", nullptr, static_cast<int>(wanted.size())) : tr("Will start"));
    footCount_->setVisible(!wanted.empty());
    const bool badProfile = std::any_of(wanted.begin(), wanted.end(), [this](std::uint32_t entry) { return !profileProblem(entry).isEmpty(); });
    footNote_->setColorToken(badProfile ? Color::DeniedText : Color::TextSecondary);
    footNote_->setText(running        ? tr("AWS is being asked")
                       : badProfile   ? tr("A profile name cannot be used")
                       : wanted.size() == 2 ? tr("Both start from this one sign-in")
                       : wanted.size() > 2  ? tr("All start from this one sign-in")
                                            : QString());
    start_->setText(running ? tr("Starting") : tr("Start %n session(s)", nullptr, std::max(1, static_cast<int>(wanted.size()))));
    start_->setEnabled(!running && !stale_ && !wanted.empty() && !badProfile);
}

} // namespace gw::ui

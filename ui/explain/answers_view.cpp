#include "ui/explain/answers_view.h"

#include "models/estate/inventory.h"
#include "models/estate/question.h"
#include "ui/errors/answer_texts.h"
#include "ui/errors/utf8.h"
#include "ui/explain/layer_view.h"
#include "ui/shell/main_window.h"
#include "ui/widgets/widgets.h"

#include <QGuiApplication>
#include <QHeaderView>
#include <QLocale>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>
#include <map>

namespace gw::ui {
namespace {

QString accountName(const estate::Estate& estate, const std::string& id) {
    const auto* account = estate.account(id);
    return fromUtf8(account == nullptr || account->name.empty() ? id : account->name);
}

} // namespace

AnswerList whoCan(const AskableEstate& askable, const std::string& action, const std::string& resource,
                  const policy::WorldRules& world) {
    AnswerList list;
    list.mode = AskMode::WhoCan;
    list.subject = AnswersView::tr("%1 on %2", "action, resource").arg(fromUtf8(action), shortResource(resource));
    list.considered = askable.index.size();
    for (std::size_t i = 0; i < askable.actors.size(); ++i) {
        const policy::Actor* actor = askable.index.find(static_cast<policy::ActorId>(i));
        list.unknown += actor != nullptr && actor->partial ? 1 : 0;
    }
    policy::AccessIndex::Question question(askable.index, estate::targetFor(*askable.estate, action, resource), world);
    for (const auto& row : question.answer()) {
        const policy::Actor* actor = askable.index.find(row.actor);
        AnswerRow one;
        one.principal = fromUtf8(askable.actors[static_cast<std::size_t>(row.actor)]);
        one.action = fromUtf8(action);
        one.resource = fromUtf8(resource);
        one.name = fromUtf8(actor->principal.name());
        one.place = accountName(*askable.estate, actor->principal.account());
        one.icon = actor->principal.kind() == policy::PrincipalKind::User ? QStringLiteral("person") : QStringLiteral("role");
        one.decision = row.decision;
        one.dependsOn = row.dependsOn;
        list.rows.push_back(std::move(one));
    }
    return list;
}

namespace {

// Decisions in one question: a second or two.
constexpr std::size_t mostAsked = 400'000;

struct Ask {
    std::string action, resource;
};

// What can be done to the resource at all, and of a bucket to what lies in it; the usual first.
std::vector<Ask> asksOf(const estate::ResourceItem& item, const policy::Catalogue* catalogue) {
    std::vector<Ask> asks;
    if (!item.action.empty()) asks.push_back({item.action, item.arn});
    const auto parts = policy::ArnParts::split(item.arn);
    const auto* service = catalogue == nullptr || !parts ? nullptr : catalogue->service(parts->service);
    if (service == nullptr) return asks;
    const std::string within = item.kind == estate::ResourceKind::Bucket ? item.arn + "/*" : std::string();
    for (const auto& [folded, info] : service->actions) {
        const std::string name = service->prefix + ":" + info.name;
        if (name == item.action) continue;
        for (const std::string& resource : {item.arn, within}) {
            const bool fits = !resource.empty() && std::any_of(info.types.begin(), info.types.end(), [&](const auto& use) {
                return service->types[use.type].covers(resource);
            });
            if (!fits) continue;
            asks.push_back({name, resource});
            break;
        }
    }
    return asks;
}

QString iconOf(estate::ResourceKind kind) {
    return kind == estate::ResourceKind::Function ? QStringLiteral("function")
           : kind == estate::ResourceKind::Route  ? QStringLiteral("route")
                                                  : QStringLiteral("file");
}

} // namespace

AnswerList whatCan(const AskableEstate& askable, const std::string& principal, const policy::WorldRules& world,
                   const std::atomic<bool>* canceled) {
    AnswerList list;
    list.mode = AskMode::WhatCanThey;
    const auto parsed = policy::Principal::parse(principal);
    list.subject = parsed ? shortPrincipal(*parsed) : fromUtf8(principal);
    const auto& actors = askable.actors;
    const std::string arn = parsed && parsed->kind() == policy::PrincipalKind::RoleSession ? parsed->principalArn() : principal;
    const auto actor = std::find(actors.begin(), actors.end(), arn);
    if (actor == actors.end()) return list;
    const auto id = static_cast<policy::ActorId>(actor - actors.begin());
    std::size_t asked = 0;
    for (const estate::ResourceItem& item : estate::resourcesOf(*askable.estate)) {
        if (canceled != nullptr && *canceled) return list;
        // Of an API its routes say more.
        if (item.kind == estate::ResourceKind::RestApi) continue;
        const std::vector<Ask> asks = asksOf(item, world.catalogue);
        if (asks.empty()) continue;
        asked += asks.size();
        if (asked > mostAsked) {
            list.all = false;
            break;
        }
        ++list.considered;
        // All that follows from the resource is the same for each.
        std::vector<policy::Target> targets(asks.size(), estate::targetFor(*askable.estate, asks.front().action, item.arn));
        for (std::size_t i = 0; i < asks.size(); ++i) {
            targets[i].action = asks[i].action;
            targets[i].resource = asks[i].resource;
        }
        std::map<policy::Decision, std::vector<std::size_t>> reached;
        for (const auto& [at, decision] : askable.index.whatCan(id, targets, world)) reached[decision].push_back(at);
        for (const auto& [decision, some] : reached) {
            AnswerRow one;
            one.principal = fromUtf8(principal);
            for (const std::size_t at : some) one.actions.append(fromUtf8(asks[at].action));
            one.action = one.actions.front();
            one.resource = fromUtf8(asks[some.front()].resource);
            one.name = fromUtf8(item.name.empty() ? item.arn : item.name);
            one.place = item.parent.empty() ? fromUtf8(item.accountName)
                                            : QStringLiteral("%1, %2").arg(fromUtf8(item.parent), fromUtf8(item.accountName));
            one.icon = iconOf(item.kind);
            one.decision = decision;
            list.rows.push_back(std::move(one));
        }
    }
    return list;
}

void AnswerModel::set(AnswerList list) {
    beginResetModel();
    list_ = std::move(list);
    endResetModel();
}

int AnswerModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(list_.rows.size());
}
int AnswerModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : columns;
}

QVariant AnswerModel::data(const QModelIndex& index, int role) const {
    const AnswerRow& row = list_.rows[static_cast<std::size_t>(index.row())];
    if (role == Qt::DecorationRole) {
        if (index.column() == Who) return icon(row.icon);
        if (index.column() == Says) return icon(lookOf(row.decision).icon, lookOf(row.decision).text);
        return {};
    }
    if (role == Qt::ForegroundRole && index.column() == Says) return Theme::of(nullptr).color(lookOf(row.decision).text);
    if (role == Qt::ToolTipRole && list_.mode == AskMode::WhatCanThey && index.column() == Hangs)
        return row.actions.mid(0, 60).join(QLatin1Char('\n'));
    if (role == Qt::ToolTipRole) return list_.mode == AskMode::WhoCan ? row.principal : row.resource;
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole) return {};
    switch (index.column()) {
    case Who:
        return row.name;
    case Where:
        return row.place;
    case Says:
        return decisionWord(row.decision);
    case Hangs: {
        if (list_.mode == AskMode::WhatCanThey) {
            constexpr int few = 4;
            const QString named = row.actions.mid(0, few).join(QStringLiteral(", "));
            const int more = static_cast<int>(row.actions.size()) - few;
            return more > 0 ? tr("%1 and %n more", "actions", more).arg(named) : named;
        }
        if (row.decision == policy::Decision::Depends && row.dependsOn.empty()) return tr("what these files do not tell");
        QStringList keys;
        for (const std::string& key : row.dependsOn) keys.append(fromUtf8(key));
        return keys.join(QStringLiteral(", "));
    }
    default:
        return {};
    }
}

QVariant AnswerModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    const bool who = list_.mode == AskMode::WhoCan;
    switch (section) {
    case Who:
        return who ? tr("Principal") : tr("Resource");
    case Where:
        return who ? tr("Account") : tr("Where");
    case Says:
        return tr("Answer");
    case Hangs:
        return who ? tr("Depends on") : tr("Actions");
    default:
        return {};
    }
}

AnswersView::AnswersView(QWidget* parent) : QWidget(parent), model_(new AnswerModel(this)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* head = new Panel(Color::BgSurface);
    auto* row = new QHBoxLayout(head);
    row->setContentsMargins(space::s4, space::s3, space::s4, space::s2);
    title_ = new Text({}, TextStyle::Title);
    title_->setObjectName(QStringLiteral("explain.answers.title"));
    title_->setElide(Qt::ElideMiddle);
    row->addWidget(title_, 1);
    counts_ = new Text({}, TextStyle::Small, Color::TextSecondary);
    counts_->setObjectName(QStringLiteral("explain.answers.counts"));
    row->addWidget(counts_);
    column->addWidget(head);
    view_ = new QTreeView;
    view_->setObjectName(QStringLiteral("explain.answers"));
    view_->setAccessibleName(tr("Answers"));
    view_->setProperty(MainWindow::paneProperty, true);
    view_->setModel(model_);
    view_->setRootIsDecorated(false);
    view_->setUniformRowHeights(true);
    view_->setAllColumnsShowFocus(true);
    view_->setFrameShape(QFrame::NoFrame);
    view_->header()->setStretchLastSection(true);
    column->addWidget(view_, 1);
    auto* nobody = new Panel(Color::BgSurface);
    auto* inner = new QVBoxLayout(nobody);
    auto* state = new EmptyState(QStringLiteral("deny"), tr("Nobody can"),
                                 tr("No principal in these files reaches it, whatever the circumstances."));
    state->setObjectName(QStringLiteral("explain.answers.none"));
    inner->addStretch(2);
    inner->addWidget(state);
    inner->addStretch(3);
    nobody_ = nobody;
    column->addWidget(nobody_, 1);
    const auto pick = [this](const QModelIndex& index) {
        if (index.isValid()) Q_EMIT picked(model_->list().rows[static_cast<std::size_t>(index.row())]);
    };
    connect(view_, &QTreeView::clicked, this, pick);
    connect(view_, &QTreeView::activated, this, [this, pick](const QModelIndex& index) {
        // A click has told already.
        if (view_->hasFocus() && !(QGuiApplication::mouseButtons() & Qt::LeftButton)) pick(index);
    });
}

void AnswersView::show(AnswerList list) {
    const bool who = list.mode == AskMode::WhoCan;
    std::stable_sort(list.rows.begin(), list.rows.end(), [](const AnswerRow& a, const AnswerRow& b) {
        return a.decision == policy::Decision::Allowed && b.decision != policy::Decision::Allowed;
    });
    const int rows = static_cast<int>(list.rows.size());
    const auto allowed = std::count_if(list.rows.begin(), list.rows.end(),
                                       [](const AnswerRow& each) { return each.decision == policy::Decision::Allowed; });
    title_->setFullText(who ? tr("Who can: %1", "action on resource").arg(list.subject)
                            : tr("What %1 can do", "a principal").arg(list.subject));
    const QLocale locale;
    QString counts = who ? tr("%1 allowed, %2 depend, of %3", "three counts")
                               .arg(locale.toString(static_cast<qlonglong>(allowed)),
                                    locale.toString(rows - static_cast<int>(allowed)),
                                    locale.toString(static_cast<qlonglong>(list.considered)))
                         : tr("%1 resources asked", "a count").arg(locale.toString(static_cast<qlonglong>(list.considered)));
    if (list.unknown > 0)
        counts += QStringLiteral("; ") + tr("of %n not all is in these files", nullptr, static_cast<int>(list.unknown));
    if (!list.all) counts += QStringLiteral("; ") + tr("there are more than can be asked at once");
    counts_->setFullText(counts);
    if (auto* state = nobody_->findChild<EmptyState*>())
        state->set(QStringLiteral("deny"), who ? tr("Nobody can") : tr("Nothing that is known here"),
                   who ? (list.unknown > 0 ? tr("By what these files tell; of some principals they do not tell all.")
                                         : tr("No principal in these files reaches it, whatever the circumstances."))
                       : tr("It reaches none of the resources in these files, whatever it does."));
    nobody_->setVisible(rows == 0);
    view_->setVisible(rows > 0);
    model_->set(std::move(list));
    view_->setColumnWidth(AnswerModel::Who, 260);
    view_->setColumnWidth(AnswerModel::Where, std::clamp(view_->width() - 260 - 130 - 320, 200, 380));
    view_->setColumnWidth(AnswerModel::Says, 130);
    if (rows > 0) view_->setCurrentIndex(model_->index(0, 0));
}

} // namespace gw::ui

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

AnswerList whatCan(const AskableEstate& askable, const std::string& principal, const policy::WorldRules& world) {
    AnswerList list;
    list.mode = AskMode::WhatCanThey;
    const auto parsed = policy::Principal::parse(principal);
    list.subject = parsed ? shortPrincipal(*parsed) : fromUtf8(principal);
    const auto& actors = askable.actors;
    const std::string arn = parsed && parsed->kind() == policy::PrincipalKind::RoleSession ? parsed->principalArn() : principal;
    const auto actor = std::find(actors.begin(), actors.end(), arn);
    if (actor == actors.end()) return list;
    std::vector<policy::Target> targets;
    std::vector<estate::ResourceItem> items;
    for (estate::ResourceItem& item : estate::resourcesOf(*askable.estate)) {
        // Of an API its routes say more.
        if (item.action.empty() || item.kind == estate::ResourceKind::RestApi) continue;
        targets.push_back(estate::targetFor(*askable.estate, item.action, item.arn));
        items.push_back(std::move(item));
    }
    list.considered = items.size();
    for (const auto& [at, decision] :
         askable.index.whatCan(static_cast<policy::ActorId>(actor - actors.begin()), targets, world)) {
        const estate::ResourceItem& item = items[at];
        AnswerRow one;
        one.principal = fromUtf8(principal);
        one.action = fromUtf8(item.action);
        one.resource = fromUtf8(item.arn);
        one.name = fromUtf8(item.name.empty() ? item.arn : item.name);
        one.place = item.parent.empty() ? fromUtf8(item.accountName)
                                        : QStringLiteral("%1, %2").arg(fromUtf8(item.parent), fromUtf8(item.accountName));
        one.icon = item.kind == estate::ResourceKind::Function ? QStringLiteral("function")
                   : item.kind == estate::ResourceKind::Route  ? QStringLiteral("route")
                                                               : QStringLiteral("file");
        one.decision = decision;
        list.rows.push_back(std::move(one));
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
        if (list_.mode == AskMode::WhatCanThey) return row.action;
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
        return who ? tr("Depends on") : tr("Action");
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
    counts_->setFullText(tr("%1 allowed, %2 depend, of %3", "three counts")
                             .arg(locale.toString(static_cast<qlonglong>(allowed)),
                                  locale.toString(rows - static_cast<int>(allowed)),
                                  locale.toString(static_cast<qlonglong>(list.considered))));
    if (auto* state = nobody_->findChild<EmptyState*>())
        state->set(QStringLiteral("deny"), who ? tr("Nobody can") : tr("Nothing that is known here"),
                   who ? tr("No principal in these files reaches it, whatever the circumstances.")
                       : tr("It reaches none of the resources in these files, asked for what one usually does with each."));
    nobody_->setVisible(rows == 0);
    view_->setVisible(rows > 0);
    model_->set(std::move(list));
    view_->setColumnWidth(AnswerModel::Who, 260);
    view_->setColumnWidth(AnswerModel::Where, 260);
    view_->setColumnWidth(AnswerModel::Says, 130);
    if (rows > 0) view_->setCurrentIndex(model_->index(0, 0));
}

} // namespace gw::ui

#include "ui/explain/changes_section.h"

#include "ui/errors/answer_texts.h"
#include "ui/estate/code_lines.h"
#include "ui/explain/layer_view.h"

#include <QHBoxLayout>

#include <algorithm>

namespace gw::ui {
namespace {

// Before a person asks for all of them.
constexpr std::size_t atFirst = 3;

QStringList linesOf(const Json& value) {
    if (value.is_null()) return {};
    const auto tree = policy::SourceTree::parse(value.dump());
    return tree ? QString::fromStdString(laidOutJson(*tree, {.widest = 46, .opened = 1})).split(QLatin1Char('\n'))
                : QStringList();
}

// "Action": […], so that a bare value says what it is.
QStringList namedLines(const policy::Edit& edit, const Json& value) {
    QStringList lines = linesOf(value);
    const auto slash = edit.pointer.rfind('/');
    const std::string last = edit.pointer.substr(slash + 1);
    const bool index = last.find_first_not_of("0123456789-") == std::string::npos;
    if (lines.isEmpty() || index || slash == std::string::npos) return lines;
    QString name = QString::fromStdString(last);
    name.replace(QStringLiteral("~1"), QStringLiteral("/")).replace(QStringLiteral("~0"), QStringLiteral("~"));
    lines.front().prepend(QStringLiteral("\"%1\": ").arg(name));
    return lines;
}

QString diffText(const QStringList& gone, const QStringList& added) {
    QStringList lines;
    for (const QString& line : gone) lines.append(QStringLiteral("- ") + line);
    for (const QString& line : added) lines.append(QStringLiteral("+ ") + line);
    return lines.join(QLatin1Char('\n'));
}

} // namespace

ChangesSection::ChangesSection(QWidget* parent) : PanelSection(tr("What would change the answer"), parent) {
    setObjectName(QStringLiteral("explain.changes"));
}

void ChangesSection::setLooking(const ExplainedPtr& answer) {
    answer_ = answer;
    edits_.clear();
    clear();
    setTitle(answer->trial.edit ? tr("What is tried") : tr("What would change the answer"));
    if (answer->trial.edit) {
        estate::PlacedEdit tried;
        tried.edit = *answer->trial.edit;
        tried.decision = answer->decision;
        tried.turning = answer->turning;
        return addEdit(tried, 0);
    }
    addWitness();
    auto* looking = new Text(tr("Trying single edits…"), TextStyle::Small, Color::TextTertiary);
    looking->setObjectName(QStringLiteral("explain.changes.looking"));
    column()->addWidget(looking);
}

void ChangesSection::setEdits(const ExplainedPtr& answer, const std::vector<estate::PlacedEdit>& edits) {
    answer_ = answer;
    if (answer->trial.edit) return;
    edits_ = edits;
    // Said already, as the request that would be allowed.
    if (const auto& witness = answer->explanation.answer.witness;
        witness && answer->explanation.answer.decision == policy::Decision::Depends)
        std::erase_if(edits_, [](const estate::PlacedEdit& each) { return each.edit.kind == policy::EditKind::TellContext; });
    all_ = false;
    fill();
}

void ChangesSection::fill() {
    clear();
    addWitness();
    const std::size_t shown = all_ ? edits_.size() : std::min(edits_.size(), atFirst);
    for (std::size_t i = 0; i < shown; ++i) addEdit(edits_[i], static_cast<int>(i) + 1);
    if (shown < edits_.size()) {
        auto* more = new LinkLabel(tr("Show %n more", nullptr, static_cast<int>(edits_.size() - shown)));
        more->setObjectName(QStringLiteral("explain.changes.more"));
        more->setAccessibleName(more->text());
        connect(more, &QAbstractButton::clicked, this, [this] {
            all_ = true;
            fill();
        });
        column()->addWidget(more);
    }
    const bool witnessed = answer_->explanation.answer.witness.has_value();
    if (edits_.empty() && !witnessed) {
        const bool depends = answer_->explanation.answer.decision == policy::Decision::Depends;
        auto* none = new Text(depends ? tr("The answer hangs on facts, not on policies.")
                                      : tr("No single edit turns it: more than one layer would have to change."),
                              TextStyle::Small, Color::TextSecondary);
        none->setObjectName(QStringLiteral("explain.changes.none"));
        none->setWordWrap(true);
        column()->addWidget(none);
    }
}

void ChangesSection::addWitness() {
    const auto& answer = answer_->explanation.answer;
    if (answer.decision != policy::Decision::Depends || !answer.witness) return;
    const auto& witness = *answer.witness;
    addSide(QStringLiteral("allowed"), tr("Allowed with"), witness.allowed, witness.allowed);
    // Of the nearest one that is not allowed only what is different says something.
    policy::Additions different;
    for (const auto& each : witness.denied) {
        const auto same = std::find_if(witness.allowed.begin(), witness.allowed.end(), [&](const policy::Context::Entry& other) {
            return other.key == each.key && other.value == each.value;
        });
        if (same == witness.allowed.end()) different.push_back(each);
    }
    const bool part = !different.empty() && different.size() < witness.denied.size();
    addSide(QStringLiteral("denied"), part ? tr("Denied with the same, but") : tr("Denied with"), witness.denied,
            part ? different : witness.denied);
}

void ChangesSection::addSide(const QString& name, const QString& heading, const policy::Additions& facts,
                             const policy::Additions& shown) {
    const policy::Decision decision =
        name == QLatin1String("allowed") ? policy::Decision::Allowed : policy::Decision::ImplicitlyDenied;
    auto* card = new Card;
    auto* inside = new QVBoxLayout(card);
    inside->setContentsMargins(space::s3, space::s2 + 2, space::s3, space::s2 + 2);
    inside->setSpacing(space::s1);
    const MarkLook look = lookOf(decision);
    auto* head = new QHBoxLayout;
    head->setSpacing(space::s2);
    head->addWidget(new IconLabel(look.icon, look.text));
    auto* title = new Text(heading, TextStyle::Strong, look.text);
    head->addWidget(title);
    head->addStretch(1);
    auto* attempt = new Button(tr("Try"), {}, ButtonKind::Default);
    attempt->setSize(ButtonSize::Small);
    attempt->setObjectName(QStringLiteral("explain.witness.%1.try").arg(name));
    attempt->setAccessibleName(decision == policy::Decision::Allowed ? tr("Try the request that would be allowed")
                                                                     : tr("Try the nearest request that would be denied"));
    head->addWidget(attempt);
    inside->addLayout(head);
    auto* words = new Text(shown.empty() ? tr("none of these keys in the request") : additionsText(shown), TextStyle::Code);
    words->setWordWrap(true);
    inside->addWidget(words);
    connect(attempt, &QPushButton::clicked, this, [this, facts] { Q_EMIT factsWanted(facts); });
    column()->addWidget(card);
}

void ChangesSection::addEdit(const estate::PlacedEdit& placed, int number) {
    const policy::Edit& edit = placed.edit;
    auto* card = new Card;
    card->setObjectName(QStringLiteral("explain.edit.%1").arg(number));
    if (number <= 1) card->setColors(Color::BgSurface, Color::AccentBorder);
    auto* inside = new QVBoxLayout(card);
    inside->setContentsMargins(space::s3, space::s2 + 2, space::s3, space::s2 + 2);
    inside->setSpacing(space::s1);
    auto* title = new Text(editTitle(edit, answer_->names), TextStyle::Strong);
    title->setObjectName(QStringLiteral("explain.edit.%1.title").arg(number));
    title->setWordWrap(true);
    inside->addWidget(title);
    auto* detail =
        new Text(editDetail(edit, answer_->names), TextStyle::Small, edit.wide ? Color::ExpiringText : Color::TextSecondary);
    detail->setWordWrap(true);
    inside->addWidget(detail);
    if (const QString words = editWorth(placed, answer_->question->base.gaps, answer_->names); !words.isEmpty()) {
        auto* worth = new Text(words, TextStyle::Small, placed.turning.empty() ? Color::TextSecondary : Color::ExpiringText);
        worth->setObjectName(QStringLiteral("explain.edit.%1.worth").arg(number));
        worth->setWordWrap(true);
        inside->addWidget(worth);
    }
    QString copied = additionsText(edit.context);
    if (edit.kind != policy::EditKind::TellContext) {
        const QStringList gone = namedLines(edit, edit.before), added = namedLines(edit, edit.after);
        copied = edit.after.is_null() ? diffText(gone, added) : added.join(QLatin1Char('\n'));
        auto* diff = new CodeLines;
        diff->setDiff(gone, added);
        diff->setAccessibleName(tr("The difference"));
        inside->addWidget(diff);
    } else if (edit.context.size() > 1) {
        inside->addWidget(new Text(copied, TextStyle::Code));
    }
    auto* foot = new QHBoxLayout;
    foot->setSpacing(space::s2);
    foot->setContentsMargins(0, space::s1, 0, 0);
    const MarkLook look = lookOf(placed.decision);
    foot->addWidget(new IconLabel(look.icon, look.text));
    auto* result =
        new Text(tr("then %1", "allowed or denied").arg(decisionWord(placed.decision).toLower()), TextStyle::Small, look.text);
    result->setHeavy(true);
    foot->addWidget(result);
    foot->addStretch(1);
    auto* copy = new Button(tr("Copy"), {}, ButtonKind::Ghost);
    copy->setSize(ButtonSize::Small);
    copy->setObjectName(QStringLiteral("explain.edit.%1.copy").arg(number));
    copy->setAccessibleName(tr("Copy: %1").arg(title->text()));
    foot->addWidget(copy);
    inside->addLayout(foot);
    connect(copy, &QPushButton::clicked, this, [copied] { copyText(copied, false); });
    column()->addWidget(card);
    if (number == 0) return;
    auto* attempt = new Button(tr("Try"), {}, number == 1 ? ButtonKind::Primary : ButtonKind::Default);
    attempt->setSize(ButtonSize::Small);
    attempt->setObjectName(QStringLiteral("explain.edit.%1.try").arg(number));
    attempt->setAccessibleName(tr("Try: %1").arg(title->text()));
    foot->addWidget(attempt);
    connect(attempt, &QPushButton::clicked, this, [this, edit] { Q_EMIT editWanted(edit); });
}

} // namespace gw::ui

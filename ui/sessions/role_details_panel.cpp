#include "ui/sessions/role_details_panel.h"

#include "ui/errors_text.h"
#include "ui/widgets/widgets.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QVBoxLayout>

#include <algorithm>

namespace gw::ui {

using namespace std::chrono_literals;

RoleDetailsPanel::RoleDetailsPanel(const SessionsContext& context, QWidget* parent) : Panel(Color::BgSurface, parent), context_(context) {
    setEdges(Qt::LeftEdge);
    setFixedWidth(size::inspector);
    setObjectName(QStringLiteral("chooser.details"));
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(1, 0, 0, 0);
    auto* scroll = new ScrollColumn;
    outer->addWidget(scroll);
    content_ = scroll->widget();
    QVBoxLayout* column = scroll->column();
    column->setContentsMargins(space::s4, space::s4, space::s4, space::s4);
    column->setSpacing(space::s2);

    auto* head = new QHBoxLayout;
    head->setSpacing(space::s2);
    label_ = new Text({}, TextStyle::Title);
    label_->setObjectName(QStringLiteral("chooser.details.role"));
    label_->setElide(Qt::ElideMiddle);
    environment_ = new EnvironmentTag(sessions::Environment::None);
    head->addWidget(label_, 1);
    head->addWidget(environment_);
    column->addLayout(head);
    arn_ = new Text({}, TextStyle::Code, Color::TextSecondary);
    arn_->setObjectName(QStringLiteral("chooser.details.arn"));
    arn_->setWordWrap(true);
    arn_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    column->addWidget(arn_);
    column->addSpacing(space::s2);
    column->addWidget(new Divider);
    column->addSpacing(space::s2);

    duration_ = new Segmented(tr("Duration"));
    duration_->setObjectName(QStringLiteral("chooser.duration"));
    QStringList texts;
    for (const auto duration : offeredDurations()) texts << durationText(duration);
    duration_->setItems(texts);
    auto* durationField = new Field(tr("Duration"), duration_);
    column->addWidget(durationField);
    durationNote_ = new Text({}, TextStyle::Small, Color::TextTertiary);
    durationNote_->setWordWrap(true);
    column->addWidget(durationNote_);

    region_ = new QComboBox;
    region_->setObjectName(QStringLiteral("chooser.region"));
    column->addWidget(new Field(tr("Region"), region_));
    profile_ = new QLineEdit;
    profile_->setObjectName(QStringLiteral("chooser.profile"));
    profileField_ = new Field(tr("Profile"), profile_);
    profileField_->setHelp(tr("What tools call this session: aws --profile NAME"));
    column->addWidget(profileField_);
    error_ = new ErrorState;
    error_->setObjectName(QStringLiteral("chooser.details.error"));
    // The panel has margins of its own, and each pixel makes the sentences longer.
    error_->layout()->setContentsMargins(0, space::s4, 0, 0);
    error_->hide();
    column->addWidget(error_);
    column->addStretch();

    connect(duration_, &Segmented::currentChanged, this, [this](int index) {
        Q_EMIT durationChanged(offeredDurations()[static_cast<std::size_t>(index)]);
    });
    connect(region_, &QComboBox::activated, this, [this](int index) { Q_EMIT regionChanged(aws::Region(region_->itemText(index).toStdString())); });
    connect(profile_, &QLineEdit::textEdited, this,
            [this](const QString& text) { Q_EMIT profileChanged(sessions::ProfileName(text.toStdString())); });
    clear();
}

const std::vector<std::chrono::seconds>& RoleDetailsPanel::offeredDurations() {
    static const std::vector<std::chrono::seconds> durations{15min, 1h, 2h, 4h, 8h, 12h};
    return durations;
}

void RoleDetailsPanel::show(const sessions::RoleChoice& choice, const QString& label, sessions::Environment environment,
                            const DurationLimit& limit, const std::vector<aws::Region>& regions) {
    content_->show();
    label_->setFullText(label);
    environment_->setEnvironment(environment);
    environment_->setVisible(environment != sessions::Environment::None);
    // A zero-width space after each separator lets a long ARN wrap there.
    QString arn = QString::fromStdString(choice.pair.role.value());
    arn.replace(u'/', QStringLiteral("/\u200b")).replace(QStringLiteral("::"), QStringLiteral("::\u200b"));
    arn_->setText(arn);

    const auto& durations = offeredDurations();
    // STS gives an hour where nothing is asked for.
    const auto wanted = choice.duration.value_or(1h);
    int chosen = 0;
    for (std::size_t i = 0; i < durations.size(); ++i) {
        const bool allowed = i == 0 || !limit.longest || durations[i] <= *limit.longest;
        duration_->setItemEnabled(static_cast<int>(i), allowed, limit.reason);
        if (allowed && durations[i] <= wanted) chosen = static_cast<int>(i);
    }
    duration_->setCurrent(chosen);
    durationNote_->setText(limit.longest ? limit.reason : QString());
    durationNote_->setVisible(limit.longest.has_value());

    const QString current = QString::fromStdString(choice.region.value());
    QStringList names;
    for (const auto& region : regions) names << QString::fromStdString(region.value());
    if (!names.contains(current)) names.prepend(current);
    QStringList present;
    for (int i = 0; i < region_->count(); ++i) present << region_->itemText(i);
    if (present != names) {
        region_->clear();
        region_->addItems(names);
    }
    region_->setCurrentText(current);
    const QString profile = QString::fromStdString(choice.profile.value());
    if (profile_->text() != profile) profile_->setText(profile);
}

void RoleDetailsPanel::clear() {
    content_->hide();
    error_->hide();
}

void RoleDetailsPanel::setError(const std::optional<Error>& error) {
    error_->setVisible(error.has_value());
    if (!error) return;
    const ErrorText text = explain(*error);
    error_->set(text.title, text.why, text.whatToDo, text.details);
}

void RoleDetailsPanel::setProfileError(const QString& text) {
    if (profileField_->error() != text) profileField_->setError(text);
}

void RoleDetailsPanel::focusDuration() { duration_->setFocus(Qt::ShortcutFocusReason); }

} // namespace gw::ui

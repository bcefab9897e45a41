#include "ui/login/steps_panel.h"

#include "ui/widgets/button.h"
#include "ui/widgets/icon_label.h"
#include "ui/widgets/text.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QPainter>
#include <QScrollArea>
#include <QVBoxLayout>

namespace gw::ui {
namespace {

constexpr int circle = 22;
constexpr int gutter = circle + space::s3;

} // namespace

StepRow::StepRow(int number, const QString& title, const QString& explanation, bool last, QWidget* parent)
    : QWidget(parent), number_(number), title_(title), explanation_(explanation), last_(last) {
    titleText_ = new Text(title, TextStyle::Body, Color::TextPrimary, this);
    noteText_ = new Text(QString(), TextStyle::Small, Color::AccentText, this);
    explanationText_ = new Text(explanation, TextStyle::Small, Color::TextSecondary, this);
    explanationText_->setWordWrap(true);
    auto* heading = new QHBoxLayout;
    heading->setSpacing(space::s1);
    heading->addWidget(titleText_);
    heading->addWidget(noteText_);
    heading->addStretch(1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(gutter, 1, 0, last ? 0 : space::s3);
    column->setSpacing(1);
    column->addLayout(heading);
    column->addWidget(explanationText_);
    set(StepState::Ahead);
}

void StepRow::set(StepState state, const QString& note, const QString& text) {
    state_ = state;
    titleText_->setStyleToken(state == StepState::Current || state == StepState::Failed ? TextStyle::Strong : TextStyle::Body);
    noteText_->setFullText(note.isEmpty() ? QString() : QStringLiteral("· ") + note);
    noteText_->setColorToken(state == StepState::Failed ? Color::DeniedText : Color::AccentText);
    noteText_->setVisible(!note.isEmpty());
    explanationText_->setFullText(text.isEmpty() ? explanation_ : text);
    const auto said = [&] {
        switch (state) {
        case StepState::Done: return tr("done");
        case StepState::Current: return note.isEmpty() ? tr("now") : note;
        case StepState::Failed: return tr("failed");
        case StepState::Ahead: break;
        }
        return tr("ahead");
    }();
    setAccessibleName(tr("Step %1: %2, %3").arg(number_).arg(title_, said));
    setAccessibleDescription(text.isEmpty() ? explanation_ : text);
    update();
}

void StepRow::paintEvent(QPaintEvent*) {
    const auto& theme = Theme::of(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF ring(0.5, 0.5, circle - 1, circle - 1);
    if (!last_) painter.fillRect(QRectF(circle / 2, circle + space::s1, 1, height() - circle - space::s2), theme.color(Color::BorderDefault));
    const auto disc = [&](Color fill) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.color(fill));
        painter.drawEllipse(QRectF(0, 0, circle, circle));
    };
    const auto mark = [&](const QString& name, Color ink) {
        const int side = size::icon - 2;
        painter.drawPixmap((circle - side) / 2, (circle - side) / 2, iconPixmap(name, side, theme.color(ink), devicePixelRatioF()));
    };
    switch (state_) {
    case StepState::Done:
        disc(Color::AllowedTint);
        mark(QStringLiteral("check"), Color::AllowedText);
        return;
    case StepState::Failed:
        disc(Color::DeniedTint);
        mark(QStringLiteral("close"), Color::DeniedText);
        return;
    case StepState::Current: disc(Color::AccentFill); break;
    case StepState::Ahead:
        painter.setPen(QPen(theme.color(Color::BorderStrong), 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(ring);
        break;
    }
    auto font = theme.font(TextStyle::Caption);
    font.setWeight(QFont::DemiBold);
    painter.setFont(font);
    painter.setPen(theme.color(state_ == StepState::Current ? Color::AccentOn : Color::TextPrimary));
    painter.drawText(QRect(0, 0, circle, circle), Qt::AlignCenter, QString::number(number_));
}

StepsPanel::StepsPanel(const QStringList& acs, bool keepsCookies, QWidget* parent) : QWidget(parent) {
    // What explains may scroll where the window is low; the ways on below it stay.
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(1, 0, 0, 0);
    outer->setSpacing(0);
    auto* scroll = new QScrollArea(this);
    scroll->setObjectName(QStringLiteral("login.explanation"));
    scroll->setAccessibleName(tr("What happens in this window"));
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* explanation = new QWidget(scroll);
    scroll->setWidget(explanation);
    outer->addWidget(scroll, 1);
    auto* foot = new QVBoxLayout;
    foot->setContentsMargins(space::s4 + 1, space::s2, space::s4 + 2, space::s4);
    foot->setSpacing(0);
    outer->addLayout(foot);

    auto* column = new QVBoxLayout(explanation);
    column->setContentsMargins(space::s4 + 1, space::s4, space::s4 + 2, 0);
    column->setSpacing(0);
    column->addWidget(new Text(tr("What happens in this window"), TextStyle::Strong, Color::TextPrimary, this));
    column->addSpacing(space::s2);
    const std::array titles{tr("You sign in"), tr("The answer stops here"), tr("It is verified"), tr("You choose roles")};
    const std::array explanations{
        tr("This page belongs to your provider. Gatewarden does not read what you type."),
        tr("The form your provider posts to AWS is held back before it leaves this computer."),
        tr("Signature, audience, recipient and time are checked."),
        tr("Nothing has been asked of AWS until then."),
    };
    for (std::size_t i = 0; i < steps_.size(); ++i) {
        steps_.at(i) = new StepRow(static_cast<int>(i) + 1, titles.at(i), explanations.at(i), i + 1 == steps_.size(), this);
        column->addWidget(steps_.at(i));
    }
    column->addSpacing(space::s6);

    auto* card = new Card(this);
    card->setColors(Color::BgSunken, Color::BorderSubtle);
    auto* inCard = new QVBoxLayout(card);
    inCard->setContentsMargins(space::s4 - 1, space::s3, space::s4 - 1, space::s3);
    inCard->setSpacing(space::s2);
    auto* cardTitle = new QHBoxLayout;
    cardTitle->setSpacing(space::s2);
    cardTitle->addWidget(new IconLabel(QStringLiteral("eye"), Color::TextPrimary, size::icon, card));
    cardTitle->addWidget(new Text(tr("What will be captured"), TextStyle::Strong, Color::TextPrimary, card), 1);
    inCard->addLayout(cardTitle);
    inCard->addWidget(new Text(tr("One SAML response, at most 1 MiB, for"), TextStyle::Small, Color::TextSecondary, card));
    auto* address = new Text(acs.value(0), TextStyle::Code, Color::TextPrimary, card);
    address->setElide(Qt::ElideMiddle);
    address->setFullText(acs.value(0));
    inCard->addWidget(address);
    if (acs.size() > 1) {
        auto* others = new Text(tr("and %n other address(es)", nullptr, static_cast<int>(acs.size()) - 1), TextStyle::Small, Color::TextSecondary, card);
        others->setToolTip(acs.mid(1).join(QLatin1Char('\n')));
        inCard->addWidget(others);
    }
    auto* wiped = new Text(tr("Wiped from memory after use. Passwords, keys and cookies are never read."), TextStyle::Small,
                           Color::TextSecondary, card);
    wiped->setWordWrap(true);
    inCard->addWidget(wiped);
    column->addWidget(card);
    column->addStretch(1);

    keep_ = new QCheckBox(tr("Stay signed in to this provider"), this);
    keep_->setObjectName(QStringLiteral("login.keep-cookies"));
    keep_->setChecked(keepsCookies);
    foot->addWidget(keep_);
    keepHelp_ = new Text(tr("From the next sign-in on."), TextStyle::Small, Color::TextTertiary, this);
    keepHelp_->setContentsMargins(space::s6, 0, 0, 0);
    keepHelp_->hide();
    foot->addWidget(keepHelp_);
    connect(keep_, &QCheckBox::toggled, this, [this, keepsCookies](bool keep) {
        keepHelp_->setVisible(keep != keepsCookies);
        Q_EMIT keepCookiesChanged(keep);
    });
    foot->addSpacing(space::s3);
    foot->addWidget(new Divider(Qt::Horizontal, this));
    foot->addSpacing(space::s3);
    foot->addWidget(new Text(tr("Security key or device check refused here?"), TextStyle::Small, Color::TextSecondary, this));
    foot->addSpacing(space::s2);
    auto* ways = new QHBoxLayout;
    ways->setSpacing(space::s2);
    auto* browser = new Button(tr("System browser"), QStringLiteral("open-browser"), ButtonKind::Default, this);
    browser->setObjectName(QStringLiteral("login.system-browser"));
    browser->setSize(ButtonSize::Small);
    auto* paste = new Button(tr("Paste a response"), QStringLiteral("copy"), ButtonKind::Default, this);
    paste->setObjectName(QStringLiteral("login.paste"));
    paste->setSize(ButtonSize::Small);
    ways->addWidget(browser, 1);
    ways->addWidget(paste, 1);
    foot->addLayout(ways);
    connect(browser, &QAbstractButton::clicked, this, &StepsPanel::systemBrowserWanted);
    connect(paste, &QAbstractButton::clicked, this, &StepsPanel::pasteWanted);
    waitForPerson();
}

void StepsPanel::waitForPerson() {
    steps_[0]->set(StepState::Current, tr("waiting for you"));
    for (std::size_t i = 1; i < steps_.size(); ++i) steps_.at(i)->set(StepState::Ahead);
}

void StepsPanel::showStopped() {
    waitForPerson();
    steps_[0]->set(StepState::Failed, tr("stopped"));
}

void StepsPanel::showCaptured() {
    steps_[0]->set(StepState::Done);
    steps_[1]->set(StepState::Done);
    steps_[2]->set(StepState::Current, tr("checking"));
    steps_[3]->set(StepState::Ahead);
}

void StepsPanel::showStep(int step, const QString& text) {
    showCaptured();
    if (step == 2) steps_[2]->set(StepState::Current, tr("checking"), text);
    if (step >= 3) steps_[2]->set(StepState::Done);
    if (step == 3) steps_[3]->set(StepState::Current, tr("waiting for you"), text);
    if (step == 4) steps_[2]->set(StepState::Failed, tr("failed"), text);
}

void StepsPanel::paintEvent(QPaintEvent*) {
    const auto& theme = Theme::of(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.color(Color::BgSurface));
    painter.fillRect(0, 0, 1, height(), theme.color(Color::BorderSubtle));
}

} // namespace gw::ui

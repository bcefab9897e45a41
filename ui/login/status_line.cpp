#include "ui/login/status_line.h"

#include "ui/widgets/text.h"

#include <QHBoxLayout>
#include <QPainter>

namespace gw::ui {
namespace {

// An arc that moves on once a second.
class WaitingRing : public QWidget {
public:
    explicit WaitingRing(const int& seconds, QWidget* parent) : QWidget(parent), seconds_(seconds) { setFixedSize(12, 12); }

protected:
    void paintEvent(QPaintEvent*) override {
        const auto& theme = Theme::of(this);
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const QRectF area(1.25, 1.25, 9.5, 9.5);
        painter.setPen(QPen(theme.color(Color::BorderDefault), 2));
        painter.drawEllipse(area);
        painter.setPen(QPen(theme.color(Color::AccentFill), 2, Qt::SolidLine, Qt::RoundCap));
        painter.drawArc(area, (90 - seconds_ * 45) * 16, -100 * 16);
    }

private:
    const int& seconds_;
};

} // namespace

StatusLine::StatusLine(const QStringList& facts, QWidget* parent) : QWidget(parent) {
    setFixedHeight(size::statusBar);
    ring_ = new WaitingRing(seconds_, this);
    wordsText_ = new Text(QString(), TextStyle::Small, Color::TextSecondary, this);
    wordsText_->setObjectName(QStringLiteral("login.awaited"));
    secondsText_ = new Text(QString(), TextStyle::Small, Color::TextSecondary, this);
    secondsText_->setTabular(true);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(space::s4, 0, space::s4, 0);
    row->setSpacing(space::s4);
    auto* left = new QHBoxLayout;
    left->setSpacing(space::s2 - 2);
    left->addWidget(ring_);
    left->addWidget(wordsText_);
    row->addLayout(left);
    row->addWidget(secondsText_);
    row->addStretch(1);
    for (const auto& fact : facts) row->addWidget(new Text(fact, TextStyle::Small, Color::TextSecondary, this));
    timer_.setInterval(1000);
    connect(&timer_, &QTimer::timeout, this, &StatusLine::tick);
}

void StatusLine::await(const QString& words, bool waiting) {
    if (words == words_ && waiting == waiting_) return;
    words_ = words;
    waiting_ = waiting;
    seconds_ = 0;
    wordsText_->setFullText(words);
    secondsText_->setFullText(waiting ? QStringLiteral("0:00") : QString());
    secondsText_->setVisible(waiting);
    ring_->setVisible(waiting);
    waiting ? timer_.start() : timer_.stop();
}

void StatusLine::tick() {
    ++seconds_;
    secondsText_->setFullText(QStringLiteral("%1:%2").arg(seconds_ / 60).arg(seconds_ % 60, 2, 10, QLatin1Char('0')));
    ring_->update();
}

void StatusLine::paintEvent(QPaintEvent*) {
    const auto& theme = Theme::of(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.color(Color::BgWindow));
    painter.fillRect(0, 0, width(), 1, theme.color(Color::BorderSubtle));
}

} // namespace gw::ui

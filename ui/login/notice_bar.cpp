#include "ui/login/notice_bar.h"

#include "ui/widgets/button.h"
#include "ui/widgets/icon_label.h"
#include "ui/widgets/text.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

namespace gw::ui {

NoticeBar::NoticeBar(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("login.notice"));
    icon_ = new IconLabel(QStringLiteral("info"), Color::TextSecondary, size::icon, this);
    strong_ = new Text(QString(), TextStyle::Strong, Color::TextPrimary, this);
    strong_->setWordWrap(true);
    text_ = new Text(QString(), TextStyle::Body, Color::TextPrimary, this);
    text_->setWordWrap(true);
    ways_ = new QHBoxLayout;
    ways_->setSpacing(space::s2);
    auto* close = new IconButton(QStringLiteral("close"), tr("Dismiss"), this);
    close->setObjectName(QStringLiteral("login.notice-close"));
    connect(close, &QAbstractButton::clicked, this, &QWidget::hide);
    auto* words = new QVBoxLayout;
    words->setSpacing(0);
    words->addWidget(strong_);
    words->addWidget(text_);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(space::s4, space::s2, space::s2, space::s2);
    row->setSpacing(space::s3);
    row->addWidget(icon_, 0, Qt::AlignVCenter);
    row->addLayout(words, 1);
    row->addLayout(ways_);
    row->addWidget(close, 0, Qt::AlignTop);
    hide();
}

QString NoticeBar::text() const { return text_->text(); }

void NoticeBar::tell(const Notice& notice) {
    tone_ = notice.tone;
    const bool warns = notice.tone == Notice::Tone::Warning;
    icon_->setIconName(notice.icon);
    icon_->setColorToken(warns ? Color::ExpiringText : Color::TextSecondary);
    strong_->setFullText(notice.strong);
    strong_->setVisible(!notice.strong.isEmpty());
    // What a page says may be long or hostile; here it is only text, and not much of it.
    text_->setFullText(notice.text.simplified().left(400));
    while (auto* item = ways_->takeAt(0)) {
        if (auto* widget = item->widget()) {
            widget->hide();
            widget->deleteLater();
        }
        delete item;
    }
    for (const auto& way : notice.ways) {
        auto* button = new Button(way.text, way.icon, ButtonKind::Default, this);
        button->setObjectName(way.id);
        button->setSize(ButtonSize::Small);
        connect(button, &QAbstractButton::clicked, this, way.go);
        ways_->addWidget(button);
    }
    setAccessibleName(notice.strong + QLatin1Char(' ') + text_->text());
    show();
    update();
}

void NoticeBar::paintEvent(QPaintEvent*) {
    const auto& theme = Theme::of(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.color(tone_ == Notice::Tone::Warning ? Color::ExpiringTint : Color::BgSunken));
    painter.fillRect(0, height() - 1, width(), 1, theme.color(Color::BorderSubtle));
}

} // namespace gw::ui

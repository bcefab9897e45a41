#include "ui/shell/banner_bar.h"

#include "ui/widgets/button.h"
#include "ui/widgets/icon_label.h"
#include "ui/widgets/text.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QPainter>

#include <algorithm>

namespace gw::ui {
namespace {

struct Look {
    Color ink, tint;
};

Look lookOf(BannerKind kind) {
    switch (kind) {
    case BannerKind::Practice:
        return {Color::DependsText, Color::DependsTint};
    case BannerKind::HonourSystem:
        return {Color::ChangedText, Color::ChangedTint};
    case BannerKind::Notice:
        return {Color::AccentText, Color::AccentTint};
    case BannerKind::Warning:
        return {Color::ExpiringText, Color::ExpiringTint};
    case BannerKind::Error:
        break;
    }
    return {Color::DeniedText, Color::DeniedTint};
}

// The last of the most serious ones.
const Banner* mostSerious(const std::vector<Banner>& banners) {
    const Banner* result = nullptr;
    for (const Banner& banner : banners) {
        if (result == nullptr || banner.kind >= result->kind) result = &banner;
    }
    return result;
}

} // namespace

BannerBar::BannerBar(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("banner"));
    setFixedHeight(size::banner);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(14, 0, 14, 1);
    row->setSpacing(space::s2);
    icon_ = new IconLabel(QString(), Color::DependsText, size::icon, this);
    strong_ = new Text(QString(), TextStyle::Small, Color::DependsText, this);
    strong_->setHeavy(true);
    text_ = new Text(QString(), TextStyle::Small, Color::DependsText, this);
    text_->setElide(Qt::ElideRight);
    link_ = new LinkLabel(QString(), this);
    link_->setObjectName(QStringLiteral("banner.link"));
    link_->setUnderlined(true);
    row->addWidget(icon_);
    row->addWidget(strong_);
    row->addWidget(text_, 1);
    row->addWidget(link_);
    connect(link_, &QAbstractButton::clicked, this, [this] {
        const Banner* banner = mostSerious(banners_);
        if (banner == nullptr || !banner->link) return;
        const auto link = banner->link;
        link();
    });
    hide();
}

void BannerBar::add(Banner banner) {
    const auto same = std::find_if(banners_.begin(), banners_.end(), [&](const Banner& known) { return known.id == banner.id; });
    if (same != banners_.end()) {
        *same = std::move(banner);
    } else {
        banners_.push_back(std::move(banner));
    }
    apply();
}

void BannerBar::remove(const QString& id) {
    std::erase_if(banners_, [&id](const Banner& banner) { return banner.id == id; });
    apply();
}

QString BannerBar::shown() const {
    const Banner* banner = mostSerious(banners_);
    return banner != nullptr ? banner->id : QString();
}

void BannerBar::apply() {
    const Banner* banner = mostSerious(banners_);
    setVisible(banner != nullptr);
    if (banner == nullptr) return;
    const Look look = lookOf(banner->kind);
    icon_->setIconName(banner->icon);
    icon_->setColorToken(look.ink);
    strong_->setColorToken(look.ink);
    strong_->setFullText(banner->strong);
    text_->setColorToken(look.ink);
    text_->setFullText(banner->text);
    link_->setColorToken(look.ink);
    link_->setText(banner->linkText);
    link_->setVisible(!banner->linkText.isEmpty());
    link_->updateGeometry();
    const QString said = QStringLiteral("%1 %2").arg(banner->strong, banner->text);
    if (said != accessibleName()) {
        setAccessibleName(said);
        QAccessibleEvent alert(this, QAccessible::Alert);
        QAccessible::updateAccessibility(&alert);
    }
    update();
}

void BannerBar::paintEvent(QPaintEvent*) {
    const Banner* banner = mostSerious(banners_);
    if (banner == nullptr) return;
    const Theme& theme = Theme::of(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.color(lookOf(banner->kind).tint));
    painter.fillRect(QRect(0, height() - 1, width(), 1), theme.color(Color::BorderSubtle));
}

} // namespace gw::ui

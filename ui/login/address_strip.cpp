#include "ui/login/address_strip.h"

#include "ui/login/address.h"
#include "ui/widgets/button.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QPainterPath>

#include <cmath>

namespace gw::ui {
namespace {

struct TrustLook {
    const char* icon;
    Color ink;
    Color border;
};

TrustLook lookOf(AddressTrust trust) {
    switch (trust) {
    case AddressTrust::Trusted: return {"lock", Color::AllowedText, Color::BorderDefault};
    case AddressTrust::Loopback: return {"unlock", Color::ExpiringText, Color::BorderDefault};
    case AddressTrust::Untrusted:
    case AddressTrust::Unencrypted: return {"unlock", Color::DeniedText, Color::DeniedMark};
    case AddressTrust::Pending: break;
    }
    return {"globe", Color::TextTertiary, Color::BorderDefault};
}

// The percentage between the zoom buttons; a press sets it back.
class ZoomReset : public QAbstractButton {
public:
    explicit ZoomReset(QWidget* parent) : QAbstractButton(parent) {
        setObjectName(QStringLiteral("login.zoom-reset"));
        setFocusPolicy(Qt::TabFocus);
    }
    [[nodiscard]] QSize sizeHint() const override { return {48, size::controlSmall}; }

protected:
    void paintEvent(QPaintEvent*) override {
        const auto& theme = Theme::of(this);
        QPainter painter(this);
        if (underMouse() || isDown()) paintPanel(painter, rect(), theme.color(Color::BgHover), {}, radius::control);
        painter.setPen(theme.color(Color::TextSecondary));
        painter.setFont(theme.font(TextStyle::Small));
        paintTabular(painter, rect(), Qt::AlignCenter, text());
        if (hasFocus()) paintFocusInside(painter, rect(), radius::control, theme);
    }
};

} // namespace

AddressField::AddressField(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("login.address"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    set({}, AddressTrust::Pending);
}

QSize AddressField::sizeHint() const { return {320, size::control}; }

QString AddressField::statement() const {
    switch (trust_) {
    case AddressTrust::Trusted: return tr("Certificate trusted");
    case AddressTrust::Loopback: return tr("This computer, not encrypted");
    case AddressTrust::Untrusted: return tr("Certificate refused");
    case AddressTrust::Unencrypted: return tr("Not encrypted, not opened");
    case AddressTrust::Pending: break;
    }
    return {};
}

void AddressField::set(const QUrl& url, AddressTrust trust) {
    host_ = hostAndPort(url);
    path_ = url.path(QUrl::FullyEncoded);
    if (path_ == QLatin1String("/")) path_.clear();
    trust_ = trust;
    setAccessibleName(host_.isEmpty() ? tr("No address yet") : tr("Address: %1").arg(host_ + path_));
    setAccessibleDescription(statement());
    setToolTip(host_.isEmpty() ? QString() : QString::fromStdString(publicPart(url)));
    update();
}

void AddressField::paintEvent(QPaintEvent*) {
    const auto& theme = Theme::of(this);
    const auto look = lookOf(trust_);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintPanel(painter, rect(), theme.color(Color::BgSurface), theme.color(look.border), radius::control);
    const bool bad = trust_ == AddressTrust::Untrusted || trust_ == AddressTrust::Unencrypted;
    const auto ink = theme.color(look.ink);
    painter.drawPixmap(space::s3, (height() - size::icon) / 2, iconPixmap(QLatin1String(look.icon), size::icon, ink, devicePixelRatioF()));

    auto area = rect().adjusted(space::s3 + size::icon + space::s2, 0, -space::s3, 0);
    const auto words = statement();
    painter.setFont(theme.font(TextStyle::Small));
    const auto wordsWidth = words.isEmpty() ? 0 : painter.fontMetrics().horizontalAdvance(words);
    if (wordsWidth > 0 && wordsWidth + 160 < area.width()) {
        painter.setPen(ink);
        painter.drawText(area, int(Qt::AlignRight | Qt::AlignVCenter), words);
        area.adjust(0, 0, -wordsWidth - space::s3, 0);
    }
    painter.setFont(theme.font(TextStyle::Strong));
    painter.setPen(bad ? ink : theme.color(Color::TextPrimary));
    // The right end of a host is what tells whose it is, so that is what stays.
    const auto host = painter.fontMetrics().elidedText(host_, Qt::ElideLeft, area.width());
    painter.drawText(area, int(Qt::AlignLeft | Qt::AlignVCenter), host);
    area.adjust(painter.fontMetrics().horizontalAdvance(host), 0, 0, 0);
    painter.setFont(theme.font(TextStyle::Body));
    painter.setPen(theme.color(Color::TextTertiary));
    painter.drawText(area, int(Qt::AlignLeft | Qt::AlignVCenter), painter.fontMetrics().elidedText(path_, Qt::ElideRight, area.width()));
}

AddressStrip::AddressStrip(QWidget* parent) : QWidget(parent) {
    setFixedHeight(size::header);
    back_ = new IconButton(QStringLiteral("chevron-left"), tr("Back"), this);
    back_->setObjectName(QStringLiteral("login.back"));
    back_->setKeyHint(keyText(QKeySequence(Qt::ALT | Qt::Key_Left)));
    reload_ = new IconButton(QStringLiteral("refresh"), tr("Reload"), this);
    reload_->setObjectName(QStringLiteral("login.reload"));
    reload_->setKeyHint(keyText(QKeySequence(Qt::Key_F5)));
    field_ = new AddressField(this);
    closePopup_ = new IconButton(QStringLiteral("close"), tr("Close the window that the provider opened"), this);
    closePopup_->setObjectName(QStringLiteral("login.close-popup"));
    closePopup_->hide();
    zoomOut_ = new IconButton(QStringLiteral("zoom-out"), tr("Smaller"), this);
    zoomOut_->setObjectName(QStringLiteral("login.zoom-out"));
    zoomOut_->setKeyHint(keyText(QKeySequence(Qt::CTRL | Qt::Key_Minus)));
    zoomReset_ = new ZoomReset(this);
    zoomIn_ = new IconButton(QStringLiteral("zoom-in"), tr("Larger"), this);
    zoomIn_->setObjectName(QStringLiteral("login.zoom-in"));
    zoomIn_->setKeyHint(keyText(QKeySequence(Qt::CTRL | Qt::Key_Plus)));

    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(space::s3, 0, space::s3, 0);
    row->setSpacing(space::s1);
    row->addWidget(back_);
    row->addWidget(reload_);
    row->addSpacing(space::s1);
    row->addWidget(field_, 1);
    row->addWidget(closePopup_);
    row->addSpacing(space::s1);
    row->addWidget(zoomOut_);
    row->addWidget(zoomReset_);
    row->addWidget(zoomIn_);

    connect(back_, &QAbstractButton::clicked, this, &AddressStrip::backWanted);
    connect(reload_, &QAbstractButton::clicked, this, [this] { loading_ ? Q_EMIT stopWanted() : Q_EMIT reloadWanted(); });
    connect(closePopup_, &QAbstractButton::clicked, this, &AddressStrip::closePopupWanted);
    connect(zoomOut_, &QAbstractButton::clicked, this, [this] { Q_EMIT zoomStepWanted(-1); });
    connect(zoomIn_, &QAbstractButton::clicked, this, [this] { Q_EMIT zoomStepWanted(1); });
    connect(zoomReset_, &QAbstractButton::clicked, this, &AddressStrip::zoomResetWanted);
    setZoom(1.0);
    setCanGoBack(false);
}

void AddressStrip::setCanGoBack(bool can) { back_->setEnabled(can); }

void AddressStrip::setLoading(bool loading) {
    loading_ = loading;
    reload_->setIconName(loading ? QStringLiteral("close") : QStringLiteral("refresh"));
    reload_->setName(loading ? tr("Stop loading") : tr("Reload"));
    reload_->setKeyHint(loading ? QString() : keyText(QKeySequence(Qt::Key_F5)));
}

void AddressStrip::setZoom(double factor) {
    const auto percent = QString::number(std::lround(factor * 100));
    zoomReset_->setText(tr("%1 %").arg(percent));
    zoomReset_->setAccessibleName(tr("Zoom %1 %, back to 100 %").arg(percent));
    zoomReset_->setToolTip(tr("Back to 100 %") + QLatin1String("  ") + keyText(QKeySequence(Qt::CTRL | Qt::Key_0)));
    zoomReset_->update();
}

void AddressStrip::setPopup(bool isPopup) { closePopup_->setVisible(isPopup); }

void AddressStrip::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), Theme::of(this).color(Color::BgWindow));
}

ProgressLine::ProgressLine(QWidget* parent) : QWidget(parent) {
    setFixedHeight(2);
    setAccessibleName(tr("Loading progress"));
}

void ProgressLine::setProgress(int percent) {
    percent_ = percent;
    setAccessibleDescription(percent < 100 ? tr("%1 %").arg(percent) : QString());
    update();
}

void ProgressLine::paintEvent(QPaintEvent*) {
    const auto& theme = Theme::of(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.color(Color::BgWindow));
    painter.fillRect(0, height() - 1, width(), 1, theme.color(Color::BorderDefault));
    if (percent_ < 100) painter.fillRect(QRectF(0, 0, width() * percent_ / 100.0, height()), theme.color(Color::AccentFill));
}

} // namespace gw::ui

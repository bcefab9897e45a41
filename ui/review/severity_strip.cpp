#include "ui/review/severity_strip.h"

#include "ui/errors/utf8.h"
#include "ui/review/table_ink.h"
#include "ui/style/fade.h"
#include "ui/style/focus_ring.h"
#include "ui/style/paint.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QPainter>

namespace gw::ui {

using policy::lint::Severity;

namespace {

constexpr int stripHeight = 60, tileHeight = 44, gap = space::s2;

QString nameOf(Severity severity) {
    switch (severity) {
    case Severity::Critical:
        return SeverityStrip::tr("Critical");
    case Severity::High:
        return SeverityStrip::tr("High");
    case Severity::Medium:
        return SeverityStrip::tr("Medium");
    case Severity::Low:
        return SeverityStrip::tr("Low");
    case Severity::Error:
        break;
    }
    return SeverityStrip::tr("Will not work");
}

} // namespace

class SeverityTile : public QAbstractButton {
public:
    explicit SeverityTile(Severity severity) : severity_(severity) {
        setObjectName(QStringLiteral("review.severity.") + fromUtf8(policy::lint::severityName(severity)));
        setFocusPolicy(Qt::StrongFocus);
        setAttribute(Qt::WA_Hover);
        setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
        setFocusRingRadius(this, radius::control);
        setCount(0);
    }
    void setCount(std::size_t count) {
        count_ = count;
        setText(QStringLiteral("%1 %2").arg(QLocale().toString(static_cast<qulonglong>(count)), nameOf(severity_)));
        setAccessibleName(text());
        setToolTip(count > 0 ? SeverityStrip::tr("Show these only") : QString());
        setEnabled(count > 0);
        updateGeometry();
        update();
    }
    [[nodiscard]] QSize sizeHint() const override {
        return {narrowWidth() + (named_ ? gap + QFontMetrics(Theme::of(this).font(TextStyle::Small)).horizontalAdvance(nameOf(severity_)) + 2 : 0), tileHeight};
    }
    [[nodiscard]] QSize minimumSizeHint() const override { return {narrowWidth(), tileHeight}; }
    [[nodiscard]] int wholeWidth() const { return narrowWidth() + gap + QFontMetrics(Theme::of(this).font(TextStyle::Small)).horizontalAdvance(nameOf(severity_)) + 2; }
    void setNamed(bool named) {
        named_ = named;
        setToolTip(named ? QString() : text());
        updateGeometry();
        update();
    }

protected:
    void paintEvent(QPaintEvent*) override {
        const Theme& theme = Theme::of(this);
        QPainter painter(this);
        if (hover_.level() > 0 && isEnabled())
            paintPanel(painter, rect(), blended({}, theme.color(Color::BgHover), hover_.level()), {}, radius::control);
        const Color ink = count_ > 0 ? severityColor(severity_) : Color::TextTertiary;
        painter.drawPixmap(gap, (height() - size::icon) / 2, iconPixmap(severityIcon(severity_), size::icon, theme.color(ink), devicePixelRatioF()));
        int left = 2 * gap + size::icon;
        const QString number = QLocale().toString(static_cast<qulonglong>(count_));
        painter.setFont(theme.font(TextStyle::Title));
        painter.setPen(theme.color(count_ > 0 ? Color::TextPrimary : Color::TextTertiary));
        const int wide = painter.fontMetrics().horizontalAdvance(number);
        painter.drawText(QRect(left, 0, wide, height()), Qt::AlignVCenter | Qt::AlignLeft, number);
        left += wide + gap;
        if (!named_) return;
        painter.setFont(theme.font(TextStyle::Small));
        painter.setPen(theme.color(count_ > 0 ? Color::TextSecondary : Color::TextTertiary));
        painter.drawText(QRect(left, 1, width() - left, height()), Qt::AlignVCenter | Qt::AlignLeft, nameOf(severity_));
    }

private:
    [[nodiscard]] int narrowWidth() const {
        const QString number = QLocale().toString(static_cast<qulonglong>(count_));
        return 3 * gap + size::icon + QFontMetrics(Theme::of(this).font(TextStyle::Title)).horizontalAdvance(number);
    }
    HoverFade hover_{this};
    Severity severity_;
    std::size_t count_ = 0;
    bool named_ = true;
};

SeverityStrip::SeverityStrip(QWidget* parent) : Panel(Color::BgSurface, parent) {
    setObjectName(QStringLiteral("review.severities"));
    setEdges(Qt::BottomEdge);
    setFixedHeight(stripHeight);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(space::s4 - gap, 0, space::s4, 0);
    row->setSpacing(space::s2);
    bool first = true;
    for (const Severity each : {Severity::Critical, Severity::High, Severity::Medium, Severity::Low, Severity::Error}) {
        if (!first) {
            auto* line = new Divider(Qt::Vertical);
            line->setFixedHeight(32);
            row->addWidget(line);
        }
        first = false;
        auto* tile = new SeverityTile(each);
        tiles_[static_cast<std::size_t>(each)] = tile;
        row->addWidget(tile);
        connect(tile, &QAbstractButton::clicked, this, [this, each] { Q_EMIT chosen(each); });
    }
    row->addStretch(1);
}

// Where the names have no room, shape and tooltip say which it is.
void SeverityStrip::resizeEvent(QResizeEvent* event) {
    Panel::resizeEvent(event);
    int needed = 2 * space::s4;
    for (const SeverityTile* tile : tiles_) needed += tile->wholeWidth() + 2 * space::s2 + 1;
    for (SeverityTile* tile : tiles_) tile->setNamed(needed <= width());
}

void SeverityStrip::setCounts(const std::array<std::size_t, 5>& counts) {
    for (std::size_t i = 0; i < tiles_.size(); ++i) tiles_[i]->setCount(counts[i]);
}

} // namespace gw::ui

#include "ui/inspector/metadata_sections.h"

#include "ui/errors/finding_texts.h"
#include "ui/errors/render.h"
#include "ui/inspector/code_source.h"
#include "ui/inspector/section.h"
#include "ui/style/paint.h"

#include <QDateTime>
#include <QHelpEvent>
#include <QLocale>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace gw::ui {

namespace {

constexpr std::size_t mostEntities = 20, mostEndpoints = 8;
constexpr int nameHeight = 16, barHeight = 8;

QString textOf(std::string_view utf8) { return shownText(utf8); }

QString dayText(UtcTime time) { return QLocale().toString(QDateTime::fromSecsSinceEpoch(time.unixSeconds(), Qt::UTC).date(), QStringLiteral("d MMM yyyy")); }

QString endText(const inspect::KeyEnd& key, UtcTime now) {
    const auto days = std::chrono::duration_cast<std::chrono::days>(key.notAfter - now).count();
    if (key.notAfter <= now) return KeyCalendar::tr("ended %1").arg(dayText(key.notAfter));
    if (days <= 90) return KeyCalendar::tr("ends %1, in %n day(s)", nullptr, static_cast<int>(days)).arg(dayText(key.notAfter));
    return KeyCalendar::tr("ends %1").arg(dayText(key.notAfter));
}

QWidget* entitySection(const inspect::MetadataEntity& entity, std::size_t number) {
    auto* section = new Section(entity.identityProvider ? KeyCalendar::tr("Identity provider") : KeyCalendar::tr("Service provider"),
                                providerName(entity.provider));
    section->setObjectName(QStringLiteral("inspector.entity.%1").arg(number));
    section->addFact(KeyCalendar::tr("Entity ID"), textOf(entity.entityId), true);
    for (std::size_t i = 0; i < std::min(entity.endpoints.size(), mostEndpoints); ++i) {
        const auto& endpoint = entity.endpoints[i];
        section->addFact(KeyCalendar::tr("Endpoint"), textOf(endpoint.service) + QLatin1Char('\n') + textOf(endpoint.binding) + QLatin1Char('\n') + textOf(endpoint.location), true);
    }
    if (entity.endpoints.size() > mostEndpoints)
        section->addText(KeyCalendar::tr("%n more endpoint(s)", nullptr, static_cast<int>(entity.endpoints.size() - mostEndpoints)));
    for (const auto& key : entity.keys) {
        const QString use = key.use == "signing" ? KeyCalendar::tr("Signing key")
                            : key.use == "encryption" ? KeyCalendar::tr("Encryption key")
                                                      : KeyCalendar::tr("Key, any use");
        section->addFact(use, key.certificate ? errors::fingerprintText(key.certificate->fingerprint()) + QLatin1Char('\n') +
                                                    textOf(key.certificate->keyDescription())
                                              : KeyCalendar::tr("could not be read"),
                         key.certificate.has_value());
    }
    if (entity.validUntil) section->addFact(KeyCalendar::tr("Valid until"), dayText(*entity.validUntil));
    for (const auto& format : entity.nameIdFormats) section->addFact(KeyCalendar::tr("NameID format"), textOf(format), true);
    if (entity.wantAuthnRequestsSigned) section->addText(KeyCalendar::tr("Wants requests for sign-in to be signed."));
    return section;
}

} // namespace

std::vector<QWidget*> metadataSections(const inspect::MetadataReport& report, UtcTime now) {
    std::vector<QWidget*> sections;
    if (!report.calendar.empty()) {
        auto* calendar = new Section(KeyCalendar::tr("When keys end"));
        calendar->setObjectName(QStringLiteral("inspector.calendar"));
        calendar->addWidget(new KeyCalendar(report.calendar, now));
        if (report.calendar.size() > KeyCalendar::most)
            calendar->addText(KeyCalendar::tr("%n more key(s)", nullptr, static_cast<int>(report.calendar.size() - KeyCalendar::most)));
        sections.push_back(calendar);
    }
    for (std::size_t i = 0; i < std::min(report.entities.size(), mostEntities); ++i) sections.push_back(entitySection(report.entities[i], i));
    if (report.entityCount > mostEntities) {
        auto* rest = new Section(KeyCalendar::tr("Further entities"), QLocale().toString(static_cast<qulonglong>(report.entityCount - mostEntities)));
        rest->addText(KeyCalendar::tr("They are in the text; Ctrl+F finds them."));
        sections.push_back(rest);
    }
    return sections;
}

KeyCalendar::KeyCalendar(const std::vector<inspect::KeyEnd>& keys, UtcTime now, QWidget* parent) : QWidget(parent), now_(now) {
    using namespace std::chrono_literals;
    setObjectName(QStringLiteral("inspector.calendar.keys"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    QStringList all;
    // From a year ago to where the last key ends, but no further than five years: a key of a century would hide all others.
    from_ = now - std::chrono::hours(24 * 365);
    to_ = now + std::chrono::hours(24 * 180);
    for (std::size_t i = 0; i < std::min(keys.size(), most); ++i) {
        const auto& key = keys[i];
        const QString use = key.use == "encryption" ? tr("Encryption") : tr("Signing");
        Entry entry{tr("%1 %2, %3", "use, fingerprint, when it ends").arg(use, errors::fingerprintText(key.fingerprint).left(9), endText(key, now)),
                    QStringList{textOf(key.entityId), textOf(key.subject), errors::fingerprintText(key.fingerprint),
                                tr("from %1 to %2").arg(dayText(key.notBefore), dayText(key.notAfter)),
                                key.onlySigningKey ? tr("The only signing key: when it ends, nothing of this provider verifies.") : QString()}
                        .join(QLatin1Char('\n')).trimmed(),
                    key.notBefore, key.notAfter, key.onlySigningKey};
        all.append(entry.words);
        to_ = std::max(to_, std::min(key.notAfter, now + std::chrono::hours(24 * 365 * 5)));
        entries_.push_back(std::move(entry));
    }
    setAccessibleName(tr("When keys end: %1").arg(all.join(QStringLiteral("; "))));
}

int KeyCalendar::rowHeight() { return nameHeight + barHeight + 8; }

QSize KeyCalendar::sizeHint() const { return {240, static_cast<int>(entries_.size()) * rowHeight()}; }

void KeyCalendar::paintEvent(QPaintEvent*) {
    using namespace std::chrono_literals;
    const Theme& theme = Theme::of(this);
    QPainter painter(this);
    painter.setFont(theme.font(TextStyle::Small));
    const qreal span = static_cast<qreal>((to_ - from_).count());
    const auto x = [&](UtcTime time) { return std::clamp(static_cast<qreal>((time - from_).count()) / span, 0.0, 1.0) * (width() - 1); };
    int y = 0;
    for (const Entry& entry : entries_) {
        const bool over = entry.end <= now_;
        const bool soon = !over && entry.end - now_ < 24h * 60;
        painter.setPen(theme.color(over ? Color::DeniedText : soon ? Color::ExpiringText : Color::TextPrimary));
        painter.drawText(QRect(0, y, width(), nameHeight), Qt::AlignLeft | Qt::AlignVCenter, painter.fontMetrics().elidedText(entry.words, Qt::ElideRight, width()));
        const QRectF track(0, y + nameHeight + 2, width(), barHeight);
        paintPanel(painter, track, theme.color(Color::BgHover), {}, 2);
        const QRectF bar(x(entry.begin), track.top(), std::max(2.0, x(entry.end) - x(entry.begin)), barHeight);
        paintPanel(painter, bar, theme.color(over ? Color::DeniedMark : soon ? Color::ExpiringMark : entry.begin > now_ ? Color::DependsMark : Color::AllowedMark),
                   {}, 2);
        painter.fillRect(QRectF(x(now_), track.top() - 2, 1, barHeight + 4), theme.color(Color::TextPrimary));
        y += rowHeight();
    }
}

bool KeyCalendar::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const auto at = static_cast<std::size_t>(std::max(0, help->pos().y() / rowHeight()));
    if (at < entries_.size()) QToolTip::showText(help->globalPos(), entries_[at].whole, this);
    return true;
}

} // namespace gw::ui

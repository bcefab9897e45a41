#include "ui/errors/review_texts.h"
#include "ui/errors/utf8.h"
#include "ui/estate/code_lines.h"
#include "ui/review/accept_form.h"
#include "ui/review/finding_words.h"
#include "ui/review/row_panel.h"
#include "ui/review/table_ink.h"
#include "ui/style/fade.h"
#include "ui/style/focus_ring.h"
#include "ui/style/paint.h"

#include <QDateTime>
#include <QHBoxLayout>
#include <QLocale>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>

namespace gw::ui {
namespace {

constexpr int headHeight = 44, openHeight = 36;

// Severity, title, rule; the whole line opens it.
class FindingHead : public QAbstractButton {
public:
    FindingHead(const estate::review::Finding& finding, const QString& title) : finding_(finding) {
        setText(title);
        setCheckable(true);
        setFocusPolicy(Qt::StrongFocus);
        setAttribute(Qt::WA_Hover);
        QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Minimum); // as high as its width asks for
        policy.setHeightForWidth(true);
        setSizePolicy(policy);
        setFocusRingRadius(this, -1);
        setToolTip(title);
    }
    [[nodiscard]] QSize sizeHint() const override { return {200, isChecked() ? openHeight : headHeight}; }
    // Open it says its title whole.
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override {
        if (!isChecked()) return headHeight;
        const QFontMetrics metrics(Theme::of(this).font(TextStyle::Strong));
        const int lines = (metrics.boundingRect(QRect(0, 0, roomIn(width), 1000), int(Qt::TextWordWrap), text()).height() + metrics.height() - 1) / metrics.height();
        return openHeight + std::max(0, lines - 1) * Theme::lineHeight(TextStyle::Strong);
    }

protected:
    void paintEvent(QPaintEvent*) override {
        const Theme& theme = Theme::of(this);
        QPainter painter(this);
        if (isChecked()) {
            painter.fillRect(rect(), theme.color(Color::BgSelected));
            painter.fillRect(QRect(0, 0, 3, height()), theme.color(Color::AccentFill));
        } else if (hover_.level() > 0) {
            painter.fillRect(rect(), blended({}, theme.color(Color::BgHover), hover_.level()));
        }
        if (hasFocus()) paintFocusInside(painter, rect(), radius::tag, theme);
        const bool gone = finding_.suppressed.has_value();
        painter.drawPixmap(space::s4, (isChecked() ? openHeight : 26) / 2 - 8 + (isChecked() ? 0 : 2),
                           iconPixmap(gone ? QStringLiteral("eye-off") : severityIcon(finding_.severity), size::icon,
                                      theme.color(gone ? Color::TextTertiary : severityColor(finding_.severity)), devicePixelRatioF()));
        painter.drawPixmap(width() - space::s4 - size::icon, ((isChecked() ? openHeight : height()) - size::icon) / 2,
                           iconPixmap(isChecked() ? QStringLiteral("chevron-up") : QStringLiteral("chevron-down"), size::icon,
                                      theme.color(Color::TextTertiary), devicePixelRatioF()));
        const int room = roomIn(width());
        painter.setFont(theme.font(isChecked() ? TextStyle::Strong : TextStyle::Body));
        painter.setPen(theme.color(gone ? Color::TextSecondary : Color::TextPrimary));
        if (isChecked()) {
            painter.drawText(QRect(left, 0, room, height()), int(Qt::AlignVCenter | Qt::AlignLeft | Qt::TextWordWrap), text());
            return;
        }
        painter.drawText(QRect(left, 4, room, 20), int(Qt::AlignVCenter | Qt::AlignLeft), painter.fontMetrics().elidedText(text(), Qt::ElideRight, room));
        QFont code = theme.font(TextStyle::Code);
        code.setPixelSize(typeToken().px);
        painter.setFont(code);
        painter.setPen(theme.color(Color::TextTertiary));
        painter.drawText(QRect(left, 23, room, 16), int(Qt::AlignVCenter | Qt::AlignLeft),
                         painter.fontMetrics().elidedText(fromUtf8(finding_.rule->id), Qt::ElideRight, room));
    }

private:
    static constexpr int left = space::s4 + size::icon + space::s2;
    static int roomIn(int width) { return width - left - 2 * space::s4 - size::icon; }
    static TypeToken typeToken() { return type::caption; }
    HoverFade hover_{this};
    const estate::review::Finding& finding_;
};

} // namespace

FindingCard::FindingCard(const estate::review::Finding& finding, int number, QWidget* parent)
    : QWidget(parent), finding_(finding), number_(number) {
    setObjectName(QStringLiteral("review.finding.%1").arg(number));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    const QString title = findingTitle(finding);
    head_ = new FindingHead(finding, title);
    head_->setObjectName(QStringLiteral("review.finding.%1.head").arg(number));
    head_->setAccessibleName(QStringLiteral("%1, %2").arg(title, fromUtf8(policy::lint::severityName(finding.severity))));
    connect(head_, &QAbstractButton::toggled, this, [this](bool open) {
        setOpen(open);
        if (open) Q_EMIT opened();
    });
    column->addWidget(head_);
    column->addWidget(new Divider);
}

void FindingCard::setOpen(bool open) {
    if (open && body_ == nullptr) build();
    if (body_ != nullptr) body_->setVisible(open);
    if (head_->isChecked() != open) head_->setChecked(open);
    head_->updateGeometry();
}

void FindingCard::build() {
    body_ = new QWidget;
    auto* column = new QVBoxLayout(body_);
    column->setContentsMargins(space::s4, space::s3, space::s4, space::s4);
    column->setSpacing(space::s2);
    const auto name = [this](const char* part) { return QStringLiteral("review.finding.%1.%2").arg(number_).arg(QLatin1String(part)); };
    auto* rule = new Text(findingPlace(finding_), TextStyle::Code, Color::TextTertiary);
    rule->setObjectName(name("rule"));
    rule->setWordWrap(true);
    column->addWidget(rule);
    const ReviewText words = explainReview(finding_);
    if (!words.detail.isEmpty()) {
        auto* detail = new Text(words.detail, TextStyle::Body, Color::TextSecondary);
        detail->setObjectName(name("detail"));
        detail->setWordWrap(true);
        column->addWidget(detail);
    }
    if (finding_.suppressed) {
        auto* suppressed = new Text(tr("Suppressed until %1: %2")
                                        .arg(QLocale().toString(QDateTime::fromMSecsSinceEpoch(finding_.suppressed->until.unixMilliseconds()).date(), QLocale::ShortFormat),
                                             fromUtf8(finding_.suppressed->reason)),
                                    TextStyle::Small, Color::TextSecondary);
        suppressed->setObjectName(name("suppressed"));
        suppressed->setWordWrap(true);
        column->addWidget(suppressed);
    }
    auto* fixTitle = new Text(tr("Fix"), TextStyle::Strong);
    column->addWidget(fixTitle);
    if (!words.fix.isEmpty()) {
        auto* fix = new Text(words.fix, TextStyle::Body, Color::TextSecondary);
        fix->setObjectName(name("fix"));
        fix->setWordWrap(true);
        column->addWidget(fix);
    }
    const FixLines lines = fixLines(finding_);
    if (!lines.gone.isEmpty() || !lines.added.isEmpty()) {
        auto* diff = new CodeLines;
        diff->setObjectName(name("diff"));
        diff->setAccessibleName(tr("The difference"));
        diff->setDiff(lines.gone, lines.added);
        column->addWidget(diff);
    }
    auto* foot = new QHBoxLayout;
    foot->setContentsMargins(0, space::s1, 0, 0);
    foot->setSpacing(space::s2);
    auto* copy = new Button(tr("Copy the fix"), QStringLiteral("copy"), ButtonKind::Primary);
    copy->setSize(ButtonSize::Small);
    copy->setObjectName(name("copy"));
    connect(copy, &QPushButton::clicked, this, [this] { copyText(fixText(finding_), false); });
    foot->addWidget(copy);
    auto* explain = new Button(tr("Explain"), {}, ButtonKind::Default);
    explain->setSize(ButtonSize::Small);
    explain->setObjectName(name("explain"));
    connect(explain, &QPushButton::clicked, this, &FindingCard::explainWanted);
    foot->addWidget(explain);
    foot->addStretch(1);
    column->addLayout(foot);
    if (!finding_.suppressed) {
        auto* suppress = new Button(tr("Suppress…"), {}, ButtonKind::Ghost);
        suppress->setSize(ButtonSize::Small);
        suppress->setObjectName(name("suppress"));
        foot->addWidget(suppress);
        auto* form = new AcceptForm(QStringLiteral("review.finding.%1").arg(number_), QStringLiteral("suppress-now"), tr("Suppress"));
        form->hide();
        column->addWidget(form);
        connect(form, &AcceptForm::given, this, &FindingCard::suppressWanted);
        connect(suppress, &QPushButton::clicked, this, [form, suppress] {
            suppress->hide();
            form->open();
        });
    }
    static_cast<QVBoxLayout*>(layout())->insertWidget(1, body_);
}

} // namespace gw::ui

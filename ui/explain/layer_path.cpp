#include "ui/explain/layer_path.h"

#include "ui/style/focus_ring.h"
#include "ui/style/paint.h"
#include "ui/widgets/widgets.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>
#include <QVBoxLayout>

namespace gw::ui {
namespace {

constexpr int markColumn = 44, markRadius = 13, ringRadius = 16, headerHeight = 32, markCentre = 16, chevronRoom = 24;

} // namespace

LineTone toneOf(const StatementView& statement, LayerMark mark) {
    if (statement.report->applies == policy::Truth::Unknown) return LineTone::Depends;
    if (statement.report->applies == policy::Truth::True)
        return statement.report->ref.get().effect() == policy::Effect::Deny ? LineTone::Denied : LineTone::Allowed;
    return mark == LayerMark::NoAllow ? LineTone::Denied : LineTone::Plain;
}

LayerHeader::LayerHeader(QWidget* parent) : QAbstractButton(parent) {
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setAttribute(Qt::WA_Hover);
    setFocusRingRadius(this, radius::control);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void LayerHeader::set(const LayerView& layer) {
    icon_ = iconOf(layer.layer);
    title_ = layer.title;
    document_ = layer.document;
    word_ = layer.word;
    mark_ = layer.mark;
    setObjectName(QStringLiteral("explain.layer.%1").arg(QString::fromLatin1(policy::layerName(layer.layer).data())));
    setAccessibleName(tr("%1: %2", "layer, what it says").arg(title_, word_));
    setAccessibleDescription(QStringLiteral("%1. %2").arg(document_, layer.sentence));
    update();
}

void LayerHeader::setOpen(bool open) {
    open_ = open;
    setToolTip(open ? tr("Close") : tr("Show its statements"));
    update();
}

QSize LayerHeader::sizeHint() const {
    return {320, headerHeight};
}
QSize LayerHeader::minimumSizeHint() const {
    return {160, headerHeight};
}

void LayerHeader::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::of(this);
    QPainter painter(this);
    if (underMouse() || isDown())
        paintPanel(painter, rect(), theme.color(isDown() ? Color::BgPressed : Color::BgHover), {}, radius::control);
    const MarkLook look = lookOf(mark_);
    const bool quiet = mark_ == LayerMark::NotReached || mark_ == LayerMark::NoSay;
    int x = space::s1;
    painter.drawPixmap(
        x, (height() - size::icon) / 2,
        iconPixmap(icon_, size::icon, theme.color(quiet ? Color::TextTertiary : Color::TextSecondary), devicePixelRatioF()));
    x += size::icon + space::s2;
    int right = width() - space::s1;
    painter.drawPixmap(right - size::icon, (height() - size::icon) / 2,
                       iconPixmap(open_ ? QStringLiteral("chevron-up") : QStringLiteral("chevron-down"), size::icon,
                                  theme.color(Color::TextTertiary), devicePixelRatioF()));
    right -= chevronRoom;
    const auto write = [&](const QString& words, TextStyle style, Color ink, int from, int to, Qt::Alignment alignment) {
        painter.setFont(theme.font(style));
        painter.setPen(theme.color(ink));
        const QFontMetrics metrics(painter.font());
        painter.drawText(QRect(from, 0, to - from, height()), int(alignment | Qt::AlignVCenter),
                         metrics.elidedText(words, Qt::ElideRight, to - from));
        return std::min(metrics.horizontalAdvance(words), to - from);
    };
    const int wordWidth = QFontMetrics(theme.font(TextStyle::Strong)).horizontalAdvance(word_) + 1;
    write(word_, TextStyle::Strong, look.text, right - wordWidth, right, Qt::AlignRight);
    right -= wordWidth + space::s3;
    x += write(title_, TextStyle::Strong, quiet ? Color::TextSecondary : Color::TextPrimary, x, std::max(x, right),
               Qt::AlignLeft) +
         space::s2;
    if (right - x > 40) write(document_, TextStyle::Body, Color::TextSecondary, x, right, Qt::AlignLeft);
}

void LayerHeader::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) return click();
    if ((event->key() == Qt::Key_Right && !open_) || (event->key() == Qt::Key_Left && open_)) return click();
    QAbstractButton::keyPressEvent(event);
}

bool LayerHeader::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        QToolTip::showText(static_cast<QHelpEvent*>(event)->globalPos(),
                           QStringLiteral("%1, %2").arg(title_, document_), this);
        return true;
    }
    return QAbstractButton::event(event);
}

LayerRow::LayerRow(const ExplainedPtr& answer, const LayerView& layer, bool last, QWidget* parent)
    : QWidget(parent), answer_(answer), layer_(layer), last_(last) {
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(markColumn, 0, 0, space::s2);
    outer->setSpacing(0);
    header_ = new LayerHeader(this);
    header_->set(layer);
    outer->addWidget(header_);
    sentence_ = new Text(layer.sentence, TextStyle::Small, Color::TextSecondary);
    sentence_->setWordWrap(true);
    sentence_->setContentsMargins(space::s1 + size::icon + space::s2, 0, space::s6, 0);
    outer->addWidget(sentence_);
    details_ = new QWidget;
    column_ = new QVBoxLayout(details_);
    column_->setContentsMargins(space::s1 + size::icon + space::s2, space::s1, 0, space::s1);
    column_->setSpacing(space::s1);
    details_->hide();
    outer->addWidget(details_);
    connect(header_, &QAbstractButton::clicked, this, [this] {
        setOpen(!open_);
        Q_EMIT toggled(open_);
    });
    setOpen(false);
}

void LayerRow::setOpen(bool open) {
    open_ = open;
    if (open && !filled_) fill();
    header_->setOpen(open);
    details_->setVisible(open);
    // Opened, every statement says it for itself.
    sentence_->setVisible(!open || layer_.statements.empty());
    updateGeometry();
}

void LayerRow::fill() {
    filled_ = true;
    std::map<const policy::CompiledPolicy*, DocumentText> documents;
    int number = 0;
    for (const StatementView& one : layer_.statements) {
        const auto& ref = one.report->ref;
        const DocumentText& document = documents.try_emplace(ref.policy.get(), ref.policy).first->second;
        auto* link =
            new LinkLabel(one.place.isEmpty() ? one.name : tr("%1, %2", "policy, where it is attached").arg(one.name, one.place));
        link->setObjectName(QStringLiteral("%1.statement.%2").arg(header_->objectName()).arg(++number));
        link->setAccessibleName(tr("Open %1", "policy, statement 2").arg(one.name));
        link->setToolTip(tr("Open the whole document here"));
        if (number > 1) column_->addSpacing(space::s2);
        column_->addWidget(link);
        if (const auto lines = document.linesOfStatement(ref.statement)) {
            auto* code = new CodeLines;
            code->setExcerpt(document.lines(), *lines, document.decidingLines(*one.report, answer_->explanation.answer.action),
                             toneOf(one, layer_.mark));
            code->setClickable(true);
            connect(code, &CodeLines::clicked, link, &QAbstractButton::click);
            column_->addWidget(code);
        }
        auto* why = new Text(one.why, TextStyle::Small, Color::TextSecondary);
        why->setWordWrap(true);
        column_->addWidget(why);
        connect(link, &QAbstractButton::clicked, this, [this, report = one.report] { Q_EMIT statementWanted(report); });
    }
    if (layer_.others > 0 && !layer_.statements.empty()) {
        auto* more = new Text(tr("%n other statement(s) are further from it.", nullptr, static_cast<int>(layer_.others)),
                              TextStyle::Small, Color::TextTertiary);
        column_->addWidget(more);
    }
}

void LayerRow::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::of(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const MarkLook look = lookOf(layer_.mark);
    const QPointF centre(ringRadius + 1, markCentre);
    const qreal around = layer_.decides ? ringRadius : markRadius;
    if (!last_) {
        const bool passes = layer_.mark == LayerMark::Passes;
        painter.setPen(QPen(theme.color(passes ? Color::AllowedMark : Color::BorderStrong), 2));
        painter.drawLine(QPointF(centre.x(), centre.y() + around + 2), QPointF(centre.x(), height()));
    }
    if (y() > 0) {
        painter.setPen(QPen(theme.color(Color::BorderStrong), 2));
        if (centre.y() - around - 2 > 0.5) painter.drawLine(QPointF(centre.x(), 0), QPointF(centre.x(), centre.y() - around - 2));
    }
    painter.setBrush(theme.color(look.tint));
    painter.setPen(layer_.decides ? QPen(theme.color(look.line), 2) : Qt::NoPen);
    painter.drawEllipse(centre, around - 1, around - 1);
    const QPixmap mark = iconPixmap(look.icon, size::icon, theme.color(look.text), devicePixelRatioF());
    painter.drawPixmap(QPointF(centre.x() - size::icon / 2.0, centre.y() - size::icon / 2.0), mark);
}

LayerPath::LayerPath(QWidget* parent) : QWidget(parent), column_(new QVBoxLayout(this)) {
    column_->setContentsMargins(0, 0, 0, 0);
    column_->setSpacing(0);
    setObjectName(QStringLiteral("explain.path"));
    setAccessibleName(tr("The layers, in the order in which AWS looks at them"));
}

void LayerPath::show(const ExplainedPtr& answer, bool sameQuestion) {
    if (!sameQuestion) chosen_.clear();
    policy::Layer focused{};
    bool hadFocus = false;
    for (LayerRow* row : rows_) {
        if (row->header()->hasFocus()) {
            hadFocus = true;
            focused = static_cast<policy::Layer>(row->property("gw.layer").toInt());
        }
        row->hide();
        row->deleteLater();
    }
    rows_.clear();
    const std::vector<LayerView> views = layerViews(*answer);
    for (const LayerView& view : views) {
        auto* row = new LayerRow(answer, view, &view == &views.back(), this);
        row->setProperty("gw.layer", static_cast<int>(view.layer));
        const auto chosen = chosen_.find(view.layer);
        row->setOpen(chosen != chosen_.end() ? chosen->second : view.decides);
        connect(row, &LayerRow::toggled, this, [this, layer = view.layer](bool open) { chosen_[layer] = open; });
        connect(row, &LayerRow::statementWanted, this, &LayerPath::statementWanted);
        column_->addWidget(row);
        row->show();
        rows_.push_back(row);
        if (hadFocus && view.layer == focused) row->header()->setFocus();
    }
}

} // namespace gw::ui

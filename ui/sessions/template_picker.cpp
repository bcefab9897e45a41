#include "ui/sessions/template_picker.h"

#include "models/sessions/providers/templates.h"
#include "ui/style/focus_ring.h"
#include "ui/style/paint.h"

#include <QButtonGroup>
#include <QGridLayout>
#include <QPainter>

namespace gw::ui {

namespace {

constexpr int columns = 4;
constexpr int tileHeight = 40;

} // namespace

TemplateTile::TemplateTile(const QString& name, QWidget* parent) : QAbstractButton(parent) {
    setText(name);
    setAccessibleName(name);
    setCheckable(true);
    setFocusPolicy(Qt::StrongFocus);
    setFocusRingRadius(this, 6);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

QSize TemplateTile::sizeHint() const {
    const int words = QFontMetrics(Theme::of(this).font(TextStyle::Strong)).horizontalAdvance(text());
    return {words + 2 * space::s3 + size::icon + space::s2, tileHeight};
}

void TemplateTile::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const Theme& theme = Theme::of(this);
    const bool on = isChecked();
    const QColor fill = on ? theme.color(Color::AccentTint) : blended(theme.color(Color::BgSurface), theme.color(Color::BgHover), hover_.level());
    paintPanel(painter, rect(), fill, theme.color(on ? Color::AccentFill : Color::BorderDefault), radius::control, on ? 2 : 1);
    const QColor ink = theme.color(on ? Color::AccentText : Color::TextSecondary);
    painter.drawPixmap(space::s3, (height() - size::icon) / 2,
                       iconPixmap(on ? QStringLiteral("check") : QStringLiteral("provider"), size::icon, ink, devicePixelRatioF()));
    painter.setFont(theme.font(on ? TextStyle::Strong : TextStyle::Body));
    painter.setPen(theme.color(on ? Color::AccentText : Color::TextPrimary));
    const QRect words = rect().adjusted(space::s3 + size::icon + space::s2, 0, -space::s2, 0);
    painter.drawText(words, Qt::AlignVCenter | Qt::AlignLeft, QFontMetrics(painter.font()).elidedText(text(), Qt::ElideRight, words.width()));
}

TemplatePicker::TemplatePicker(QWidget* parent) : QWidget(parent) {
    setAccessibleName(tr("Product"));
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(space::s2);
    auto* group = new QButtonGroup(this);
    int index = 0;
    for (const auto& from : sessions::providerTemplates()) {
        const std::string kind(from.kind);
        auto* tile = new TemplateTile(QString::fromUtf8(from.productName.data(), static_cast<qsizetype>(from.productName.size())));
        tile->setObjectName(QStringLiteral("assistant.kind.") + QString::fromStdString(kind));
        group->addButton(tile, index);
        grid->addWidget(tile, index / columns, index % columns);
        tiles_.emplace_back(kind, tile);
        ++index;
    }
    for (int i = 0; i < columns; ++i) grid->setColumnStretch(i, 1);
    connect(group, &QButtonGroup::idClicked, this, [this](int id) {
        current_ = tiles_[static_cast<std::size_t>(id)].first;
        Q_EMIT chosen(current_);
    });
}

void TemplatePicker::setCurrent(const std::string& kind) {
    current_ = kind;
    for (const auto& [name, tile] : tiles_)
        if (name == kind) tile->setChecked(true);
}

} // namespace gw::ui

#include "ui/style/theme.h"

#include "ui/style/focus_ring.h"
#include "ui/style/fonts.h"
#include "ui/style/style.h"

#include <QApplication>
#include <QEvent>
#include <QPalette>
#include <QPointer>
#include <QStyleHints>
#include <QToolTip>
#include <QVariant>

namespace gw::ui {
namespace {

// The sign-in plugin carries its own copy of this library: the pointer travels through the application object, which
// both copies share.
constexpr const char* instanceProperty = "gw.theme";
// Guarded: the copy in the sign-in plugin outlives a theme of which only the program's own copy hears.
QPointer<Theme> instance;

QPalette paletteOf(const Theme& theme) {
    const auto color = [&theme](Color token) { return theme.color(token); };
    QPalette palette;
    palette.setColor(QPalette::Window, color(Color::BgSurface));
    palette.setColor(QPalette::WindowText, color(Color::TextPrimary));
    palette.setColor(QPalette::Base, color(Color::BgSurface));
    palette.setColor(QPalette::AlternateBase, color(Color::BgSunken));
    palette.setColor(QPalette::Text, color(Color::TextPrimary));
    palette.setColor(QPalette::BrightText, color(Color::AccentOn));
    palette.setColor(QPalette::Button, color(Color::BgSurface));
    palette.setColor(QPalette::ButtonText, color(Color::TextPrimary));
    palette.setColor(QPalette::ToolTipBase, color(Color::BgPopup));
    palette.setColor(QPalette::ToolTipText, color(Color::TextPrimary));
    palette.setColor(QPalette::PlaceholderText, color(Color::TextTertiary));
    palette.setColor(QPalette::Link, color(Color::AccentText));
    palette.setColor(QPalette::LinkVisited, color(Color::AccentText));
    palette.setColor(QPalette::Highlight, color(Color::BgSelected));
    palette.setColor(QPalette::HighlightedText, color(Color::TextPrimary));
    palette.setColor(QPalette::Light, color(Color::BgSurface));
    palette.setColor(QPalette::Midlight, color(Color::BorderSubtle));
    palette.setColor(QPalette::Mid, color(Color::BorderDefault));
    palette.setColor(QPalette::Dark, color(Color::BorderStrong));
    palette.setColor(QPalette::Shadow, color(Color::BorderStrong));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText}) {
        palette.setColor(QPalette::Disabled, role, color(Color::TextDisabled));
    }
    palette.setColor(QPalette::Disabled, QPalette::Base, color(Color::BgSunken));
    palette.setColor(QPalette::Inactive, QPalette::Highlight, color(Color::BgSelectedInactive));
    return palette;
}

} // namespace

Theme::Theme(QApplication& application) : application_(application), preference_(QStringLiteral("system")) {
    instance = this;
    application.setProperty(instanceProperty, QVariant::fromValue(static_cast<void*>(this)));
    reducedMotion_ = qEnvironmentVariableIntValue("GATEWARDEN_REDUCED_MOTION") == 1;
    readSystemScheme();
    scheme_ = wantedScheme();
    QApplication::setStyle(new Style(*this));
    apply();
    new FocusRing(application, this);
#if QT_VERSION < QT_VERSION_CHECK(6, 5, 0)
    application.installEventFilter(this);
#else
    connect(QGuiApplication::styleHints(), &QStyleHints::colorSchemeChanged, this, [this] {
        readSystemScheme();
        apply();
    });
#endif
}

Theme::~Theme() {
    application_.setProperty(instanceProperty, {});
    instance = nullptr;
}

Theme& Theme::of(const QWidget*) {
    if (instance == nullptr) {
        instance = static_cast<Theme*>(qApp->property(instanceProperty).value<void*>());
    }
    return *instance;
}

QColor Theme::color(Color token) const {
    const auto& palette = scheme_ == Scheme::Dark ? darkPalette : lightPalette;
    return QColor::fromRgb(palette[static_cast<std::size_t>(token)]);
}

QFont Theme::font(TextStyle style) const {
    return themedFont(style);
}

int Theme::lineHeight(TextStyle style) {
    return typeToken(style).line;
}

void Theme::setPreference(const QString& preference) {
    preference_ = preference;
    if (wantedScheme() != scheme_) apply();
}

Scheme Theme::wantedScheme() const {
    const QString forced = qEnvironmentVariable("GATEWARDEN_THEME");
    const QString& wanted = forced.isEmpty() ? preference_ : forced;
    if (wanted == QLatin1String("light")) return Scheme::Light;
    if (wanted == QLatin1String("dark")) return Scheme::Dark;
    return systemScheme_;
}

void Theme::readSystemScheme() {
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    if (QGuiApplication::styleHints()->colorScheme() != Qt::ColorScheme::Unknown) {
        systemScheme_ = QGuiApplication::styleHints()->colorScheme() == Qt::ColorScheme::Dark ? Scheme::Dark : Scheme::Light;
        return;
    }
#endif
    systemScheme_ = QGuiApplication::palette().color(QPalette::Window).lightness() < 128 ? Scheme::Dark : Scheme::Light;
}

void Theme::apply() {
    applying_ = true;
    scheme_ = wantedScheme();
    const QPalette palette = paletteOf(*this);
    QApplication::setPalette(palette);
    QToolTip::setPalette(palette);
    QApplication::setFont(font(TextStyle::Body));
    QToolTip::setFont(font(TextStyle::Small));
    QApplication::setFont(buttonFont(), "QPushButton");
    QApplication::setFont(font(TextStyle::Caption), "QHeaderView");
    QApplication::setFont(font(TextStyle::Body), "QMenu");
    applying_ = false;
    Q_EMIT changed();
    // What is drawn from tokens alone does not hear of a palette.
    for (QWidget* widget : QApplication::allWidgets()) widget->update();
}

bool Theme::eventFilter(QObject* watched, QEvent* event) {
#if QT_VERSION < QT_VERSION_CHECK(6, 5, 0)
    // Before 6.5 the system's choice shows only in its palette, which ours hides: look below it for a moment.
    if (event->type() == QEvent::ThemeChange && watched->isWindowType() && !applying_) {
        applying_ = true;
        QApplication::setPalette(QPalette());
        readSystemScheme();
        apply();
    }
#endif
    return QObject::eventFilter(watched, event);
}

} // namespace gw::ui

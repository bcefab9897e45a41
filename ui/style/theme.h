// The design tokens at run time: colours of the current palette, fonts, sizes, icons. Colours and sizes come from
// resources/look/tokens.json through the generated tokens.h and from nowhere else.
#pragma once

#include "ui/style/tokens.h" // generated: enum class Color, namespace gw::ui::size, space, radius, motion …

#include <QColor>
#include <QFont>
#include <QIcon>
#include <QObject>
#include <QPixmap>

class QApplication;

namespace gw::ui {

enum class Scheme { Light, Dark };
enum class TextStyle { Caption, Small, Body, Strong, Title, Heading, Numeral, Code };

// One per application, made by the composition before the first widget and handed to whoever paints.
class Theme : public QObject {
    Q_OBJECT
public:
    explicit Theme(QApplication& application);
    ~Theme() override;

    // "system", "light" or "dark". The environment variable GATEWARDEN_THEME wins over it.
    void setPreference(const QString& preference);
    [[nodiscard]] Scheme scheme() const { return scheme_; }
    // Off unless told, or GATEWARDEN_REDUCED_MOTION is 1.
    void setReducedMotion(bool reduced) { reducedMotion_ = reduced; }
    [[nodiscard]] bool reducedMotion() const { return reducedMotion_; }
    // Milliseconds; 0 with reduced motion.
    [[nodiscard]] int motion(int milliseconds) const { return reducedMotion_ ? 0 : milliseconds; }

    [[nodiscard]] QColor color(Color token) const;
    [[nodiscard]] QFont font(TextStyle style) const;
    // The height of a line of text in pixels.
    [[nodiscard]] static int lineHeight(TextStyle style);

    // The application's theme, for widgets: set by the constructor. Never null while a Theme lives.
    [[nodiscard]] static Theme& of(const QWidget* widget);

Q_SIGNALS:
    void changed();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    [[nodiscard]] Scheme wantedScheme() const;
    void readSystemScheme();
    void apply();
    QApplication& application_;
    QString preference_;
    Scheme scheme_ = Scheme::Light;
    Scheme systemScheme_ = Scheme::Light;
    bool reducedMotion_ = false;
    bool applying_ = false;
};

// An icon of resources/icons by its file name without ".svg", drawn in the given token's colour, crisp at any ratio.
// `size` is in device-independent pixels. An unknown name gives an empty pixmap.
[[nodiscard]] QPixmap iconPixmap(const QString& name, int size, const QColor& color, qreal devicePixelRatio);
// For buttons and actions: follows the theme.
[[nodiscard]] QIcon icon(const QString& name, Color token = Color::TextSecondary);
// The program's own mark, in its own colours.
[[nodiscard]] QIcon applicationIcon();

} // namespace gw::ui

#include "ui/style/fonts.h"

#include <QFontDatabase>
#include <QStringList>

#include <array>

namespace gw::ui {
namespace {

struct Family {
    QString name;
    bool mediumWeights = false; // has 500 and 600, not only 400 and 700
};

Family resolve(const QString& preferred, QFontDatabase::SystemFont platform, const QStringList& fallbacks) {
    const auto firstInstalled = [](const QStringList& names) {
        for (const QString& name : names) {
            if (QFontDatabase::hasFamily(name)) return name;
        }
        return QString();
    };
    QString name = firstInstalled({preferred});
    if (name.isEmpty()) name = QFontDatabase::systemFont(platform).family();
    if (!QFontDatabase::hasFamily(name)) name = firstInstalled(fallbacks);
    const QStringList styles = QFontDatabase::styles(name);
    const bool medium = styles.contains(QLatin1String("Medium"));
    const bool semiBold = styles.contains(QLatin1String("SemiBold")) || styles.contains(QLatin1String("Semi Bold")) ||
                          styles.contains(QLatin1String("DemiBold"));
    return {name, medium && semiBold};
}

const Family& uiFamily() {
    static const Family family = resolve(QStringLiteral("Inter"), QFontDatabase::GeneralFont,
                                         {QStringLiteral("Noto Sans"), QStringLiteral("Cantarell"),
                                          QStringLiteral("Liberation Sans"), QStringLiteral("DejaVu Sans")});
    return family;
}

const Family& monoFamily() {
    static const Family family =
        resolve(QStringLiteral("JetBrains Mono"), QFontDatabase::FixedFont,
                {QStringLiteral("Noto Sans Mono"), QStringLiteral("Liberation Mono"), QStringLiteral("DejaVu Sans Mono")});
    return family;
}

} // namespace

TypeToken typeToken(TextStyle style) {
    static constexpr std::array<TypeToken, 8> tokens{type::caption, type::small,   type::body,    type::strong,
                                                     type::title,   type::heading, type::numeral, type::code};
    return tokens[static_cast<std::size_t>(style)];
}

QFont themedFont(TextStyle style) {
    const TypeToken token = typeToken(style);
    const Family& family = style == TextStyle::Code ? monoFamily() : uiFamily();
    QFont font(family.name);
    font.setPixelSize(token.px);
    const int weight = family.mediumWeights ? token.weight : token.weight >= 600 ? 700 : 400;
    font.setWeight(static_cast<QFont::Weight>(weight));
    if (style == TextStyle::Code) {
        font.setStyleHint(QFont::Monospace);
        font.setFixedPitch(true);
        // Ligatures would join the "--" of options and the "->" of paths, which people compare letter by letter.
        font.setStyleStrategy(QFont::PreferNoShaping);
    }
    return font;
}

QFont buttonFont() {
    QFont font = themedFont(TextStyle::Body);
    font.setWeight(themedFont(TextStyle::Caption).weight());
    return font;
}

} // namespace gw::ui

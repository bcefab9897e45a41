#include "app/composition/translations.h"

#include <QCoreApplication>
#include <QLocale>

namespace gw::app {

Translations::Translations() {
    const QString folder = QStringLiteral(":/i18n");
    if (translator_.load(QLocale(), QStringLiteral("gatewarden"), QStringLiteral("_"), folder) ||
        translator_.load(QStringLiteral("gatewarden_en"), folder))
        QCoreApplication::installTranslator(&translator_);
}

Translations::~Translations() {
    QCoreApplication::removeTranslator(&translator_);
}

} // namespace gw::app

// The words of the person's language, for as long as this object lives. Must be made before the first widget. English
// has a file too: it holds the plural forms.
#pragma once

#include <QTranslator>

namespace gw::app {

class Translations {
public:
    Translations();
    ~Translations();
    Translations(const Translations&) = delete;
    Translations& operator=(const Translations&) = delete;

private:
    QTranslator translator_;
};

} // namespace gw::app

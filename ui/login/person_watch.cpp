#include "ui/login/person_watch.h"

#include "ui/login/capture_scripts.h"
#include "ui/login/login_browser.h"

#include <QPointer>
#include <QWebEngineScript>

#include <chrono>

namespace gw::ui {
namespace {

using namespace std::chrono_literals;

constexpr auto patience = 3s;
// Pages that post themselves do so at once; one look before that would take their hidden forms for a question.
constexpr auto firstLook = 400ms;

} // namespace

PersonWatch::PersonWatch(LoginBrowser& browser, QObject* parent) : QObject(parent), browser_(browser) {
    look_.setInterval(firstLook);
    connect(&look_, &QTimer::timeout, this, &PersonWatch::look);
    patience_.setSingleShot(true);
    patience_.setInterval(patience);
    connect(&patience_, &QTimer::timeout, this, &PersonWatch::tell);
    connect(&browser, &LoginBrowser::pageOpened, this, &PersonWatch::watch);
    connect(&browser, &LoginBrowser::captured, this, &PersonWatch::stop);
    connect(&browser, &LoginBrowser::failed, this, &PersonWatch::stop);
    connect(&browser, &LoginBrowser::credentialsWanted, this, &PersonWatch::tell);
    connect(&browser, &LoginBrowser::clientCertificateWanted, this, &PersonWatch::tell);
    connect(&browser, &LoginBrowser::refused, this, &PersonWatch::tell);
    for (auto* page : browser.pages()) watch(page);
}

void PersonWatch::watch(LoginPage* page) {
    connect(page, &QWebEnginePage::loadStarted, this, [this] {
        look_.stop();
        patience_.stop();
    });
    connect(page, &QWebEnginePage::loadFinished, this, [this](bool) {
        if (told_) return;
        look_.start();
        patience_.start();
    });
}

void PersonWatch::stop() {
    told_ = true;
    look_.stop();
    patience_.stop();
}

void PersonWatch::look() {
    auto* page = browser_.currentPage();
    if (page == nullptr) return;
    page->runJavaScript(waitsForInputScript(), QWebEngineScript::ApplicationWorld,
                        [self = QPointer<PersonWatch>(this)](const QVariant& waits) {
                            if (self && self->look_.isActive() && waits.toBool()) self->tell();
                        });
}

void PersonWatch::tell() {
    if (told_) return;
    stop();
    Q_EMIT personNeeded();
}

} // namespace gw::ui

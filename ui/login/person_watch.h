// Off screen: tells when a sign-in will not finish by itself.
#pragma once

#include <QObject>
#include <QTimer>

namespace gw::ui {

class LoginBrowser;
class LoginPage;

class PersonWatch : public QObject {
    Q_OBJECT
public:
    // `browser` must outlive the watch.
    explicit PersonWatch(LoginBrowser& browser, QObject* parent = nullptr);
    void stop();

Q_SIGNALS:
    // Once: a page shows a field for input, or stayed loaded for three seconds without going on, or a server, a proxy or
    // a device asks for what only a person has.
    void personNeeded();

private:
    void watch(LoginPage* page);
    void look();
    void tell();

    LoginBrowser& browser_;
    QTimer look_;
    QTimer patience_;
    bool told_ = false;
};

} // namespace gw::ui

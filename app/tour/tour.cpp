#include "app/tour/tour.h"

#include <QAbstractButton>
#include <QApplication>
#include <QDir>
#include <QScreen>
#include <QTest>
#include <QWidget>
#include <QWindow>

#include <cstdio>

namespace gw::tour {
namespace {

// A picture waits this long after its step, so that animations and the page's paint have ended.
constexpr int settleMs = 450;

QWidget* topmostWindow() {
    if (QWidget* active = QApplication::activeWindow()) return active;
    QWidget* last = nullptr;
    const auto windows = QApplication::topLevelWidgets();
    for (QWidget* window : windows)
        if (window->isVisible() && window->isWindow() && (last == nullptr || window->width() > last->width())) last = window;
    return last;
}

} // namespace

Tour::Tour(QString folder, QObject* parent) : QObject(parent), folder_(std::move(folder)) {
    QDir().mkpath(folder_);
    poll_.setInterval(30);
    connect(&poll_, &QTimer::timeout, this, &Tour::poll);
}

void Tour::start() {
    at_ = 0;
    next();
}

void Tour::next() {
    if (at_ == steps_.size()) {
        std::printf("The tour held: %zu steps, %d pictures in %s\n", steps_.size(), pictures_, qPrintable(folder_));
        std::fflush(stdout);
        Q_EMIT finished(true);
        return;
    }
    sinceStep_.start();
    const Step& step = steps_[at_];
    if (step.act) {
        if (const QString problem = step.act(); !problem.isEmpty()) {
            end(problem);
            return;
        }
    }
    poll_.start();
}

void Tour::poll() {
    const Step& step = steps_[at_];
    const QString problem = step.until ? step.until() : QString();
    if (problem.isEmpty()) {
        poll_.stop();
        if (step.picture.isEmpty())
            held();
        else
            QTimer::singleShot(settleMs, this, &Tour::held);
    } else if (sinceStep_.elapsed() > step.timeoutMs) {
        end(problem);
    }
}

void Tour::held() {
    const Step& step = steps_[at_];
    if (!step.picture.isEmpty()) takePicture(step.picture);
    std::printf("ok   %2zu  %s\n", at_ + 1, qPrintable(step.name));
    std::fflush(stdout);
    ++at_;
    QTimer::singleShot(0, this, &Tour::next);
}

void Tour::end(const QString& problem) {
    poll_.stop();
    takePicture(QStringLiteral("failed"));
    std::printf("FAIL %2zu  %s: %s\n", at_ + 1, qPrintable(steps_[at_].name), qPrintable(problem));
    std::fflush(stdout);
    Q_EMIT finished(false);
}

void Tour::takePicture(const QString& name) {
    QWidget* window = topmostWindow();
    if (window == nullptr) return;
    // A grab from the screen holds what the web engine painted; a widget grab does where no screen may be read.
    QPixmap picture;
    if (QGuiApplication::platformName() == QLatin1String("xcb")) {
        QWidget* shown = window->parentWidget() != nullptr ? window->parentWidget()->window() : window;
        picture = window->screen()->grabWindow(0, shown->x(), shown->y(), shown->width(), shown->height());
    }
    if (picture.isNull()) picture = window->grab();
    ++pictures_;
    picture.save(QStringLiteral("%1/%2-%3.png").arg(folder_).arg(pictures_, 2, 10, QLatin1Char('0')).arg(name));
}

QWidget* visible(const QString& objectName) {
    const auto windows = QApplication::topLevelWidgets();
    for (QWidget* window : windows) {
        if (!window->isVisible()) continue;
        if (window->objectName() == objectName) return window;
        const auto found = window->findChildren<QWidget*>(objectName);
        for (QWidget* widget : found)
            if (widget->isVisible()) return widget;
    }
    return nullptr;
}

QString click(const QString& objectName) {
    QWidget* widget = visible(objectName);
    if (widget == nullptr) return QStringLiteral("%1 is not to be seen").arg(objectName);
    if (!widget->isEnabled()) return QStringLiteral("%1 cannot be clicked").arg(objectName);
    QTest::mouseClick(widget, Qt::LeftButton, Qt::NoModifier, widget->rect().center());
    return {};
}

QString type(const QString& objectName, const QString& text) {
    QWidget* widget = visible(objectName);
    if (widget == nullptr) return QStringLiteral("%1 is not to be seen").arg(objectName);
    if (!widget->hasFocus()) QTest::mouseClick(widget, Qt::LeftButton, Qt::NoModifier, widget->rect().center());
    QTest::keyClicks(widget, text);
    return {};
}

QString press(QWidget* widget, int key, Qt::KeyboardModifiers modifiers) {
    if (widget == nullptr) return QStringLiteral("nothing has the focus");
    QTest::keyClick(widget, static_cast<Qt::Key>(key), modifiers);
    return {};
}

Check sees(const QString& objectName) {
    return [objectName] { return visible(objectName) != nullptr ? QString() : QStringLiteral("%1 did not appear").arg(objectName); };
}

Check seesNot(const QString& objectName) {
    return [objectName] { return visible(objectName) == nullptr ? QString() : QStringLiteral("%1 did not go").arg(objectName); };
}

} // namespace gw::tour

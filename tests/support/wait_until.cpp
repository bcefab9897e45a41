#include "tests/support/wait_until.h"

#include <QEventLoop>
#include <QTimer>

namespace gw::test {

bool waitUntil(const std::function<bool()>& holds, int milliseconds) {
    QEventLoop loop;
    QTimer poll;
    QObject::connect(&poll, &QTimer::timeout, &loop, [&] {
        if (holds()) loop.quit();
    });
    poll.start(2);
    QTimer::singleShot(milliseconds, &loop, &QEventLoop::quit);
    if (!holds()) loop.exec();
    return holds();
}

} // namespace gw::test

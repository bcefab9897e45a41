// Waits with an event loop of its own: QTest::qWaitFor sleeps between its rounds, which holds the web engine's threads up
// thirtyfold.
#pragma once

#include <functional>

namespace gw::test {

// Runs the event loop until `holds` does; false when that took too long. It is asked every two milliseconds.
bool waitUntil(const std::function<bool()>& holds, int milliseconds = 20'000);

} // namespace gw::test

// SIGTERM, SIGINT and SIGHUP end the program as "Quit" does.
#pragma once

namespace gw::app {

// Once, after the application object was made.
void quitOnSignals();

} // namespace gw::app

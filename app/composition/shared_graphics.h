// The OpenGL context that the web engine shares with the windows. Qt would make it with the application object when
// Qt::AA_ShareOpenGLContexts is set before that; with a software renderer that costs every start some 30 MiB and 30 ms,
// for a login that may never come. So it is made with the first sign-in.
#pragma once

namespace gw::app {

// Once, on the GUI thread, before the sign-in plugin is loaded. Leaves a context alone that is there already.
void shareGraphics();

} // namespace gw::app

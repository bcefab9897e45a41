#include "app/composition/shared_graphics.h"

#include <QCoreApplication>
#include <QOpenGLContext>
#include <QtGlobal>

#include <memory>

QT_BEGIN_NAMESPACE
// Exported by QtGui for QtWebEngine, which hands over its context in the same way when it is initialised by itself
// (QtWebEngineQuick::initialize in qtwebenginequickglobal.cpp); stable over all of Qt 5 and 6.
extern Q_DECL_IMPORT void qt_gl_set_global_share_context(QOpenGLContext* context);
QT_END_NAMESPACE

namespace gw::app {

void shareGraphics() {
    // Qt says that it comes too late for the context that it would have made itself, which is the point.
    const QtMessageHandler before = qInstallMessageHandler([](QtMsgType, const QMessageLogContext&, const QString&) {});
    QCoreApplication::setAttribute(Qt::AA_ShareOpenGLContexts);
    qInstallMessageHandler(before);
    if (QOpenGLContext::globalShareContext() != nullptr) return;
    auto context = std::make_unique<QOpenGLContext>();
    // Without OpenGL the engine paints by software; it finds no shared context then, as it would have from the start.
    if (!context->create()) return;
    qt_gl_set_global_share_context(context.get());
    // Views and the engine's own threads use it until the process ends, after the application object as well.
    context.release(); // NOLINT(bugprone-unused-return-value)
}

} // namespace gw::app

#include "app/composition/login_loader.h"

#include "app/composition/shared_graphics.h"

#include <QPluginLoader>

namespace gw::app {

LoginLoader::LoginLoader(std::filesystem::path plugin) : path_(std::move(plugin)) {}
LoginLoader::~LoginLoader() = default;

Result<ui::LoginPlugin*> LoginLoader::get() {
    if (plugin_ != nullptr) return plugin_;
    shareGraphics();
    auto loader = std::make_unique<QPluginLoader>(QString::fromStdString(path_.string()));
    // Chromium's own cleanup at exit must not meet an unmapped library.
    loader->setLoadHints(QLibrary::PreventUnloadHint);
    plugin_ = qobject_cast<ui::LoginPlugin*>(loader->instance());
    if (plugin_ == nullptr)
        return fail(Error(ui::LoginError::EngineUnavailable, "the sign-in plugin does not load")
                        .with("reason", loader->errorString().toStdString()));
    loader_ = std::move(loader);
    return plugin_;
}

} // namespace gw::app

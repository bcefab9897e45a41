// The plugin as QPluginLoader finds it.
#include "ui/login/embedded_login_plugin.h"

#include <QObject>

namespace gw::ui {

class ExportedLoginPlugin : public QObject, public EmbeddedLoginPlugin {
    Q_OBJECT
    Q_PLUGIN_METADATA(IID GW_LOGIN_PLUGIN_IID)
    Q_INTERFACES(gw::ui::LoginPlugin)
};

} // namespace gw::ui

#include "plugin_export.moc"

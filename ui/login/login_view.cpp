#include "ui/login/login_view.h"

#include <QContextMenuEvent>
#include <QMenu>

namespace gw::ui {

LoginView::LoginView(QWidget* parent) : QWebEngineView(parent) {
    setObjectName(QStringLiteral("login.view"));
    setAccessibleName(tr("The provider's page"));
    setAcceptDrops(false);
}

void LoginView::contextMenuEvent(QContextMenuEvent* event) {
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const auto action : {QWebEnginePage::Cut, QWebEnginePage::Copy, QWebEnginePage::Paste, QWebEnginePage::SelectAll})
        menu->addAction(pageAction(action));
    menu->addSeparator();
    for (const auto action : {QWebEnginePage::Back, QWebEnginePage::Reload}) menu->addAction(pageAction(action));
    menu->popup(event->globalPos());
}

} // namespace gw::ui

// The web view with a context menu of what a login needs: editing, back and reload. No source, no saving, no inspector.
#pragma once

#include <QWebEngineView>

namespace gw::ui {

class LoginView : public QWebEngineView {
    Q_OBJECT
public:
    explicit LoginView(QWidget* parent = nullptr);

protected:
    void contextMenuEvent(QContextMenuEvent* event) override;
};

} // namespace gw::ui

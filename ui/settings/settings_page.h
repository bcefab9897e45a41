// The Settings screen: providers, how the program behaves, where it connects and where its files are.
#pragma once

#include "ui/settings/settings_context.h"

#include <QWidget>

class QCheckBox;
class QVBoxLayout;

namespace gw::ui {

class IconLabel;
class Segmented;
class Text;

class SettingsPage : public QWidget {
    Q_OBJECT
public:
    explicit SettingsPage(SettingsContext context, QWidget* parent = nullptr);

public Q_SLOTS:
    // Providers, preferences, problems or the keychain changed.
    void refresh();

private:
    QVBoxLayout* addPart(QVBoxLayout* column, const QString& title);
    void buildProviders(QVBoxLayout* column);
    void buildBehaviour(QVBoxLayout* column);
    void buildConnections(QVBoxLayout* column);
    void buildFiles(QVBoxLayout* column);
    void showProviders();
    void showProblems();
    void showPreferences();
    void showKeychain();
    void showEndpoint();
    void change(const std::function<void(sessions::Preferences&)>& edit);

    SettingsContext context_;
    QVBoxLayout* providers_ = nullptr;
    QVBoxLayout* problems_ = nullptr;
    std::vector<sessions::Provider> shown_;
    Segmented* theme_ = nullptr;
    QCheckBox* keepRunning_ = nullptr;
    QCheckBox* renew_ = nullptr;
    IconLabel* keychainIcon_ = nullptr;
    Text* keychain_ = nullptr;
    Text* keychainWhy_ = nullptr;
    QVBoxLayout* endpoint_ = nullptr;
    std::optional<std::string> shownEndpoint_;
};

} // namespace gw::ui

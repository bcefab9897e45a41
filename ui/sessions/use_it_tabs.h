// How tools get at a session: the profile in ~/.aws/config, the shell's variables, the process line. One block and one
// Copy for each.
#pragma once

#include "ui/sessions/sessions_context.h"

#include <QWidget>

class QComboBox;
class QLineEdit;
class QStackedWidget;
class QTabBar;

namespace gw::ui {

class Button;
class Chip;
class CodeBlock;
class Field;
class IconLabel;
class Text;

class UseItTabs : public QWidget {
    Q_OBJECT
public:
    UseItTabs(const SessionsContext& context, QWidget* parent = nullptr);

    void show(const sessions::Session& session);
    void showTab(int tab);
    void editProfile();
    // The assignments with their secrets, to the clipboard.
    void copyEnvironment();

private:
    QWidget* buildProfile();
    QWidget* buildShell();
    QWidget* buildProcess();
    void refreshProfile();
    void refreshShell();
    void commitProfile();
    void addToConfig();
    void removeStaticKeys();
    void runOnFiles(std::function<Status()> work, const QString& done);
    void showProfileProblem(const std::optional<Error>& error);
    [[nodiscard]] const sessions::Session* session() const { return context_.book.find(id_); }
    [[nodiscard]] sessions::Shell shell() const;
    [[nodiscard]] QString environmentText(bool revealed) const;

    const SessionsContext& context_;
    sessions::SessionId id_;
    QTabBar* tabs_ = nullptr;
    QStackedWidget* pages_ = nullptr;
    QLineEdit* profile_ = nullptr;
    Field* profileField_ = nullptr;
    Text* configTitle_ = nullptr;
    Button* add_ = nullptr;
    Button* takeOver_ = nullptr;
    Button* removeKeys_ = nullptr;
    CodeBlock* section_ = nullptr;
    Text* problem_ = nullptr;
    QWidget* noSecret_ = nullptr;
    CodeBlock* tryIt_ = nullptr;
    QComboBox* shell_ = nullptr;
    CodeBlock* environment_ = nullptr;
    Button* reveal_ = nullptr;
    CodeBlock* process_ = nullptr;
    bool revealed_ = false;
    bool replaceForeign_ = false;
};

} // namespace gw::ui

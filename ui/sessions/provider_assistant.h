// Connects a provider, or edits one: product, login address, metadata, and what else may differ. What is wrong is said at
// once, beside the field.
#pragma once

#include "ui/sessions/sessions_context.h"

#include <QWidget>

#include <optional>

class QCheckBox;
class QComboBox;
class QLineEdit;
class QVBoxLayout;

namespace gw::ui {

class Button;
class Field;
class MetadataInput;
class RowsEditor;
class Segmented;
class TemplatePicker;
class Text;

class ProviderAssistant : public QWidget {
    Q_OBJECT
public:
    // `start` is the provider to edit, or what an import knows of a new one; its id is empty for a new one.
    ProviderAssistant(const SessionsContext& context, sessions::Provider start, QWidget* parent = nullptr);
    void focusFirst();

Q_SIGNALS:
    void saved(const gw::sessions::ProviderId& id);
    void cancelled();

private:
    void buildMain(QVBoxLayout* column);
    void buildMore(QVBoxLayout* column);
    QWidget* buildFoot();
    void applyTemplate(const std::string& kind);
    void applyPartition();
    void fillFrom(const sessions::Provider& provider);
    // The provider as the form says; nothing and the fields marked where it cannot be saved.
    [[nodiscard]] std::optional<sessions::Provider> read(bool demandAll);
    [[nodiscard]] bool checkName(bool demand);
    [[nodiscard]] bool checkLogin(bool demand);
    [[nodiscard]] bool readTables(sessions::Provider& provider);
    void tellSaved(const sessions::Provider& saved, std::optional<std::string> formerMetadata);
    [[nodiscard]] bool readAddresses(sessions::Provider& provider);
    [[nodiscard]] bool readDecryption(sessions::Provider& provider);
    void check();
    void save();
    void say(const QString& text, bool good);

    const SessionsContext& context_;
    sessions::Provider start_;
    bool nameEdited_ = false, loginVisited_ = false;
    QString shownKeys_;
    TemplatePicker* kind_ = nullptr;
    QLineEdit *name_ = nullptr, *login_ = nullptr, *entity_ = nullptr, *acs_ = nullptr, *sts_ = nullptr, *keys_ = nullptr;
    Field *nameField_ = nullptr, *loginField_ = nullptr, *entityField_ = nullptr, *acsField_ = nullptr, *stsField_ = nullptr, *keysField_ = nullptr;
    MetadataInput* metadata_ = nullptr;
    Segmented *mode_ = nullptr, *duration_ = nullptr;
    QCheckBox *request_ = nullptr, *cookies_ = nullptr, *legacy_ = nullptr;
    QComboBox *partition_ = nullptr, *region_ = nullptr;
    Field* regionField_ = nullptr;
    RowsEditor *accounts_ = nullptr, *roles_ = nullptr, *environments_ = nullptr;
    Button *save_ = nullptr, *check_ = nullptr;
    Text* state_ = nullptr;
};

// Pushes the assistant over the current screen: for a new provider, or the one of that id.
void openProviderAssistant(const SessionsContext& context, const sessions::ProviderId& edit = {});
// For a new one of which an import knows something; its id is empty.
void completeProvider(const SessionsContext& context, sessions::Provider found);

} // namespace gw::ui

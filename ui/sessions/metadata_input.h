// Metadata as a person has it: an address, the XML, a file, or certificates. Says at once what is in it and who it is.
#pragma once

#include "models/sessions/providers/templates.h"
#include "models/sessions/providers/trust_source.h"
#include "saml/base/clock.h"
#include "ui/widgets/icon_label.h"

#include <QWidget>

#include <optional>
#include <vector>

class QPlainTextEdit;

namespace gw::ui {

class Button;
class Field;
class Text;

class MetadataInput : public QWidget {
    Q_OBJECT
public:
    MetadataInput(const Clock& clock, QWidget* parent = nullptr);

    void setTemplate(const sessions::ProviderTemplate& from);
    void setProvider(const sessions::Provider& provider);
    // Puts metadataUrl, metadataFile or certificatesPem into the provider. Pasted XML is returned, to be kept in a file.
    [[nodiscard]] std::string fill(sessions::Provider& provider) const;
    // Why it cannot be saved, if so. Marks the field.
    [[nodiscard]] bool check(const std::string& entityId);
    // Reads what is there again for this one.
    void setEntityId(const std::string& entityId);
    void showTrust(const Result<sessions::Trust>& trust);
    // Several providers in it, so that the entity id must be named.
    [[nodiscard]] bool needsEntityId() const { return needsEntityId_; }

Q_SIGNALS:
    void changed();
    // The login address that the metadata names, for a form that has none yet.
    void entityIdFound(const QString& entityId);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void read();
    void chooseFile();
    void takeFile(const QString& path);
    void showSummary(const std::string& entityId, const std::vector<saml::Certificate>& keys, std::optional<UtcTime> validUntil);
    void hideSummary();
    [[nodiscard]] std::string text() const;

    const Clock& clock_;
    sessions::ProviderTemplate template_;
    std::string entityId_;
    std::optional<Error> problem_;
    bool needsEntityId_ = false;
    QPlainTextEdit* edit_;
    Field* field_;
    Card* summary_;
    Text* entity_;
    QWidget* keys_;
};

} // namespace gw::ui

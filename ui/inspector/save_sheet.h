// Asks, in place, how a copy is to be kept, and says what it will hold. Writes on a worker.
#pragma once

#include "ui/inspector/inspector_context.h"
#include "ui/inspector/kept_copy.h"
#include "ui/widgets/icon_label.h"

class QCheckBox;

namespace gw::ui {

class Button;
class Text;

class SaveSheet : public Panel {
    Q_OBJECT
public:
    explicit SaveSheet(const InspectorContext& context, QWidget* parent = nullptr);
    // `trust` in words, for evidence.
    void ask(CopyKind kind, ExaminedPtr examined, const QString& trust);
    // The message must be kept no longer: what was asked is off.
    void forget();
    // Without asking for a name.
    void save(const QString& path);

Q_SIGNALS:
    void closed();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void describe();
    void askForName();
    void close();
    const InspectorContext& context_;
    CopyKind kind_ = CopyKind::Redacted;
    ExaminedPtr examined_;
    QString trust_;
    IconLabel* icon_;
    Text* title_;
    Text* text_;
    QCheckBox* original_;
    Button* save_;
};

} // namespace gw::ui

// What saml2aws, Leapp and ~/.aws/config know, to choose from. Their files are only read.
#pragma once

#include "models/sessions/providers/importers.h"
#include "ui/sessions/sessions_context.h"

#include <QWidget>

class QCheckBox;
class QVBoxLayout;

namespace gw::ui {

class Button;
class EmptyState;
class Text;

class ImportPage : public QWidget {
    Q_OBJECT
public:
    ImportPage(const SessionsContext& context, sessions::ImportFindings findings, QWidget* parent = nullptr);

Q_SIGNALS:
    void cancelled();

private:
    QWidget* candidateRow(std::size_t index);
    void updateFoot();
    void take();

    const SessionsContext& context_;
    sessions::ImportFindings findings_;
    std::vector<QCheckBox*> boxes_;
    Text* state_ = nullptr;
    Button* take_ = nullptr;
};

// Looks in the usual places on a worker, then pushes the page.
void openImportPage(const SessionsContext& context);

} // namespace gw::ui

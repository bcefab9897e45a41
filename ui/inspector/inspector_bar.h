// Above the Inspector: whom to trust, how strictly, and what can be done.
#pragma once

#include "ui/inspector/examined.h"
#include "ui/inspector/inspector_context.h"
#include "ui/widgets/icon_label.h"

class QComboBox;
class QHBoxLayout;

namespace gw::ui {

class Button;
class Segmented;
class Text;
class TrustPicker;

class InspectorBar : public Panel {
    Q_OBJECT
public:
    explicit InspectorBar(const InspectorContext& context, QWidget* parent = nullptr);
    [[nodiscard]] TrustPicker& trust() { return *trust_; }
    [[nodiscard]] saml::AlgorithmPolicy policy() const;
    // The messages of an input with several; the choice is hidden for one.
    void setMessages(const std::vector<MessageSummary>& messages, std::size_t chosen);
    void setCaptures(int count);

Q_SIGNALS:
    void policyChanged();
    void messageChosen(std::size_t message);
    void capturesWanted(const QPoint& at);
    void moreWanted(const QPoint& at);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    TrustPicker* trust_;
    Text* trustLabel_;
    Text* policyLabel_;
    Segmented* policy_;
    QComboBox* messages_;
    Button* captures_;
};

} // namespace gw::ui

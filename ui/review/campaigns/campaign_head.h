// What stands over the items of a campaign: its title and state, how far it is, what its owner can do with it, and whose decisions
// came too fast.
#pragma once

#include "ui/review/campaigns/campaign_desk.h"
#include "ui/widgets/widgets.h"

class QDateEdit;
class QLineEdit;
class QProgressBar;

namespace gw::ui {

enum class ReportFormat { Html, Json, Csv };

class CampaignHead : public Panel {
    Q_OBJECT
public:
    explicit CampaignHead(CampaignDesk& desk, QWidget* parent = nullptr);
    void showCampaign(const CampaignPtr& campaign, UtcTime now);
    // What is wrong with what was asked for last.
    void setProblem(const QString& words);
    // Ends the form that is open, if any.
    void endAsking();

Q_SIGNALS:
    void left();
    void exportWanted(gw::ui::ReportFormat format);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    enum class Ask { None, Sign, Extend, Cancel };
    QWidget* buildForm();
    void ask(Ask what);
    void say();
    CampaignDesk& desk_;
    CampaignPtr campaign_;
    Ask asks_ = Ask::None;
    Text* title_;
    Chip* state_;
    Text* facts_;
    QProgressBar* bar_;
    Text* progress_;
    Button* sign_;
    Button* export_;
    IconButton* more_;
    QWidget* hasty_;
    Text* hastyText_;
    QWidget* signed_;
    Text* signedText_;
    QWidget* form_;
    QDateEdit* until_;
    QLineEdit* why_;
    Button* say_;
    Text* problem_;
};

} // namespace gw::ui

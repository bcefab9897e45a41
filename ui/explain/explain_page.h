// The Explain screen: who may do what, why, and what would change it. Nothing is evaluated or read on the GUI thread.
#pragma once

#include "ui/explain/explain_context.h"
#include "ui/explain/explain_runner.h"
#include "ui/explain/question_bar.h"

#include <QWidget>

class QProgressBar;
class QStackedWidget;

namespace gw::ui {

class AnswersView;
class DropHint;
class EmptyState;
class ErrorState;
class ExplainView;
struct AnswerRow;

class ExplainPage : public QWidget {
    Q_OBJECT
public:
    explicit ExplainPage(const ExplainContext& context, QWidget* parent = nullptr);
    ~ExplainPage() override;

    // As a person would, with the fields filled in.
    void ask(const QString& principal, const QString& action, const QString& resource);
    // Everything that one principal can do, and everyone who can do one thing.
    void askWhat(const QString& principal);
    // Without an action: what one usually asks of the resource; where there is none, the keyboard goes to the field.
    void askWho(const QString& action, const QString& resource);
    // The keyboard to the fields of such a question.
    void begin(AskMode mode);
    void paste(const QString& text);
    void askForFiles();
    void askForFolder();
    // The keyboard to the paste box, the question, a new fact.
    void focusPaste();
    void focusQuestion();
    void addFact();
    // An editor for a policy that no file holds.
    void addPolicy();
    void copyAnswer();
    // Takes back what is tried. False where nothing is.
    bool leaveTrial();
    // Null where no answer is shown.
    [[nodiscard]] const ExplainedPtr& answer() const { return answer_; }
    [[nodiscard]] const std::vector<estate::PlacedEdit>& edits() const { return edits_; }
    [[nodiscard]] bool busy() const;

Q_SIGNALS:
    // Something else is shown.
    void shown();

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void build();
    QWidget* buildEmpty();
    QWidget* buildLoading();
    QWidget* buildFailed();
    void connectShelf();
    void estateChanged();
    void fillLists();
    void needCatalogue();
    void askNow();
    void fillUsualAction();
    [[nodiscard]] bool canAnswer();
    void askList(AskMode mode);
    void stopList();
    void makeQuestion(std::optional<policy::Denial> denial, policy::Request request);
    void run(const Trial& trial);
    void show(const ExplainedPtr& answer);
    void openStatement(const policy::StatementReport& statement);
    void rest();
    void tellSubtitle();
    void makeRoom();
    void comeForward();
    void showProblems();

    const ExplainContext& context_;
    ExplainRunner runner_;
    AskedPtr question_;
    ExplainedPtr answer_;
    std::vector<estate::PlacedEdit> edits_;
    std::shared_ptr<const policy::Catalogue> catalogue_;
    AskablePtr askable_;
    std::optional<policy::Denial> pasted_; // as long as the fields say what it says
    quint64 asked_ = 0;
    std::shared_ptr<std::atomic<bool>> stop_; // of the list that is being made
    int waiting_ = 0;
    bool catalogueWanted_ = false;
    QuestionBar* bar_ = nullptr;
    QStackedWidget* stack_ = nullptr;
    QWidget* empty_ = nullptr;
    EmptyState* emptyState_ = nullptr;
    QWidget* loading_ = nullptr;
    QProgressBar* progress_ = nullptr;
    Text* progressText_ = nullptr;
    QWidget* failedPage_ = nullptr;
    ErrorState* failure_ = nullptr;
    QWidget* problems_ = nullptr;
    Text* problemsText_ = nullptr;
    ExplainView* view_ = nullptr;
    AnswersView* answers_ = nullptr;
    DropHint* dropHint_ = nullptr;
};

} // namespace gw::ui

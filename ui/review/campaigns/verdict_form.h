// Keep, change or remove, and why: what somebody says of a way into a role. The keyboard does all of it.
#pragma once

#include "models/estate/campaign/campaign.h"
#include "ui/widgets/widgets.h"

#include <QString>

class QLineEdit;
class QPlainTextEdit;

namespace gw::ui {

// What is written and not yet said.
struct VerdictDraft {
    std::optional<estate::campaign::Verdict> verdict;
    QString reason, change;
    [[nodiscard]] bool isEmpty() const { return !verdict && reason.isEmpty() && change.isEmpty(); }
    friend bool operator==(const VerdictDraft&, const VerdictDraft&) = default;
};

[[nodiscard]] QString verdictWord(estate::campaign::Verdict verdict); // "Keep"
[[nodiscard]] QString verdictIcon(estate::campaign::Verdict verdict);
// "Kept", "to be removed", "to be changed": what it means for what was decided.
[[nodiscard]] QString verdictState(estate::campaign::Verdict verdict);

class VerdictForm : public QWidget {
    Q_OBJECT
public:
    // `name` begins the object names: "review.attest". `button`: "Attest". With keys, the words of the choice name K, C and R.
    VerdictForm(const QString& name, const QString& button, bool keys, QWidget* parent = nullptr);
    [[nodiscard]] VerdictDraft draft() const;
    void setDraft(const VerdictDraft& draft);
    // Chooses it and leads to what is to be written.
    void choose(estate::campaign::Verdict verdict);
    // A line beside the button: what was said before.
    void setNote(const QString& words);
    // While the store is at it.
    void setBusy(bool busy);
    // What is wrong with what was said, below the field; empty: nothing.
    void setProblem(const QString& words);
    [[nodiscard]] bool hasFocusInside() const;
    void focusReason();

Q_SIGNALS:
    void edited();
    void said(gw::estate::campaign::Verdict verdict, const QString& reason, const QString& change);
    // Escape.
    void left();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void refresh();
    void say();
    Segmented* choice_;
    QLineEdit* change_;
    QPlainTextEdit* reason_;
    Text* note_;
    Text* problem_;
    Button* button_;
    bool busy_ = false;
};

} // namespace gw::ui

// The right side of the sign-in window: what happens in it, what will be captured, and the other ways to sign in.
#pragma once

#include <QStringList>
#include <QWidget>

#include <array>

class QCheckBox;

namespace gw::ui {

class Text;

enum class StepState { Ahead, Current, Done, Failed };

// One numbered step with its sentence, and the line that leads to the next.
class StepRow : public QWidget {
    Q_OBJECT
public:
    StepRow(int number, const QString& title, const QString& explanation, bool last, QWidget* parent = nullptr);
    // `note` stands after the title ("waiting for you"); `text` replaces the explanation while not empty.
    void set(StepState state, const QString& note = {}, const QString& text = {});
    [[nodiscard]] StepState state() const { return state_; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    int number_;
    QString title_, explanation_;
    bool last_;
    StepState state_ = StepState::Ahead;
    Text* titleText_;
    Text* noteText_;
    Text* explanationText_;
};

class StepsPanel : public QWidget {
    Q_OBJECT
public:
    // `acs` are the addresses whose posts are held back; the first is shown, the rest counted.
    StepsPanel(const QStringList& acs, bool keepsCookies, QWidget* parent = nullptr);

    void waitForPerson();
    // An error ended the first step.
    void showStopped();
    void showCaptured();
    // As LoginSession::showStep: 2 verifying, 3 choosing, 4 failed.
    void showStep(int step, const QString& text);
    [[nodiscard]] StepState stateOf(int step) const { return steps_.at(static_cast<std::size_t>(step - 1))->state(); }

Q_SIGNALS:
    void keepCookiesChanged(bool keep);
    void systemBrowserWanted();
    void pasteWanted();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    std::array<StepRow*, 4> steps_{};
    QCheckBox* keep_;
    Text* keepHelp_;
};

} // namespace gw::ui

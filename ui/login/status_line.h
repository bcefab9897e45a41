// The foot of the sign-in window: who is awaited, for how long, and what kind of window this is.
#pragma once

#include <QTimer>
#include <QWidget>

namespace gw::ui {

class Text;

class StatusLine : public QWidget {
    Q_OBJECT
public:
    // `facts` stand at the right.
    explicit StatusLine(const QStringList& facts, QWidget* parent = nullptr);
    // The seconds start again where the words change; they stand still while `waiting` is false.
    void await(const QString& words, bool waiting);
    [[nodiscard]] QString words() const { return words_; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void tick();
    QString words_;
    bool waiting_ = false;
    int seconds_ = 0;
    QTimer timer_;
    QWidget* ring_;
    Text* wordsText_;
    Text* secondsText_;
};

} // namespace gw::ui

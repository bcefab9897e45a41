// What a tab of the Review screen shows: what it is there for, or that there is nothing yet, that it is being made, or why it
// could not be.
#pragma once

#include "saml/base/error.h"
#include "ui/widgets/widgets.h"

#include <QStackedWidget>

class QProgressBar;

namespace gw::ui {

class StatePages : public QStackedWidget {
    Q_OBJECT
public:
    // `name` begins the object names: "review.drift".
    explicit StatePages(const QString& name, QWidget* parent = nullptr);
    // What it is there for; owned by the pages from then on.
    void setBody(QWidget* body);
    void showBody() { setCurrentWidget(body_); }
    // Without actions; those that are added are named by the caller.
    EmptyState& showEmpty(const QString& icon, const QString& title, const QString& text);
    // Of work whose size nobody knows yet.
    void showLoading(const QString& words);
    void setProgress(int done, int of, const QString& words);
    void showFailed(const Error& error);
    // Stays there; the caller names it.
    Button* addFailedAction(const QString& text, const QString& icon) { return failure_->addAction(text, icon, ButtonKind::Primary); }
    [[nodiscard]] bool showsBody() const { return currentWidget() == body_; }

Q_SIGNALS:
    void cancelWanted();

private:
    void buildLoading();
    QString name_;
    QWidget* body_ = nullptr;
    QWidget* empty_;
    QWidget* loading_;
    QWidget* failed_;
    EmptyState* emptyState_;
    QProgressBar* progress_;
    Text* words_;
    ErrorState* failure_;
};

// One quiet line over what is only a part; hidden while it has no words.
class PartialLine : public Panel {
    Q_OBJECT
public:
    explicit PartialLine(const QString& name, QWidget* parent = nullptr);
    void setWords(const QStringList& words);

private:
    Text* text_;
};

} // namespace gw::ui

// Walks through the real program: each step acts on real widgets as a person would, then must see what a person would
// see. A step prints one line and may leave a picture. Steps run from a timer; there is no event loop of the tour's own.
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QString>
#include <QTimer>

#include <functional>
#include <vector>

class QWidget;

namespace gw::tour {

// Nothing when all is well, else what is wrong.
using Check = std::function<QString()>;

struct Step {
    QString name;              // one line, what happens
    QString picture;           // file name without number and ending; empty for none
    Check act;                 // done once; an answer ends the tour
    Check until;               // asked again until it answers nothing or the time is over
    int timeoutMs = 10'000;
};

class Tour : public QObject {
    Q_OBJECT
public:
    // Pictures go into `folder`, which is made.
    explicit Tour(QString folder, QObject* parent = nullptr);

    void add(Step step) { steps_.push_back(std::move(step)); }
    void start();

Q_SIGNALS:
    void finished(bool allHeld);

private:
    void next();
    void poll();
    void held();
    void end(const QString& problem);
    void takePicture(const QString& name);

    QString folder_;
    std::vector<Step> steps_;
    std::size_t at_ = 0;
    int pictures_ = 0;
    QTimer poll_;
    QElapsedTimer sinceStep_;
};

// The widget with this object name that a person can see now, in any window; null where there is none.
[[nodiscard]] QWidget* visible(const QString& objectName);

// The usual acts; each answers nothing or what is wrong.
[[nodiscard]] QString click(const QString& objectName);
[[nodiscard]] QString type(const QString& objectName, const QString& text);
[[nodiscard]] QString press(QWidget* widget, int key, Qt::KeyboardModifiers modifiers = Qt::NoModifier);

// The usual checks.
[[nodiscard]] Check sees(const QString& objectName);
[[nodiscard]] Check seesNot(const QString& objectName);

} // namespace gw::tour

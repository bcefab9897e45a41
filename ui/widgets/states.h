// What a place shows when there is nothing, when something failed, and while it loads.
#pragma once

#include "ui/widgets/button.h"

#include <QWidget>

#include <memory>

namespace gw::ui {

// Icon, sentence, explanation, one or two actions: first run, nothing matches, offline.
class EmptyState : public QWidget {
    Q_OBJECT
public:
    EmptyState(const QString& iconName, const QString& title, const QString& text, QWidget* parent = nullptr);
    ~EmptyState() override;
    void set(const QString& iconName, const QString& title, const QString& text);
    // The caller gives the button its object name. Owned by the state.
    Button* addAction(const QString& text, const QString& iconName, ButtonKind kind);
    void clearActions();

private:
    class Private;
    std::unique_ptr<Private> d_;
};

// What happened, why, what to do; AWS's own words below in mono with Copy.
class ErrorState : public QWidget {
    Q_OBJECT
public:
    explicit ErrorState(QWidget* parent = nullptr);
    ~ErrorState() override;
    void set(const QString& title, const QString& why, const QStringList& whatToDo, const QString& details);
    Button* addAction(const QString& text, const QString& iconName, ButtonKind kind);
    void clearActions();

private:
    class Private;
    std::unique_ptr<Private> d_;
};

// Shapes of rows, shown only after 150 ms so that quick answers do not flicker. No shimmer.
class LoadingRows : public QWidget {
    Q_OBJECT
public:
    explicit LoadingRows(const QString& accessibleName, int rowHeight = size::row, QWidget* parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] bool drawn() const { return drawn_; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    int rowHeight_;
    bool drawn_ = false;
};

} // namespace gw::ui

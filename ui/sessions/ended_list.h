// What ended today, and favourites that are not running: one step from being started.
#pragma once

#include "ui/sessions/sessions_context.h"

#include <QAbstractButton>

class QVBoxLayout;

namespace gw::ui {

class FlowLayout;
class SignInCoordinator;
class Text;

class EndedList : public QWidget {
    Q_OBJECT
public:
    EndedList(const SessionsContext& context, SignInCoordinator& coordinator, QWidget* parent = nullptr);
    void refresh();
    [[nodiscard]] int count() const { return shown_; }

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void fit();

    const SessionsContext& context_;
    SignInCoordinator& coordinator_;
    QVBoxLayout* rows_;
    std::vector<QWidget*> hows_;
    std::vector<sessions::SessionId> ids_;
    std::vector<Text*> ages_;
    std::vector<UtcTime> ends_;
    int shown_ = 0;
};

// Star, role, environment, arrow.
class FavouriteButton : public QAbstractButton {
    Q_OBJECT
public:
    FavouriteButton(const QString& role, const QString& account, sessions::Environment environment, QWidget* parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    sessions::Environment environment_;
};

class FavouritesBar : public QWidget {
    Q_OBJECT
public:
    FavouritesBar(const SessionsContext& context, SignInCoordinator& coordinator, QWidget* parent = nullptr);
    void refresh();
    [[nodiscard]] int count() const { return static_cast<int>(shown_.size()); }

private:
    const SessionsContext& context_;
    SignInCoordinator& coordinator_;
    FlowLayout* flow_;
    std::vector<std::pair<sessions::ProviderId, aws::RolePair>> shown_;
};

} // namespace gw::ui

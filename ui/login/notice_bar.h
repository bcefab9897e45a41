// One line above the page for what would be a dialog elsewhere: what the page says or asks, what was refused.
#pragma once

#include <QString>
#include <QWidget>

#include <functional>

class QHBoxLayout;

namespace gw::ui {

class IconLabel;
class Text;

struct Notice {
    enum class Tone { Plain, Warning };
    struct Way {
        QString id;    // object name
        QString text;
        QString icon;
        std::function<void()> go;
    };
    Tone tone = Tone::Plain;
    QString icon;
    QString strong;    // who says it
    QString text;
    QList<Way> ways;
};

class NoticeBar : public QWidget {
    Q_OBJECT
public:
    explicit NoticeBar(QWidget* parent = nullptr);
    void tell(const Notice& notice);
    [[nodiscard]] QString text() const;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Notice::Tone tone_ = Notice::Tone::Plain;
    IconLabel* icon_;
    Text* strong_;
    Text* text_;
    QHBoxLayout* ways_;
};

} // namespace gw::ui

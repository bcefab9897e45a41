// The verdict in one sentence, above everything.
#pragma once

#include "ui/inspector/examined.h"

#include <QWidget>

namespace gw::ui {

class Button;
class IconLabel;
class Text;

enum class VerdictKind : std::uint8_t { Plain, Good, Undecided, Bad };

struct VerdictWords {
    VerdictKind kind = VerdictKind::Plain;
    QString title, sentence;
};

[[nodiscard]] VerdictWords verdictOf(const Examined& examined);

class VerdictBanner : public QWidget {
    Q_OBJECT
public:
    explicit VerdictBanner(QWidget* parent = nullptr);
    void set(const VerdictWords& words);
    // Of the five minutes that AWS gives a response; nothing hides it.
    void setCountdown(std::optional<std::chrono::seconds> left);
    [[nodiscard]] VerdictKind kind() const { return kind_; }

Q_SIGNALS:
    void evidenceWanted();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    VerdictKind kind_ = VerdictKind::Plain;
    IconLabel* icon_;
    Text* title_;
    Text* sentence_;
    Text* countdown_;
    Button* evidence_;
};

} // namespace gw::ui

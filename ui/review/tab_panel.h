// The panel at the right of a tab: what is known of the chosen row. Esc leads back to the rows.
#pragma once

#include "ui/widgets/widgets.h"

class QBoxLayout;
class QVBoxLayout;

namespace gw::ui {

class TabPanel : public Panel {
    Q_OBJECT
public:
    // `name` begins the object names: "review.drift.panel".
    explicit TabPanel(const QString& name, QWidget* parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override;
    // All of it goes; what is shown next begins at the top.
    void clear();
    // Clears, and says so in a quiet line.
    void showNothing(const QString& words);
    void addHead(const QString& icon, Color color, const QString& title, const QString& detail);
    // A part with a padding of its own, below what is there.
    [[nodiscard]] QVBoxLayout* addSection(const QString& title = {});
    // Over its whole width; the panel owns it until it is cleared.
    void addWidget(QWidget* part);
    // After the last part.
    void finish();
    // The keyboard to the first thing in it that takes it; false: there is none.
    bool enter();

    // Into a section. `part` ends the object name.
    Text* addText(QVBoxLayout* into, const char* part, const QString& words, Color color = Color::TextSecondary);
    Button* addButton(QLayout* into, const char* part, const QString& words, const QString& icon, ButtonKind kind);
    [[nodiscard]] QString partName(const char* part) const { return objectName() + QLatin1Char('.') + QLatin1String(part); }

Q_SIGNALS:
    void left();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    ScrollColumn* scroll_;
};

// What stands in a panel's head: a name with its icon, the end of both kept where it must be cut.
[[nodiscard]] QWidget* iconAndName(const QString& icon, Color color, const QString& name, const QString& objectName);

// A table at the left, its panel at the right, and whatever stands over the table.
[[nodiscard]] QWidget* tableAndPanel(const QList<QWidget*>& over, QWidget* table, TabPanel* panel);

} // namespace gw::ui

// The bar above a table: the field, the terms that hold already as chips, how many rows are left, and the menu of columns,
// groups and saved views. What is typed counts at once; Enter makes chips of it.
#pragma once

#include "ui/review/filter_field.h"
#include "ui/widgets/icon_label.h"

#include <QStringList>

class QHBoxLayout;
class QVBoxLayout;

namespace gw::ui {

// One term that holds, with a way to take it away.
class FilterChip : public QAbstractButton {
    Q_OBJECT
public:
    // `term` as the filter spells it, `words` for people.
    FilterChip(const QString& term, const QString& words, QWidget* parent = nullptr);
    [[nodiscard]] const QString& term() const { return term_; }
    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void removed();
    // To be changed in the field.
    void editWanted();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    HoverFade hover_{this};
    QString term_;
};

class FilterBar : public Panel {
    Q_OBJECT
public:
    // `name` begins the object names: "review.mapping".
    explicit FilterBar(const QString& name, QWidget* parent = nullptr);
    [[nodiscard]] FilterField& field() { return *field_; }
    // Chips and what is typed, as one filter; setText makes chips of all that is whole.
    [[nodiscard]] QString text() const;
    void setText(const QString& filter);
    // What a term says to people; where it is not set, the term itself.
    void setWords(std::function<QString(const QString& term)> words) { words_ = std::move(words); }
    // Where what is typed begins in text().
    [[nodiscard]] int typedFrom() const;
    void setCount(const QString& words);
    // What is wrong, in a line below; empty: nothing.
    void setProblem(const QString& words);
    [[nodiscard]] IconButton& menuButton() { return *menu_; }
    // For a name, in a line below; `named` follows unless the person leaves it. `taken`: names that would be replaced.
    void askName(const QStringList& taken);

Q_SIGNALS:
    void changed();
    // Enter: to the rows.
    void left();
    void named(const QString& name);

protected:
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void commit();
    void buildName(QVBoxLayout* column);
    void giveName();
    void leaveName();
    void addChip(const QString& term);
    void removeChip(int at, bool edit);
    [[nodiscard]] QString chipText() const;

    QString name_;
    FilterField* field_;
    QWidget* chipRow_;
    QHBoxLayout* chipLayout_;
    std::vector<FilterChip*> chips_;
    Button* add_;
    Text* count_;
    IconButton* menu_;
    QWidget* problemRow_;
    Text* problem_;
    QWidget* nameRow_;
    QLineEdit* nameEdit_;
    Text* nameNote_;
    Button* nameSave_;
    QStringList takenNames_;
    std::function<QString(const QString&)> words_;
};

} // namespace gw::ui

// A field that offers what there is, and takes what is typed as well: an icon, the text, and all choices behind an arrow.
#pragma once

#include "ui/explain/pick_model.h"

#include <QLineEdit>

class QCompleter;

namespace gw::ui {

class PickField : public QLineEdit {
    Q_OBJECT
public:
    PickField(const QString& accessibleName, const QString& iconName, QWidget* parent = nullptr);
    void setItems(PickItems items);
    // What the chosen item stands for, or the text as it was typed.
    [[nodiscard]] QString value() const;
    // Shows the item of this value; of one that is not offered `name`, or the value itself.
    void setValue(const QString& value, const QString& name = {});
    // A value that was typed is shown as its item.
    void tidy();
    void openList();
    [[nodiscard]] bool listOpen() const;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    // By a person.
    void picked();

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;

private:
    QString iconName_;
    bool scrollsBack_ = false;
    PickModel* model_;
    QCompleter* completer_;
};

} // namespace gw::ui

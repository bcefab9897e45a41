// Fields: with a label and help around any editor, and the search field.
#pragma once

#include "ui/widgets/button.h"
#include "ui/widgets/text.h"

#include <QLineEdit>
#include <QWidget>

namespace gw::ui {

class IconLabel;

// A field with its label above, help below and an error that replaces the help. The label is the editor's accessible name.
class Field : public QWidget {
    Q_OBJECT
public:
    Field(const QString& label, QWidget* editor, QWidget* parent = nullptr);
    void setHelp(const QString& help);
    void setError(const QString& error); // empty clears it
    [[nodiscard]] QWidget* editor() const { return editor_; }
    [[nodiscard]] QString error() const { return error_; }

private:
    void applyBelow();
    QWidget* editor_;
    QString help_, error_;
    QWidget* belowRow_ = nullptr;
    IconLabel* mark_ = nullptr;
    Text* below_ = nullptr;
};

// 40 high (or a control's 30): magnifier, text, a counter such as "7 of 412 roles", a clear button, or the key that leads here.
class SearchBox : public QLineEdit {
    Q_OBJECT
public:
    explicit SearchBox(const QString& accessibleName, QWidget* parent = nullptr);
    void setSize(ButtonSize size);
    void setIconName(const QString& iconName);
    void setCounter(const QString& text);
    // Shown while the field is empty.
    void setKeyHint(const QString& key);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void arrange();
    QString iconName_ = QStringLiteral("search");
    QString counter_, keyHint_;
    ButtonSize size_ = ButtonSize::Large;
    IconButton* clear_ = nullptr;
};

} // namespace gw::ui

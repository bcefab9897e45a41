// Where AWS's error is pasted: it says in place what it made of the text.
#pragma once

#include "models/policy/denial_text.h"
#include "ui/widgets/widgets.h"

#include <QPlainTextEdit>

namespace gw::ui {

class PasteBox : public QWidget {
    Q_OBJECT
public:
    explicit PasteBox(QWidget* parent = nullptr);
    void setText(const QString& text);
    [[nodiscard]] QString text() const { return editor_->toPlainText(); }
    void clear();
    void focusEditor();

Q_SIGNALS:
    void recognised(const gw::policy::Denial& denial);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void read();
    void fit();
    void say(const QString& iconName, Color color, const QString& words);
    quint64 generation_ = 0;
    QPlainTextEdit* editor_;
    IconLabel* mark_;
    Text* status_;
    Button* command_;
    QString commandText_;
};

} // namespace gw::ui

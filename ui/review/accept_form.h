// In place: why something is accepted, and until when.
#pragma once

#include <QWidget>

class QLineEdit;

namespace gw::ui {

class AcceptForm : public QWidget {
    Q_OBJECT
public:
    // `name` begins the object names, `act` ends that of the button that says `words`.
    AcceptForm(const QString& name, const QString& act, const QString& words, QWidget* parent = nullptr);
    // Shows it with the keyboard in its first field.
    void open();

Q_SIGNALS:
    void given(const QString& reason, int days);

private:
    QLineEdit* reason_;
};

} // namespace gw::ui

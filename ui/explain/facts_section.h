// The facts that the answer was made with, each to be tried otherwise in its place.
#pragma once

#include "ui/explain/explained.h"
#include "ui/estate/panel_section.h"

#include <QLineEdit>

class QCompleter;

namespace gw::ui {

// Looks like text until it is pointed at or has the keyboard. Enter and leaving it tell; Esc takes back.
class InlineField : public QLineEdit {
    Q_OBJECT
public:
    explicit InlineField(const QString& text, QWidget* parent = nullptr);

Q_SIGNALS:
    void changedTo(const QString& text);

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    void tell();
    QString known_;
};

class FactsSection : public PanelSection {
    Q_OBJECT
public:
    explicit FactsSection(QWidget* parent = nullptr);
    void show(const ExplainedPtr& answer);
    using QWidget::show;
    // The keyboard to the field for another fact.
    void addFact();

Q_SIGNALS:
    // A value, or nothing for a key that is absent from the request.
    void told(const gw::policy::Key& key, const std::optional<gw::policy::ContextValue>& value);
    void untold(const gw::policy::Key& key);
    // As it really is.
    void restored(const gw::policy::Key& key);

private:
    void addRow(const UsedFact& fact);
    void menuFor(const UsedFact& fact, QWidget* at);
    void tellNew();
    [[nodiscard]] policy::ContextValue valueOf(const policy::Key& key, const QString& text, bool list) const;
    ExplainedPtr answer_;
    QVBoxLayout* rows_;
    QLineEdit* key_;
    QLineEdit* value_;
    Button* add_;
    QCompleter* keys_ = nullptr;
    bool keysFilled_ = false, all_ = false;
};

} // namespace gw::ui

// A titled part of the Inspector's side panel.
#pragma once

#include "ui/widgets/widgets.h"

#include <QVBoxLayout>

namespace gw::ui {

class Section : public QWidget {
    Q_OBJECT
public:
    Section(const QString& title, const QString& right = {}, QWidget* parent = nullptr);
    void addText(const QString& text, TextStyle style = TextStyle::Small, Color color = Color::TextSecondary);
    // Icon, name in a column of its own, what it says.
    void addLine(const QString& icon, Color ink, const QString& name, const QString& text);
    // A name in a column of its own and its value.
    void addFact(const QString& name, const QString& value, bool mono = false);
    CodeBlock* addCode(const QString& name, const QString& code, const QString& objectName, bool highlighted);
    void addWidget(QWidget* widget) { column_->addWidget(widget); }
    // For what reaches from edge to edge, such as rows.
    void addWide(QWidget* widget) { wide_->addWidget(widget); }

private:
    QVBoxLayout* column_;
    QVBoxLayout* wide_;
};

} // namespace gw::ui

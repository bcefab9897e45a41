// What differs in meaning between two responses.
#pragma once

#include "ui/inspector/examined.h"

#include <QWidget>

class QTreeWidget;

namespace gw::ui {

class Text;

class ComparePane : public QWidget {
    Q_OBJECT
public:
    explicit ComparePane(QWidget* parent = nullptr);
    void show(const Examined& before, const Examined& after, const std::vector<inspect::DiffEntry>& entries);
    using QWidget::show;
    void clear();

private:
    Text* head_;
    QTreeWidget* table_;
};

// "Signature algorithm".
[[nodiscard]] QString aspectText(const inspect::DiffEntry& entry);

} // namespace gw::ui

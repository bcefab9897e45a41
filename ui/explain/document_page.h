// One whole policy document, opened at a statement.
#pragma once

#include "ui/explain/layer_path.h"

class QScrollArea;

namespace gw::ui {

class DocumentPage : public QWidget {
    Q_OBJECT
public:
    // `place` says where the document comes from; may be empty.
    DocumentPage(const policy::StatementReport& statement, const ExplainedAnswer& answer, LineTone tone, const QString& place,
                 QWidget* parent = nullptr);

protected:
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void reveal();
    QScrollArea* area_;
    CodeLines* code_;
    int line_ = 0;
    bool revealed_ = false;
};

} // namespace gw::ui

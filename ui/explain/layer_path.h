// The layers of an answer as a drawn path, in AWS's order: connected marks, what each layer says, and below an opened one
// its statements with the lines that decide.
#pragma once

#include "ui/estate/code_lines.h"
#include "ui/explain/layer_view.h"

#include <QAbstractButton>
#include <QWidget>

class QVBoxLayout;

namespace gw::ui {

class Text;

// The line of a layer that opens and closes it.
class LayerHeader : public QAbstractButton {
    Q_OBJECT
public:
    explicit LayerHeader(QWidget* parent);
    void set(const LayerView& layer);
    void setOpen(bool open);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;

private:
    QString icon_, title_, document_, word_;
    LayerMark mark_ = LayerMark::Silent;
    bool open_ = false;
};

class LayerRow : public QWidget {
    Q_OBJECT
public:
    LayerRow(const ExplainedPtr& answer, const LayerView& layer, bool last, QWidget* parent);
    void setOpen(bool open);
    [[nodiscard]] bool isOpen() const { return open_; }
    [[nodiscard]] LayerHeader* header() const { return header_; }

Q_SIGNALS:
    void toggled(bool open);
    void statementWanted(const gw::policy::StatementReport* statement);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void fill();
    ExplainedPtr answer_;
    LayerView layer_;
    bool last_, open_ = false, filled_ = false;
    LayerHeader* header_;
    Text* sentence_;
    QWidget* details_;
    QVBoxLayout* column_;
};

class LayerPath : public QWidget {
    Q_OBJECT
public:
    explicit LayerPath(QWidget* parent = nullptr);
    // The deciding layers are open; those that a person opened or closed stay so while the same question is asked.
    void show(const ExplainedPtr& answer, bool sameQuestion);
    using QWidget::show;

Q_SIGNALS:
    void statementWanted(const gw::policy::StatementReport* statement);

private:
    std::vector<LayerRow*> rows_;
    std::map<policy::Layer, bool> chosen_;
    QVBoxLayout* column_;
};

[[nodiscard]] LineTone toneOf(const StatementView& statement, LayerMark mark);

} // namespace gw::ui

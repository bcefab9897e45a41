// What was really digested: the canonical octets of each signed part, beside the digest that is stated.
#pragma once

#include "ui/inspector/code_area.h"
#include "ui/inspector/examined.h"

class QComboBox;

namespace gw::ui {

class Button;
class IconLabel;
class Text;

class CanonicalPane : public QWidget {
    Q_OBJECT
public:
    explicit CanonicalPane(QWidget* parent = nullptr);
    void show(const ExaminedPtr& examined);
    using QWidget::show;
    void clear();
    [[nodiscard]] CodeArea* area() const { return area_; }

Q_SIGNALS:
    // Into the message: the first place that differs.
    void picked(gw::inspect::Range range);

private:
    struct Entry {
        QString words;
        const inspect::CanonicalForm* form = nullptr;
        const inspect::ReferenceReport* reference = nullptr;   // null for a SignedInfo
        const inspect::SignatureReport* signature = nullptr;
    };
    void choose(int index);
    void describe(const Entry& entry);

    ExaminedPtr examined_;
    std::vector<Entry> entries_;
    QComboBox* which_;
    QWidget* facts_;
    IconLabel* mark_;
    Text* verdict_;
    Text* stated_;
    Text* computed_;
    Button* difference_;
    CodeArea* area_;
    Text* none_;
};

// The coverage of a form's octets, from that of the octets that they were made from.
[[nodiscard]] Shading shadingOf(const inspect::CanonicalForm& form, const Shading& shading);

} // namespace gw::ui

// What would change the answer: the smallest edits, each with what the evaluator says with it; of an answer that depends,
// the nearest requests on both sides.
#pragma once

#include "ui/explain/explained.h"
#include "ui/estate/panel_section.h"

namespace gw::ui {

class ChangesSection : public PanelSection {
    Q_OBJECT
public:
    explicit ChangesSection(QWidget* parent = nullptr);
    // While edits are looked for; of a trial of an edit, that edit.
    void setLooking(const ExplainedPtr& answer);
    void setEdits(const ExplainedPtr& answer, const std::vector<estate::PlacedEdit>& edits);

Q_SIGNALS:
    void editWanted(const gw::policy::Edit& edit);
    void factsWanted(const gw::policy::Additions& facts);

private:
    void fill();
    void addWitness();
    void addSide(const QString& name, const QString& heading, const policy::Additions& facts, const policy::Additions& shown);
    void addEdit(const estate::PlacedEdit& placed, int number);
    ExplainedPtr answer_;
    std::vector<estate::PlacedEdit> edits_;
    bool all_ = false;
};

} // namespace gw::ui

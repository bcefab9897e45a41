// What is asked: who, what, of what; or a pasted error that says it.
#pragma once

#include "ui/explain/paste_box.h"
#include "ui/explain/pick_field.h"
#include "ui/explain/policy_box.h"

#include <utility>

class QGridLayout;

namespace gw::ui {

enum class AskMode : std::uint8_t { CanThey, WhoCan, WhatCanThey };

class QuestionBar : public Panel {
    Q_OBJECT
public:
    explicit QuestionBar(QWidget* parent = nullptr);
    void setPrincipals(PickItems items) { principal_->setItems(std::move(items)); }
    void setActions(PickItems items) { action_->setItems(std::move(items)); }
    void setResources(PickItems items) { resource_->setItems(std::move(items)); }
    [[nodiscard]] AskMode mode() const;
    void setMode(AskMode mode);
    [[nodiscard]] QString principal() const { return principal_->value(); }
    [[nodiscard]] QString action() const { return action_->value(); }
    [[nodiscard]] QString resource() const { return resource_->value(); }
    void setQuestion(const QString& principal, const QString& action, const QString& resource);
    void setAction(const QString& action) { action_->setValue(action); }
    [[nodiscard]] PasteBox& pasteBox() { return *paste_; }
    [[nodiscard]] PolicyBox& policyBox() { return *policies_; }
    // What keeps the question from being asked; empty clears it.
    void setProblem(const QString& problem);
    void focusQuestion();

Q_SIGNALS:
    void askWanted();
    void modeChanged();
    // Another resource was picked: what one usually asks about it may be filled in.
    void resourcePicked();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void tidyAndAsk();
    void arrange();
    void applyMode();
    bool narrow_ = false, arranged_ = false;
    QGridLayout* grid_;
    Segmented* modes_;
    QWidget* fields_;
    Text* reach_;
    Text* on_;
    PickField* principal_;
    PickField* action_;
    PickField* resource_;
    Button* ask_;
    IconLabel* mark_;
    Text* problem_;
    QWidget* problemRow_;
    PasteBox* paste_;
    PolicyBox* policies_;
};

} // namespace gw::ui

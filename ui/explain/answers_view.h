// Who can do it, or what somebody can do: a list of answers, each of which leads to its path.
#pragma once

#include "ui/estate/estate_shelf.h"
#include "ui/explain/pick_field.h"
#include "ui/explain/question_bar.h"

#include <QAbstractTableModel>
#include <QWidget>

#include <atomic>

class QTreeView;

namespace gw::ui {

class Text;

struct AnswerRow {
    QString principal, action, resource; // as they are asked
    QString name, place;                 // role and account, or route and account
    QString icon;
    policy::Decision decision = policy::Decision::Allowed;
    std::vector<std::string> dependsOn;
    QStringList actions; // of WhatCanThey: all of them, `action` first
};

struct AnswerList {
    AskMode mode = AskMode::WhoCan;
    QString subject; // what is asked about
    std::vector<AnswerRow> rows;
    std::size_t considered = 0; // principals, or resources
    std::size_t unknown = 0;    // principals of whom not all is known that decides
    bool all = true;            // false: there was more to ask than may be asked at once
};

// On a worker. For WhatCanThey each resource is asked for every action that the catalogue knows of its type, or without one
// for what one usually does with it; there is one row for each answer, with the actions that have it. `canceled` may be null.
[[nodiscard]] AnswerList whoCan(const AskableEstate& estate, const std::string& action, const std::string& resource,
                                const policy::WorldRules& world);
[[nodiscard]] AnswerList whatCan(const AskableEstate& estate, const std::string& principal, const policy::WorldRules& world,
                                 const std::atomic<bool>* canceled = nullptr);

class AnswerModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Who, Where, Says, Hangs, columns };
    using QAbstractTableModel::QAbstractTableModel;
    void set(AnswerList list);
    [[nodiscard]] const AnswerList& list() const { return list_; }
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    AnswerList list_;
};

class AnswersView : public QWidget {
    Q_OBJECT
public:
    explicit AnswersView(QWidget* parent = nullptr);
    void show(AnswerList list);
    using QWidget::show;

Q_SIGNALS:
    void picked(const gw::ui::AnswerRow& row);

private:
    AnswerModel* model_;
    QTreeView* view_;
    Text* title_;
    Text* counts_;
    QWidget* nobody_;
};

} // namespace gw::ui

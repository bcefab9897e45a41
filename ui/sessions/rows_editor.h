// A short table that a person edits in place: a text in each row, and a second text or an environment beside it.
#pragma once

#include "models/sessions/providers/provider.h"

#include <QStringList>
#include <QWidget>

#include <vector>

class QComboBox;
class QLineEdit;
class QVBoxLayout;

namespace gw::ui {

class RowsEditor : public QWidget {
    Q_OBJECT
public:
    enum class Second { Text, Environment };

    // `own` begins the object names of the parts: own.0.first, own.0.second, own.0.remove, own.add.
    RowsEditor(Second second, const QString& own, const QString& firstTitle, const QString& secondTitle, const QString& addText,
               QWidget* parent = nullptr);

    struct Row {
        QString first;
        QString second;
        sessions::Environment environment = sessions::Environment::None;
    };
    void setRows(const std::vector<Row>& rows);
    // Without those whose first part is empty.
    [[nodiscard]] std::vector<Row> rows() const;
    void addRow(const Row& row, bool focus);
    // What may be meant in the first part, offered while it is typed in rows that are added from then on.
    void setSuggestions(const QStringList& suggestions) { suggestions_ = suggestions; }
    // Marks the first part of one of rows(); -1 for none.
    void setError(int row, const QString& text);

private:
    struct Line {
        QWidget* holder;
        QLineEdit* first;
        QLineEdit* text;
        QComboBox* environment;
    };
    void name();

    Second second_;
    QString own_, firstTitle_, secondTitle_;
    QStringList suggestions_;
    QVBoxLayout* column_;
    QWidget* error_;
    std::vector<Line> lines_;
};

} // namespace gw::ui

// Policies pasted by hand: a button for each, and an editor that says in place what is wrong with a document. What cannot be
// used stays in the editor.
#pragma once

#include "models/estate/handed_policies.h"
#include "ui/widgets/widgets.h"

#include <QPlainTextEdit>

#include <optional>
#include <vector>

class QHBoxLayout;

namespace gw::ui {

class PolicyBox : public QWidget {
    Q_OBJECT
public:
    explicit PolicyBox(QWidget* parent = nullptr);
    [[nodiscard]] std::vector<estate::HandedPolicy> policies() const;
    [[nodiscard]] bool isEmpty() const { return entries_.empty(); }
    // An empty editor for one more; what is being written stays.
    void openEditor();
    [[nodiscard]] bool busy() const { return waiting_ > 0; }
    // Brings back the one that was removed last.
    void restore();

Q_SIGNALS:
    void changed();
    void removed(const QString& name);

private:
    struct Entry {
        policy::DocumentKind kind = policy::DocumentKind::Identity;
        QString name, text;
        policy::PolicyRef policy;
    };
    QWidget* buildEditor();
    void edit(std::size_t index);
    void read();
    void take();
    void remove();
    void close();
    void fillRow();
    void say(const QString& iconName, Color color, const QString& words);
    [[nodiscard]] policy::DocumentKind kind() const;
    [[nodiscard]] QString nameFor(policy::DocumentKind kind) const;

    std::vector<Entry> entries_;
    std::optional<Entry> gone_;
    std::optional<std::size_t> edited_; // nothing: a new one
    policy::PolicyRef valid_;           // what the text is, where it is a policy
    std::optional<policy::Position> fault_;
    bool kindChosen_ = false; // by a person
    quint64 generation_ = 0;
    int waiting_ = 0;
    QHBoxLayout* row_;
    QWidget* editor_ = nullptr;
    Segmented* kinds_ = nullptr;
    QPlainTextEdit* text_ = nullptr;
    IconLabel* mark_ = nullptr;
    Text* status_ = nullptr;
    Button* use_ = nullptr;
    Button* remove_ = nullptr;
};

} // namespace gw::ui

// Policies pasted by hand: a button for each, and an editor that says in place what is wrong with a document. What cannot be
// used stays in the editor.
#pragma once

#include "models/estate/handed_policies.h"
#include "ui/widgets/widgets.h"

#include <QPlainTextEdit>

#include <optional>
#include <vector>

namespace gw::ui {

class FlowLayout;

class PolicyBox : public QWidget {
    Q_OBJECT
public:
    explicit PolicyBox(QWidget* parent = nullptr);
    [[nodiscard]] std::vector<estate::HandedPolicy> policies() const;
    [[nodiscard]] bool isEmpty() const { return entries_.empty(); }
    // An empty editor for one more; what is being written stays.
    void openEditor();
    // What is written stays for when the editor is opened again.
    void stopWriting();
    // Whether the editor is open.
    [[nodiscard]] bool isWriting() const { return editor_->isVisibleTo(this); }
    [[nodiscard]] bool busy() const { return waiting_ > 0; }
    // Brings back the one that was removed last, to where it was.
    void restore();

Q_SIGNALS:
    void changed();
    void removed(const QString& name);
    // The editor opened or closed.
    void writingChanged();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Entry {
        policy::DocumentKind kind = policy::DocumentKind::Identity;
        QString text;
        policy::PolicyRef policy; // called as it is shown
        [[nodiscard]] QString name() const { return QString::fromStdString(policy->name()); }
    };
    QWidget* buildEditor();
    void edit(std::size_t index);
    void read();
    void take();
    void remove();
    void close();
    void fillRow();
    void showEditor();
    void fitEditor();
    void say(const QString& iconName, Color color, const QString& words);
    [[nodiscard]] policy::DocumentKind kind() const;
    [[nodiscard]] QString nameFor(policy::DocumentKind kind) const;

    std::vector<Entry> entries_;
    std::optional<Entry> gone_;
    std::size_t goneFrom_ = 0;
    std::optional<std::size_t> edited_; // nothing: a new one
    policy::PolicyRef valid_;           // what the text is, where it is a policy
    bool kindChosen_ = false; // by a person
    quint64 generation_ = 0;
    int waiting_ = 0;
    FlowLayout* row_;
    QWidget* editor_ = nullptr;
    Segmented* kinds_ = nullptr;
    QPlainTextEdit* text_ = nullptr;
    IconLabel* mark_ = nullptr;
    Text* status_ = nullptr;
    Button* use_ = nullptr;
    Button* remove_ = nullptr;
};

} // namespace gw::ui

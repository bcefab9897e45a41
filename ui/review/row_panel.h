// What is known of the chosen row: who reaches what, and each finding with what it means and what mends it.
#pragma once

#include "ui/review/reviewed.h"
#include "ui/widgets/widgets.h"

#include <QPointer>

#include <span>
#include <vector>

namespace gw::ui {

class AttestDesk;
class AttestSection;

// One finding: a line that opens.
class FindingCard : public QWidget {
    Q_OBJECT
public:
    FindingCard(const estate::review::Finding& finding, int number, QWidget* parent = nullptr);
    void setOpen(bool open);
    void enter() { head_->setFocus(Qt::TabFocusReason); }
    [[nodiscard]] bool isOpen() const { return body_ != nullptr && body_->isVisibleTo(this); }

Q_SIGNALS:
    void explainWanted();
    void suppressWanted(const QString& reason, int days);
    void opened();

private:
    void build();
    const estate::review::Finding& finding_;
    int number_;
    QAbstractButton* head_;
    QWidget* body_ = nullptr;
};

class RowPanel : public Panel {
    Q_OBJECT
public:
    explicit RowPanel(QWidget* parent = nullptr);
    void showNothing();
    // What the rows shown after it can be attested with; null: they cannot. Borrowed.
    void setAttestDesk(AttestDesk* desk) { attestDesk_ = desk; }
    // A form for all of these rows at once, in place of one row.
    void attestRows(const ReviewedPtr& review, const std::vector<std::uint32_t>& rows);
    // The keyboard to where the row is attested.
    void enterAttest();
    // `sought`: the finding that is open; nothing: the worst.
    void showMapping(const ReviewedPtr& review, std::size_t row, std::optional<std::uint32_t> sought = std::nullopt);
    void showFinding(const ReviewedPtr& review, std::size_t finding);
    // Several at once: of the mapping, or findings.
    void showRows(const ReviewedPtr& review, const std::vector<std::uint32_t>& rows, bool mappings);
    [[nodiscard]] QSize sizeHint() const override;
    // The keyboard to the first finding.
    void enter();

Q_SIGNALS:
    // About a role: what can it do?
    void explainWanted(const QString& role);
    // By its place in the review.
    void suppressWanted(quint32 finding, const QString& reason, int days);
    // Of the action table.
    void actionWanted(const QString& id);
    void left();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void clear();
    void addHead(const QString& icon, const QString& from, const QString& to, sessions::Environment environment, const QString& detail);
    void addFindings(std::span<const std::uint32_t> findings, const QString& role, std::optional<std::uint32_t> sought = std::nullopt);
    void addFacts(const estate::Mapping& mapping);
    void addAttest(std::vector<estate::campaign::Subject> subjects);

    ScrollColumn* scroll_;
    ReviewedPtr review_; // what the cards borrow from
    std::vector<FindingCard*> cards_;
    FindingCard* open_ = nullptr; // as the row was shown
    AttestDesk* attestDesk_ = nullptr;
    QPointer<AttestSection> attest_;
};

} // namespace gw::ui

#include "ui/review/campaigns/attest_section.h"

#include "ui/errors/utf8.h"
#include "ui/errors_text.h"
#include "ui/shell/toasts.h"
#include "ui/widgets/time_text.h"

#include <QLocale>
#include <QVBoxLayout>

namespace gw::ui {

AttestSection::AttestSection(AttestDesk& desk, std::vector<estate::campaign::Subject> subjects, UtcTime now, QWidget* parent)
    : QWidget(parent), desk_(desk), subjects_(std::move(subjects)), now_(now) {
    setObjectName(QStringLiteral("review.attest"));
    setProperty(Toasts::footProperty, true);
    const bool one = subjects_.size() == 1;
    if (one) item_ = estate::campaign::itemId(subjects_.front());
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(space::s4, space::s3, space::s4, space::s4);
    column->setSpacing(space::s2);
    auto* title = new Text(one ? tr("Attest this row") : tr("Attest %1 rows").arg(QLocale().toString(static_cast<qulonglong>(subjects_.size()))), TextStyle::Strong);
    title->setObjectName(QStringLiteral("review.attest.title"));
    column->addWidget(title);
    form_ = new VerdictForm(QStringLiteral("review.attest"), tr("Attest"), false);
    column->addWidget(form_);
    if (one) form_->setDraft(desk_.draft(item_));
    showLast();
    form_->setBusy(desk_.busy());
    connect(form_, &VerdictForm::edited, this, [this] {
        if (!item_.empty()) desk_.setDraft(item_, form_->draft());
    });
    connect(form_, &VerdictForm::said, this, [this](estate::campaign::Verdict verdict, const QString& reason, const QString& change) {
        form_->setBusy(true);
        desk_.attest(subjects_, verdict, reason, change);
    });
    connect(form_, &VerdictForm::left, this, &AttestSection::left);
    connect(&desk_, &AttestDesk::changed, this, [this] {
        form_->setBusy(desk_.busy());
        showLast();
    });
    connect(&desk_, &AttestDesk::attested, this, [this] { form_->setDraft(item_.empty() ? VerdictDraft{} : desk_.draft(item_)); });
    connect(&desk_, &AttestDesk::failed, this, [this](const Error& error) {
        form_->setBusy(desk_.busy());
        form_->setProblem(explainBriefly(error));
    });
}

void AttestSection::showLast() {
    const auto* last = item_.empty() ? nullptr : desk_.find(item_);
    if (last == nullptr) return form_->setNote(item_.empty() ? QString() : tr("Never attested"));
    const QString when = now_ - last->at < std::chrono::hours(12) ? tr("today") : ageText(last->at, now_);
    form_->setNote(last->verdict == estate::campaign::Verdict::Keep ? tr("Last: %1, “%2”, %3").arg(when, fromUtf8(last->reason), fromUtf8(last->by))
                                                                    : tr("Last: %1, %2, “%3”, %4").arg(when, verdictState(last->verdict), fromUtf8(last->reason), fromUtf8(last->by)));
}

void AttestSection::focusForm() {
    form_->focusReason();
}

} // namespace gw::ui

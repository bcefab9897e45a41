#include "ui/review/accept_form.h"

#include "ui/widgets/widgets.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QVBoxLayout>

#include <algorithm>

namespace gw::ui {
namespace {

constexpr int ends[] = {30, 90, 365};
constexpr int mostReason = 500;

} // namespace

AcceptForm::AcceptForm(const QString& name, const QString& act, const QString& words, QWidget* parent) : QWidget(parent) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, space::s2, 0, 0);
    column->setSpacing(space::s2);
    reason_ = new QLineEdit;
    reason_->setObjectName(name + QStringLiteral(".reason"));
    reason_->setAccessibleName(tr("Why it is accepted"));
    reason_->setPlaceholderText(tr("Why is this right? An auditor will read it."));
    reason_->setMaxLength(mostReason);
    column->addWidget(reason_);
    auto* row = new QHBoxLayout;
    row->setSpacing(space::s2);
    auto* until = new Segmented(tr("For how long"));
    until->setObjectName(name + QStringLiteral(".until"));
    until->setSmall(true);
    until->setItems({tr("30 days"), tr("90 days"), tr("1 year")});
    until->setCurrent(1);
    row->addWidget(until);
    row->addStretch(1);
    auto* put = new Button(words, {}, ButtonKind::Primary);
    put->setSize(ButtonSize::Small);
    put->setObjectName(name + QLatin1Char('.') + act);
    put->setEnabled(false);
    row->addWidget(put);
    column->addLayout(row);
    connect(reason_, &QLineEdit::textChanged, put, [put](const QString& text) { put->setEnabled(!text.trimmed().isEmpty()); });
    connect(reason_, &QLineEdit::returnPressed, put, &QPushButton::click);
    connect(put, &QPushButton::clicked, this, [this, until] { Q_EMIT given(reason_->text(), ends[std::clamp(until->current(), 0, 2)]); });
}

void AcceptForm::open() {
    show();
    reason_->setFocus(Qt::OtherFocusReason);
}

} // namespace gw::ui

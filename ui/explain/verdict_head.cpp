#include "ui/explain/verdict_head.h"

#include "ui/errors/answer_texts.h"
#include "ui/explain/layer_view.h"
#include "ui/widgets/widgets.h"

#include <QPainter>
#include <QVBoxLayout>

namespace gw::ui {
namespace {

constexpr int discSize = 40, textLeft = discSize + space::s3;

} // namespace

VerdictHead::VerdictHead(QWidget* parent) : QWidget(parent) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(textLeft, 0, 0, 0);
    column->setSpacing(0);
    headline_ = new Text({}, TextStyle::Heading);
    headline_->setObjectName(QStringLiteral("explain.verdict.headline"));
    headline_->setWordWrap(true);
    sentence_ = new Text({}, TextStyle::Body, Color::TextSecondary);
    sentence_->setObjectName(QStringLiteral("explain.verdict.sentence"));
    sentence_->setWordWrap(true);
    caution_ = new Text({}, TextStyle::Small, Color::ExpiringText);
    caution_->setObjectName(QStringLiteral("explain.verdict.caution"));
    caution_->setWordWrap(true);
    column->addWidget(headline_);
    column->addWidget(sentence_);
    column->addWidget(caution_);
}

void VerdictHead::show(const ExplainedAnswer& answer) {
    decision_ = answer.decision;
    AnswerWords words = answerWords(answer.request, answer.policies, answer.explanation, answer.names);
    QString caution;
    const auto& base = answer.question->base;
    if (!answer.turning.empty() && answer.explanation.answer.decision != policy::Decision::Depends) {
        words.headline = answer.explanation.answer.decision == policy::Decision::Allowed
                             ? tr("Allowed by these files, which do not tell all")
                             : tr("Denied by these files, which do not tell all");
        QStringList missing;
        for (const std::size_t gap : answer.turning) missing.append(gapText(base.gaps[gap], answer.names));
        missing.removeDuplicates();
        caution = missing.mid(0, 2).join(QLatin1Char(' '));
    }
    // AWS knows what these files do not.
    if (answer.trial.empty())
        if (const QString misfit = misfitText(base, {answer.explanation, answer.decision, answer.turning}); !misfit.isEmpty())
            caution = misfit;
    headline_->setColorToken(lookOf(decision_).text);
    headline_->setFullText(words.headline);
    sentence_->setFullText(words.sentence);
    caution_->setFullText(caution);
    caution_->setVisible(!caution.isEmpty());
    setAccessibleName(words.headline);
    setAccessibleDescription(words.sentence);
    update();
}

QString VerdictHead::headline() const {
    return headline_->text();
}

void VerdictHead::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::of(this);
    const MarkLook look = lookOf(decision_);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.color(look.tint));
    const QRectF disc(0, 4, discSize, discSize);
    painter.drawEllipse(disc);
    const int mark = 20;
    painter.drawPixmap(QPointF(disc.center().x() - mark / 2.0, disc.center().y() - mark / 2.0),
                       iconPixmap(look.icon, mark, theme.color(look.text), devicePixelRatioF()));
}

} // namespace gw::ui

#include "ui/inspector/canonical_pane.h"

#include "ui/widgets/list_name.h"
#include "ui/widgets/widgets.h"

#include <QComboBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace gw::ui {

namespace {

QString algorithmName(const std::string& uri) {
    const auto cut = uri.find_last_of("#/");
    return shownText(std::string_view(uri).substr(cut == std::string::npos ? 0 : cut + 1));
}

QString repairWords(inspect::Repair repair) {
    using inspect::Repair;
    switch (repair) {
    case Repair::None: return {};
    case Repair::DropBlankText: return CanonicalPane::tr("It fits without the white space between elements: somebody indented it after signing.");
    case Repair::TrimText: return CanonicalPane::tr("It fits without the white space around values: somebody added it after signing.");
    case Repair::JoinLines: return CanonicalPane::tr("It fits without white space between elements and around values: it was reformatted after signing.");
    case Repair::CarriageReturns: return CanonicalPane::tr("It fits with line ends of CR LF: they were changed after signing.");
    case Repair::OtherMethod: return CanonicalPane::tr("It fits by another canonicalization than is stated.");
    case Repair::KeepSignature: return CanonicalPane::tr("It fits with the signature left in: the enveloped transform did not take place.");
    }
    return {};
}

} // namespace

Shading shadingOf(const inspect::CanonicalForm& form, const Shading& shading) {
    std::vector<ShadeRun> runs;
    const auto size = static_cast<std::uint32_t>(form.octets.size());
    const auto append = [&runs](std::uint32_t begin, std::uint32_t end, ShadeRun look) {
        if (begin >= end) return;
        look.range = {begin, end};
        if (!runs.empty() && runs.back().looksLike(look))
            runs.back().range.end = end;
        else
            runs.push_back(look);
    };
    for (std::size_t i = 0; i < form.pieces.size(); ++i) {
        const auto& piece = form.pieces[i];
        const std::uint32_t end = i + 1 < form.pieces.size() ? form.pieces[i + 1].out : size;
        if (piece.source.size() != end - piece.out) {
            append(piece.out, end, shading.at(piece.source.begin));
            continue;
        }
        // Taken over as it is, so every octet has its own look.
        for (std::uint32_t at = piece.source.begin; at < piece.source.end;) {
            const ShadeRun run = shading.at(at);
            const std::uint32_t next = std::clamp(run.range.end, at + 1, piece.source.end);
            append(piece.out + at - piece.source.begin, piece.out + next - piece.source.begin, run);
            at = next;
        }
    }
    return Shading(std::move(runs));
}

CanonicalPane::CanonicalPane(QWidget* parent) : QWidget(parent) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* head = new Panel(Color::BgSurface);
    head->setEdges(Qt::BottomEdge);
    auto* rows = new QVBoxLayout(head);
    rows->setContentsMargins(space::s3, space::s2, space::s3, space::s2);
    rows->setSpacing(space::s1 + 2);
    which_ = new QComboBox;
    which_->setObjectName(QStringLiteral("inspector.canonical.which"));
    which_->setAccessibleName(tr("Which signed part"));
    nameList(*which_);
    which_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    rows->addWidget(which_);
    facts_ = new QWidget;
    auto* grid = new QGridLayout(facts_);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(space::s2);
    grid->setVerticalSpacing(2);
    grid->setColumnStretch(1, 1);
    mark_ = new IconLabel(QStringLiteral("check"), Color::AllowedText, 14);
    verdict_ = new Text({}, TextStyle::Small);
    verdict_->setObjectName(QStringLiteral("inspector.canonical.verdict"));
    verdict_->setWordWrap(true);
    difference_ = new Button(tr("First difference"), QStringLiteral("arrow-right"), ButtonKind::Default);
    difference_->setObjectName(QStringLiteral("inspector.canonical.difference"));
    difference_->setSize(ButtonSize::Small);
    auto* line = new QHBoxLayout;
    line->setSpacing(space::s2);
    line->addWidget(mark_, 0, Qt::AlignTop);
    line->addWidget(verdict_, 1);
    line->addWidget(difference_);
    grid->addLayout(line, 0, 0, 1, 2);
    const auto digest = [&](int row, const QString& name) {
        grid->addWidget(new Text(name, TextStyle::Small, Color::TextTertiary), row, 0);
        auto* value = new Text({}, TextStyle::Code);
        value->setElide(Qt::ElideMiddle);
        grid->addWidget(value, row, 1);
        return value;
    };
    stated_ = digest(1, tr("Stated"));
    stated_->setObjectName(QStringLiteral("inspector.canonical.stated"));
    computed_ = digest(2, tr("Computed"));
    computed_->setObjectName(QStringLiteral("inspector.canonical.computed"));
    rows->addWidget(facts_);
    none_ = new Text(tr("Nothing in this document is signed, so there is nothing to digest."), TextStyle::Small, Color::TextSecondary);
    none_->setWordWrap(true);
    rows->addWidget(none_);
    column->addWidget(head);
    area_ = new CodeArea(tr("Canonical octets"));
    area_->setObjectName(QStringLiteral("inspector.canonical.octets"));
    column->addWidget(area_, 1);
    connect(which_, &QComboBox::currentIndexChanged, this, &CanonicalPane::choose);
    connect(difference_, &QPushButton::clicked, this, [this] {
        const auto& entry = entries_[static_cast<std::size_t>(which_->currentIndex())];
        const auto at = static_cast<std::uint32_t>(*entry.reference->firstDifference);
        Q_EMIT picked({at, at + 1});
    });
}

void CanonicalPane::clear() {
    entries_.clear();
    which_->clear();
    examined_.reset();
    area_->setSource(nullptr);
    for (Text* label : {verdict_, stated_, computed_}) label->setFullText({});
}

void CanonicalPane::show(const ExaminedPtr& examined) {
    clear();
    examined_ = examined;
    if (const auto* response = examined->response())
        for (const auto& signature : response->signatures) {
            for (const auto& reference : signature.references) {
                QString what = shownText(reference.uri);
                if (reference.target() != inspect::noNode) what = shownText(response->tree.localName(reference.target())) + QLatin1Char(' ') + what;
                entries_.push_back({tr("%1, signed by the signature in line %2").arg(what).arg(examined->lineOf(response->tree.node(signature.node).whole.begin)),
                                    &reference.form, &reference, &signature});
            }
            entries_.push_back({tr("SignedInfo of the signature in line %1").arg(examined->lineOf(response->tree.node(signature.node).whole.begin)),
                                &signature.signedInfo, nullptr, &signature});
        }
    none_->setVisible(entries_.empty());
    which_->setVisible(!entries_.empty());
    facts_->setVisible(!entries_.empty());
    for (const Entry& entry : entries_) which_->addItem(entry.words);
}

void CanonicalPane::choose(int index) {
    if (index < 0 || static_cast<std::size_t>(index) >= entries_.size()) return;
    const Entry& entry = entries_[static_cast<std::size_t>(index)];
    describe(entry);
    SharedText text{examined_->document, entry.form->octets.reveal(),
                    std::make_shared<const Shading>(shadingOf(*entry.form, examined_->document->shading))};
    FlowRules rules;
    rules.exact = true;
    area_->setSource(std::make_shared<FlowSource>(std::move(text), std::move(rules)));
}

void CanonicalPane::describe(const Entry& entry) {
    const auto* reference = entry.reference;
    const bool holds = reference != nullptr ? reference->holds : entry.signature->key() != nullptr;
    mark_->setIconName(holds ? QStringLiteral("check") : QStringLiteral("close"));
    mark_->setColorToken(holds ? Color::AllowedText : Color::DeniedText);
    QString words;
    if (reference == nullptr) {
        words = holds ? tr("The signature value fits these octets, by %1.").arg(algorithmName(entry.signature->method))
                      : tr("The signature value fits these octets under no key at hand.");
    } else if (reference->ofNothing) {
        words = tr("The stated digest is that of nothing at all.");
    } else {
        words = holds ? tr("%1 of these octets is what is stated.").arg(algorithmName(reference->digestMethod))
                      : tr("%1 of these octets is not what is stated.").arg(algorithmName(reference->digestMethod));
        if (!holds && reference->repair != inspect::Repair::None) words += QLatin1Char(' ') + repairWords(reference->repair);
    }
    verdict_->setFullText(words);
    difference_->setVisible(reference != nullptr && reference->firstDifference.has_value());
    const auto digest = [](Text* label, const QString& text) { label->setFullText(text.isEmpty() ? QString(QChar(0x2013)) : text); };
    digest(stated_, reference != nullptr ? shownText(reference->stated) : shownText(entry.signature->value));
    digest(computed_, reference != nullptr ? shownText(reference->computed) : QString());
}

} // namespace gw::ui

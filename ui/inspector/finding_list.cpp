#include "ui/inspector/finding_list.h"

#include "saml/inspect/inspect_rules.h"
#include "ui/style/focus_ring.h"
#include "ui/style/paint.h"
#include "ui/widgets/widgets.h"

#include <QPainter>
#include <QVBoxLayout>

namespace gw::ui {

namespace {

constexpr int markSize = 18;
// Long words break where the panel ends, not where they do.
constexpr int leastText = 60;

struct SeverityLook {
    QString icon;
    Color ink;
};

SeverityLook lookOf(saml::Severity severity) {
    switch (severity) {
    case saml::Severity::Fatal: return {QStringLiteral("finding-critical"), Color::SevCritical};
    case saml::Severity::Error: return {QStringLiteral("finding-error"), Color::SevError};
    case saml::Severity::Warning: return {QStringLiteral("finding-high"), Color::SevHigh};
    case saml::Severity::Info: return {QStringLiteral("info"), Color::SevLow};
    }
    return {QStringLiteral("info"), Color::SevLow};
}

// "Seen" over the value itself, as machines wrote it.
QWidget* labelled(const QString& label, const QString& value, bool mono) {
    auto* box = new QWidget;
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(1);
    column->addWidget(new Text(label, TextStyle::Caption, Color::TextTertiary));
    auto* words = new Text(value, mono ? TextStyle::Code : TextStyle::Small, Color::TextPrimary);
    words->setWordWrap(true);
    words->setMinimumWidth(leastText);
    column->addWidget(words);
    return box;
}

// Short ones stand in the row itself; so does what decides.
bool fitsRow(const saml::Finding& finding, const FindingText& words) {
    constexpr qsizetype shortText = 90;
    return finding.severity >= saml::Severity::Error || words.detail.size() <= shortText;
}

QWidget* detailsOf(const saml::Finding& finding, const FindingText& words) {
    auto* box = new QWidget;
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(space::s4 + markSize + space::s2, 0, space::s4, space::s3);
    column->setSpacing(space::s2);
    if (!words.detail.isEmpty() && !fitsRow(finding, words)) {
        auto* why = new Text(words.detail, TextStyle::Small, Color::TextSecondary);
        why->setWordWrap(true);
        why->setMinimumWidth(leastText);
        column->addWidget(why);
    }
    const auto value = [&](std::string_view fact) {
        const std::string_view seen = finding.fact(fact);
        return QString::fromUtf8(seen.data(), static_cast<qsizetype>(seen.size()));
    };
    if (!value("seen").isEmpty()) column->addWidget(labelled(FindingList::tr("Seen"), value("seen"), true));
    if (!value("expected").isEmpty()) column->addWidget(labelled(FindingList::tr("Expected"), value("expected"), true));
    if (!words.fix.isEmpty()) {
        auto* line = new QWidget;
        auto* row = new QHBoxLayout(line);
        row->setContentsMargins(0, 0, 0, 0);
        row->setSpacing(space::s1 + 2);
        auto* arrow = new IconLabel(QStringLiteral("arrow-right"), Color::TextSecondary, 12);
        arrow->setFixedHeight(Theme::lineHeight(TextStyle::Small));
        row->addWidget(arrow, 0, Qt::AlignTop);
        auto* text = new Text(words.fix, TextStyle::Small, Color::TextPrimary);
        text->setWordWrap(true);
        text->setMinimumWidth(leastText);
        row->addWidget(text, 1);
        column->addWidget(line);
    }
    if (!finding.where.empty()) column->addWidget(labelled(FindingList::tr("Where"), QString::fromStdString(finding.where), true));
    column->addWidget(labelled(FindingList::tr("By"), QString::fromUtf8(finding.rule->clause.data(), static_cast<qsizetype>(finding.rule->clause.size())), false));
    return box;
}

} // namespace

FindingRow::FindingRow(const saml::Finding& finding, const FindingText& words, int line, QWidget* parent) : QAbstractButton(parent) {
    const SeverityLook look = lookOf(finding.severity);
    const QString rule = QString::fromUtf8(finding.rule->id.data(), static_cast<qsizetype>(finding.rule->id.size()));
    setCheckable(true);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setFocusRingRadius(this, -1);
    // A button's own policy would make its widest words the least width.
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(space::s4, space::s2 + 1, space::s3, space::s2 + 1);
    row->setSpacing(space::s2 + 2);
    auto* mark = new IconLabel(look.icon, look.ink, size::icon);
    mark->setFixedHeight(Theme::lineHeight(TextStyle::Body));
    row->addWidget(mark, 0, Qt::AlignTop);
    auto* column = new QVBoxLayout;
    column->setSpacing(0);
    auto* title = new Text(words.title, finding.severity >= saml::Severity::Error ? TextStyle::Strong : TextStyle::Body);
    title->setWordWrap(true);
    title->setMinimumWidth(leastText);
    column->addWidget(title);
    QString sentence = fitsRow(finding, words) ? words.detail : QString();
    if (line > 0) sentence = sentence.isEmpty() ? tr("Line %1").arg(line) : tr("Line %2: %1").arg(sentence).arg(line);
    if (!sentence.isEmpty()) {
        auto* text = new Text(sentence, TextStyle::Small, Color::TextSecondary);
        text->setWordWrap(true);
        text->setMinimumWidth(leastText);
        column->addWidget(text);
    }
    auto* id = new Text(rule, TextStyle::Code, Color::TextTertiary);
    QFont letters = id->font();
    letters.setPixelSize(type::caption.px);
    id->setFont(letters);
    id->setElide(Qt::ElideRight);
    column->addWidget(id);
    row->addLayout(column, 1);
    chevron_ = new IconLabel(QStringLiteral("chevron-right"), Color::TextTertiary, 14);
    chevron_->setFixedHeight(Theme::lineHeight(TextStyle::Body));
    row->addWidget(chevron_, 0, Qt::AlignTop);
    for (QWidget* child : findChildren<QWidget*>()) child->setAttribute(Qt::WA_TransparentForMouseEvents);
    setAccessibleName(tr("%1: %2", "severity, finding").arg(severityWord(finding.severity), words.title));
    setAccessibleDescription(sentence);
}

void FindingRow::setDetails(QWidget* details) {
    details_ = details;
    details_->hide();
}

void FindingRow::setMarked(bool marked) {
    marked_ = marked;
    update();
}

void FindingRow::nextCheckState() {
    QAbstractButton::nextCheckState();
    if (details_ != nullptr) details_->setVisible(isChecked());
    chevron_->setIconName(isChecked() ? QStringLiteral("chevron-down") : QStringLiteral("chevron-right"));
}

void FindingRow::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    paintRow(painter, rect(), {underMouse(), marked_, hasFocus(), isActiveWindow()}, Theme::of(this));
}

FindingList::FindingList(QWidget* parent) : QWidget(parent), column_(new QVBoxLayout(this)) {
    column_->setContentsMargins(0, 0, 0, 0);
    column_->setSpacing(0);
    setAccessibleName(tr("Findings"));
}

void FindingList::show(const Examined& examined) {
    const auto& findings = examined.findings();
    while (QLayoutItem* item = column_->takeAt(0)) {
        if (QWidget* widget = item->widget()) {
            widget->hide();
            widget->deleteLater();
        }
        delete item;
    }
    for (std::size_t i = 0; i < std::min(findings.size(), most); ++i) {
        const saml::Finding& finding = findings[i];
        const inspect::Range place = examined.places[i];
        const FindingText words = textOf(finding, examined);
        auto* row = new FindingRow(finding, words, place.empty() ? 0 : examined.lineOf(place.begin));
        row->setObjectName(QStringLiteral("inspector.finding.%1").arg(i));
        row->setProperty("gw.rule", QString::fromUtf8(finding.rule->id.data(), static_cast<qsizetype>(finding.rule->id.size())));
        auto* details = detailsOf(finding, words);
        row->setDetails(details);
        if (i > 0) column_->addWidget(new Divider);
        column_->addWidget(row);
        column_->addWidget(details);
        connect(row, &QAbstractButton::clicked, this, [this, place] {
            if (!place.empty()) Q_EMIT picked(place);
        });
    }
    if (findings.size() > most) {
        auto* rest = new Text(tr("%n more finding(s)", nullptr, static_cast<int>(findings.size() - most)), TextStyle::Small, Color::TextSecondary);
        rest->setContentsMargins(space::s4, space::s2, space::s4, space::s2);
        column_->addWidget(rest);
    }
    if (findings.empty()) {
        auto* none = new Text(tr("Nothing was found."), TextStyle::Small, Color::TextSecondary);
        none->setContentsMargins(space::s4, space::s2, space::s4, space::s3);
        column_->addWidget(none);
    }
}

FindingText textOf(const saml::Finding& finding, const Examined& examined) {
    inspect::ProviderKind provider = inspect::ProviderKind::Unknown;
    saml::Finding shown = finding;
    if (const auto* response = examined.response()) {
        provider = response->provider;
        // The text counts its own line ends; the gutter counts rows, and a response is usually one line.
        for (const auto& attack : response->attacks) {
            if (&inspect::ruleOf(attack.attack) != finding.rule) continue;
            const auto translate = [&](std::string_view name, inspect::NodeIndex node) {
                for (Fact& fact : shown.facts)
                    if (fact.name == name && node != inspect::noNode)
                        fact.value = std::to_string(examined.lineOf(response->tree.node(node).whole.begin));
            };
            translate("evil_line", attack.evil);
            translate("original_line", attack.original);
            break;
        }
    } else if (examined.metadata() != nullptr && !examined.metadata()->entities.empty()) {
        provider = examined.metadata()->entities.front().provider;
    }
    return explainFinding(shown, provider);
}

QString severityWord(saml::Severity severity) {
    switch (severity) {
    case saml::Severity::Fatal: return FindingList::tr("Fatal");
    case saml::Severity::Error: return FindingList::tr("Error");
    case saml::Severity::Warning: return FindingList::tr("Warning");
    case saml::Severity::Info: return FindingList::tr("Note");
    }
    return {};
}

QString countsOf(const std::vector<saml::Finding>& findings) {
    const auto count = [&](saml::Severity severity) {
        return static_cast<int>(std::count_if(findings.begin(), findings.end(), [&](const saml::Finding& one) { return one.severity == severity; }));
    };
    QStringList parts;
    const auto add = [&](int number, const QString& words) {
        if (number > 0) parts.append(words);
    };
    const int fatal = count(saml::Severity::Fatal), errors = count(saml::Severity::Error), warnings = count(saml::Severity::Warning),
              notes = count(saml::Severity::Info);
    add(fatal, FindingList::tr("%n fatal", nullptr, fatal));
    add(errors, FindingList::tr("%n error(s)", nullptr, errors));
    add(warnings, FindingList::tr("%n warning(s)", nullptr, warnings));
    add(notes, FindingList::tr("%n note(s)", nullptr, notes));
    return parts.join(QStringLiteral(", "));
}

} // namespace gw::ui

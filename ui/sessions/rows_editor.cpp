#include "ui/sessions/rows_editor.h"

#include "ui/widgets/widgets.h"

#include <QComboBox>
#include <QCompleter>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace gw::ui {

namespace {

using sessions::Environment;
constexpr std::array environments{Environment::Prod, Environment::Stage, Environment::Dev, Environment::Shared};

} // namespace

RowsEditor::RowsEditor(Second second, const QString& own, const QString& firstTitle, const QString& secondTitle, const QString& addText,
                       QWidget* parent)
    : QWidget(parent), second_(second), own_(own), firstTitle_(firstTitle), secondTitle_(secondTitle) {
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(space::s2);
    column_ = new QVBoxLayout;
    column_->setSpacing(space::s2);
    outer->addLayout(column_);
    auto* error = new Text({}, TextStyle::Small, Color::DeniedText);
    error->setWordWrap(true);
    error->hide();
    error_ = error;
    outer->addWidget(error_);
    auto* add = new Button(addText, QStringLiteral("add"), ButtonKind::Default);
    add->setSize(ButtonSize::Small);
    add->setObjectName(own + QStringLiteral(".add"));
    auto* row = new QHBoxLayout;
    row->addWidget(add);
    row->addStretch();
    outer->addLayout(row);
    connect(add, &QPushButton::clicked, this, [this] { addRow({}, true); });
}

void RowsEditor::addRow(const Row& row, bool focus) {
    Line line{new QWidget, new QLineEdit(row.first), nullptr, nullptr};
    auto* layout = new QHBoxLayout(line.holder);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::s2);
    line.first->setPlaceholderText(firstTitle_);
    if (!suggestions_.isEmpty()) {
        auto* completer = new QCompleter(suggestions_, line.first);
        completer->setFilterMode(Qt::MatchContains);
        completer->setCaseSensitivity(Qt::CaseInsensitive);
        line.first->setCompleter(completer);
    }
    layout->addWidget(line.first, 1);
    if (second_ == Second::Text) {
        line.text = new QLineEdit(row.second);
        line.text->setPlaceholderText(secondTitle_);
        layout->addWidget(line.text, 1);
    } else {
        line.environment = new QComboBox;
        for (const auto environment : environments) line.environment->addItem(environmentWord(environment));
        const auto found = std::find(environments.begin(), environments.end(), row.environment);
        line.environment->setCurrentIndex(found == environments.end() ? 0 : static_cast<int>(found - environments.begin()));
        layout->addWidget(line.environment);
    }
    auto* remove = new IconButton(QStringLiteral("delete"), tr("Remove this row"));
    layout->addWidget(remove);
    connect(remove, &QToolButton::clicked, this, [this, holder = line.holder] {
        std::erase_if(lines_, [&](const Line& other) { return other.holder == holder; });
        column_->removeWidget(holder);
        holder->hide();
        holder->deleteLater();
        name();
    });
    column_->addWidget(line.holder);
    lines_.push_back(line);
    name();
    if (focus) line.first->setFocus(Qt::OtherFocusReason);
}

void RowsEditor::name() {
    for (std::size_t i = 0; i < lines_.size(); ++i) {
        const QString own = own_ + u'.' + QString::number(i);
        lines_[i].first->setObjectName(own + QStringLiteral(".first"));
        lines_[i].first->setAccessibleName(firstTitle_);
        QWidget* second = lines_[i].text ? static_cast<QWidget*>(lines_[i].text) : lines_[i].environment;
        second->setObjectName(own + QStringLiteral(".second"));
        second->setAccessibleName(secondTitle_);
        lines_[i].holder->findChild<IconButton*>()->setObjectName(own + QStringLiteral(".remove"));
    }
}

void RowsEditor::setRows(const std::vector<Row>& rows) {
    for (const Line& line : lines_) line.holder->deleteLater();
    lines_.clear();
    for (const Row& row : rows) addRow(row, false);
}

std::vector<RowsEditor::Row> RowsEditor::rows() const {
    std::vector<Row> out;
    for (const Line& line : lines_) {
        Row row{line.first->text().trimmed(), line.text ? line.text->text().trimmed() : QString(), Environment::None};
        if (line.environment) row.environment = environments[static_cast<std::size_t>(line.environment->currentIndex())];
        if (!row.first.isEmpty()) out.push_back(row);
    }
    return out;
}

void RowsEditor::setError(int row, const QString& text) {
    auto* label = static_cast<Text*>(error_);
    label->setText(text);
    label->setVisible(!text.isEmpty());
    int at = -1;
    for (const Line& line : lines_) {
        const bool counts = !line.first->text().trimmed().isEmpty();
        if (counts) ++at;
        line.first->setProperty("gw.error", counts && at == row && !text.isEmpty());
    }
    for (const Line& line : lines_) line.first->update();
}

} // namespace gw::ui

#include "ui/inspector/section.h"

namespace gw::ui {

namespace {

constexpr int nameColumn = 108;
// Long words break where the panel ends, not where they do.
constexpr int leastText = 60;

} // namespace

Section::Section(const QString& title, const QString& right, QWidget* parent) : QWidget(parent) {
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(0);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(space::s4, space::s3, space::s4, space::s2);
    head->setSpacing(space::s2);
    head->addWidget(new Text(title, TextStyle::Strong));
    head->addStretch(1);
    if (!right.isEmpty()) head->addWidget(new Text(right, TextStyle::Small, Color::TextSecondary));
    outer->addLayout(head);
    wide_ = new QVBoxLayout;
    wide_->setSpacing(0);
    outer->addLayout(wide_);
    column_ = new QVBoxLayout;
    column_->setContentsMargins(space::s4, 0, space::s4, space::s3);
    column_->setSpacing(space::s1 + 2);
    outer->addLayout(column_);
    outer->addWidget(new Divider);
}

void Section::addText(const QString& text, TextStyle style, Color color) {
    auto* words = new Text(text, style, color);
    words->setWordWrap(true);
    words->setMinimumWidth(leastText);
    column_->addWidget(words);
}

void Section::addLine(const QString& icon, Color ink, const QString& name, const QString& text) {
    auto* row = new QHBoxLayout;
    row->setSpacing(space::s2);
    const int line = Theme::lineHeight(TextStyle::Small);
    auto* mark = new IconLabel(icon, ink, 14);
    mark->setFixedHeight(line);
    row->addWidget(mark, 0, Qt::AlignTop);
    auto* called = new Text(name, TextStyle::Small, Color::TextPrimary);
    called->setElide(Qt::ElideRight);
    called->setFixedWidth(nameColumn - 30);
    row->addWidget(called, 0, Qt::AlignTop);
    auto* words = new Text(text, TextStyle::Small, Color::TextSecondary);
    words->setWordWrap(true);
    words->setMinimumWidth(leastText);
    row->addWidget(words, 1);
    column_->addLayout(row);
}

void Section::addFact(const QString& name, const QString& value, bool mono) {
    auto* row = new QHBoxLayout;
    row->setSpacing(space::s2);
    auto* called = new Text(name, TextStyle::Small, Color::TextTertiary);
    called->setWordWrap(true);
    called->setFixedWidth(nameColumn);
    row->addWidget(called, 0, Qt::AlignTop);
    auto* words = new Text(value, mono ? TextStyle::Code : TextStyle::Small, Color::TextPrimary);
    words->setWordWrap(true);
    words->setMinimumWidth(leastText);
    words->setToolTip(value);
    row->addWidget(words, 1);
    column_->addLayout(row);
}

CodeBlock* Section::addCode(const QString& name, const QString& code, const QString& objectName, bool highlighted) {
    auto* block = new CodeBlock(name);
    block->setObjectName(objectName);
    block->setCopyObjectName(objectName + QStringLiteral(".copy"));
    block->setHighlighted(highlighted);
    block->setCode(code);
    column_->addWidget(block);
    return block;
}

} // namespace gw::ui

#include "ui/widgets/code_block.h"

#include "ui/style/paint.h"
#include "ui/widgets/button.h"
#include "ui/widgets/clipboard.h"
#include "ui/widgets/code_view.h"
#include "ui/widgets/text.h"

#include <QHBoxLayout>
#include <QTimer>
#include <QVBoxLayout>

namespace gw::ui {
namespace {

using namespace std::chrono_literals;
constexpr auto copiedShown = 1500ms;
constexpr int cornerInset = 4;

// The ground behind the text.
class CodeGround : public QWidget {
public:
    explicit CodeGround(QWidget* parent) : QWidget(parent) {}
    QWidget* corner = nullptr;

protected:
    void paintEvent(QPaintEvent*) override {
        const Theme& theme = Theme::of(this);
        QPainter painter(this);
        paintPanel(painter, rect(), theme.color(Color::BgCode), theme.color(Color::BorderSubtle), radius::control);
    }
    void resizeEvent(QResizeEvent*) override {
        if (corner != nullptr) corner->move(width() - corner->width() - cornerInset, cornerInset);
    }
};

} // namespace

CodeBlock::CodeBlock(const QString& accessibleName, QWidget* parent) : QFrame(parent) {
    setFrameShape(QFrame::NoFrame);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(space::s1);

    header_ = new QWidget(this);
    auto* row = new QHBoxLayout(header_);
    row->setContentsMargins(0, 0, 0, 0);
    title_ = new Text(QString(), TextStyle::Body, Color::TextSecondary, header_);
    title_->setElide(Qt::ElideRight);
    titleCopy_ = new Button(tr("Copy"), QStringLiteral("copy"), ButtonKind::Ghost, header_);
    titleCopy_->setSize(ButtonSize::Small);
    titleCopy_->setAccessibleName(tr("Copy: %1").arg(accessibleName));
    row->addWidget(title_, 1);
    row->addWidget(titleCopy_);
    header_->hide();
    outer->addWidget(header_);

    auto* ground = new CodeGround(this);
    auto* inside = new QVBoxLayout(ground);
    inside->setContentsMargins(1, 1, 1, 1);
    view_ = new CodeView(ground);
    view_->setAccessibleName(accessibleName);
    inside->addWidget(view_);
    outer->addWidget(ground);

    cornerCopy_ = new IconButton(QStringLiteral("copy"), tr("Copy: %1").arg(accessibleName), ground);
    cornerCopy_->setCursor(Qt::ArrowCursor);
    cornerCopy_->resize(cornerCopy_->sizeHint());
    ground->corner = cornerCopy_;
    view_->setCornerRoom(cornerCopy_->width());
    // The parts are found by the block's own name.
    connect(this, &QObject::objectNameChanged, this,
            [this](const QString& name) { setCopyObjectName(name + QStringLiteral(".copy")); });
    setCopyObjectName(QStringLiteral("copy"));

    connect(titleCopy_, &QAbstractButton::clicked, this, &CodeBlock::copy);
    connect(cornerCopy_, &QAbstractButton::clicked, this, &CodeBlock::copy);
}

void CodeBlock::setCode(const QString& code) {
    if (code == code_) return;
    code_ = code;
    view_->setCode(code);
}

void CodeBlock::setCopySource(std::function<QString()> source) {
    source_ = std::move(source);
}

void CodeBlock::setTitle(const QString& title) {
    title_->setFullText(title);
    header_->setVisible(!title.isEmpty());
    cornerCopy_->setVisible(title.isEmpty());
    view_->setCornerRoom(title.isEmpty() ? cornerCopy_->width() : 0);
}

void CodeBlock::setHighlighted(bool highlighted) {
    view_->setHighlighted(highlighted);
}

void CodeBlock::setQuietFrom(int line) {
    view_->setQuietFrom(line);
}

void CodeBlock::setCopyObjectName(const QString& name) {
    titleCopy_->setObjectName(name);
    cornerCopy_->setObjectName(name + QStringLiteral(".corner"));
    view_->setObjectName(name + QStringLiteral(".text"));
}

void CodeBlock::copy() {
    if (source_) {
        copyText(source_(), true);
    } else {
        copyText(code_, false);
    }
    showCopied();
    Q_EMIT copied();
}

void CodeBlock::showCopied() {
    titleCopy_->setText(tr("Copied"));
    titleCopy_->setIconName(QStringLiteral("check"));
    cornerCopy_->setIconName(QStringLiteral("check"));
    QTimer::singleShot(copiedShown, this, [this] {
        titleCopy_->setText(tr("Copy"));
        titleCopy_->setIconName(QStringLiteral("copy"));
        cornerCopy_->setIconName(QStringLiteral("copy"));
    });
}

} // namespace gw::ui

#include "ui/shell/shortcuts_window.h"

#include "ui/shell/menus.h"
#include "ui/style/paint.h"
#include "ui/widgets/button.h"
#include "ui/widgets/icon_label.h"
#include "ui/widgets/text.h"

#include <QGridLayout>
#include <QScrollArea>
#include <QVBoxLayout>

namespace gw::ui {
namespace {

// The key at the right of its row.
class KeyCap : public QWidget {
public:
    KeyCap(const QString& keys, QWidget* parent) : QWidget(parent), keys_(keys.split(QLatin1Char(' '))) {
        setAccessibleName(keys);
    }
    QSize sizeHint() const override {
        int width = 0;
        for (const QString& key : keys_) width += keyCapWidth(key, Theme::of(this)) + space::s1;
        return {width, size::controlSmall};
    }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        int right = width();
        for (qsizetype i = keys_.size() - 1; i >= 0; --i)
            right -= paintKeyCap(painter, right, height() / 2, keys_[i], Theme::of(this)) + space::s1;
    }

private:
    QStringList keys_;
};

} // namespace

ShortcutsWindow::ShortcutsWindow(const ActionTable& actions, QWidget* parent) : QDialog(parent) {
    setObjectName(QStringLiteral("shortcuts"));
    setWindowTitle(tr("Keyboard shortcuts"));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(460, 560);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    auto* scroll = new QScrollArea(this);
    scroll->setObjectName(QStringLiteral("shortcuts.list"));
    scroll->setAccessibleName(windowTitle());
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    auto* page = new QWidget(scroll);
    auto* grid = new QGridLayout(page);
    grid->setContentsMargins(space::s6, space::s4, space::s6, space::s6);
    grid->setHorizontalSpacing(space::s6);
    grid->setVerticalSpacing(space::s1);
    grid->setColumnStretch(0, 1);
    int row = 0;
    QStringList menus = menuNames(actions);
    menus.append(QString());
    for (const QString& menu : menus) {
        bool headed = false;
        for (const ActionSpec& spec : actions.specs()) {
            if (spec.menu != menu || spec.shortcut.isEmpty()) continue;
            if (!headed) {
                auto* heading =
                    new Text(menu.isEmpty() ? tr("Everywhere") : menuTitle(menu), TextStyle::Strong, Color::TextSecondary, page);
                heading->setContentsMargins(0, row == 0 ? 0 : space::s3, 0, 0);
                grid->addWidget(heading, row++, 0, 1, 2);
                headed = true;
            }
            grid->addWidget(new Text(spec.text, TextStyle::Body, Color::TextPrimary, page), row, 0);
            grid->addWidget(new KeyCap(keyText(spec.shortcut), page), row++, 1, Qt::AlignRight);
        }
    }
    grid->setRowStretch(row, 1);
    scroll->setWidget(page);
    outer->addWidget(scroll);
}

} // namespace gw::ui

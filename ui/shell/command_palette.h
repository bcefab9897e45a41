// Ctrl+K: find or run anything, by keyboard alone.
#pragma once

#include "ui/shell/palette_list.h"

#include <QLineEdit>
#include <QPointer>

namespace gw::ui {

class Text;

// Lies over the whole window while open; gives the focus back to where it was.
class CommandPalette : public QWidget {
    Q_OBJECT
public:
    explicit CommandPalette(QWidget* window);
    void open(std::vector<PaletteItem> items, std::vector<PaletteFinder> finders = {});
    void closePalette();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    bool key(const QKeyEvent& event);
    void arrange();
    void find(const QString& query);
    void nextKind(int step);
    void step(int by);
    void run(const QModelIndex& index);
    [[nodiscard]] QRect body() const;

    PaletteModel model_;
    QLineEdit* search_ = nullptr;
    QListView* list_ = nullptr;
    Text* kindText_ = nullptr;
    Text* count_ = nullptr;
    Text* nothing_ = nullptr;
    QWidget* hints_ = nullptr;
    QString kind_;
    QPointer<QWidget> before_;
    QRect painted_;
};

} // namespace gw::ui

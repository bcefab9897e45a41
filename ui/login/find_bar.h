// Finds words in the page: Ctrl+F opens it, Enter goes on, Esc closes it.
#pragma once

#include <QPointer>
#include <QWebEnginePage>
#include <QWidget>

namespace gw::ui {

class SearchBox;

class FindBar : public QWidget {
    Q_OBJECT
public:
    explicit FindBar(QWidget* parent = nullptr);
    void setPage(QWebEnginePage* page);
    void open();
    void close();
    void findNext(bool backward);

Q_SIGNALS:
    void closed();

protected:
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void find(QWebEnginePage::FindFlags flags);
    QPointer<QWebEnginePage> page_;
    SearchBox* box_;
};

} // namespace gw::ui

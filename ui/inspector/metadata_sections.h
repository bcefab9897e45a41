// The parts of the side panel for metadata. Private to ui/inspector.
#pragma once

#include "saml/inspect/metadata_report.h"

#include <QWidget>

#include <vector>

namespace gw::ui {

[[nodiscard]] std::vector<QWidget*> metadataSections(const inspect::MetadataReport& report, UtcTime now);

// When keys end: one bar for each, from its first to its last day, with today's line through all.
class KeyCalendar : public QWidget {
    Q_OBJECT
public:
    KeyCalendar(const std::vector<inspect::KeyEnd>& keys, UtcTime now, QWidget* parent = nullptr);
    // More are not drawn.
    static constexpr std::size_t most = 24;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return {160, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    struct Entry {
        QString words, whole;
        UtcTime begin, end;
        bool last;
    };
    [[nodiscard]] static int rowHeight();
    std::vector<Entry> entries_;
    UtcTime now_, from_, to_;
};

} // namespace gw::ui

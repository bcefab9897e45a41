// A tab of the Review screen beside its two tables, in a folder of its own: drift, unused, calendar.
#pragma once

#include "ui/review/reviewed.h"

#include <QStringList>
#include <QWidget>

#include <optional>

namespace gw::ui {

class TablePage;

class ReviewTab : public QWidget {
    Q_OBJECT
public:
    using QWidget::QWidget;
    // What stands in the header.
    [[nodiscard]] virtual QString title() const = 0;
    // How many of what it is about, beside its title; nothing: not known.
    [[nodiscard]] virtual std::optional<std::size_t> count() const { return std::nullopt; }
    // What is reviewed from now on; null: nothing.
    virtual void setReview(const ReviewedPtr& review) = 0;
    // For a quiet end of whatever waits.
    [[nodiscard]] virtual bool busy() const { return false; }
    // What filter, copy and export are about; null: there is no table now.
    [[nodiscard]] virtual TablePage* rows() { return nullptr; }
    // Shows its chosen row's own answer to "what can it do"; false: it has none.
    virtual bool explainRow() { return false; }
    // Files that were let go over it; false: they are meant for the whole screen.
    virtual bool take(const QStringList& files) {
        (void)files;
        return false;
    }

    // What is said while files are dragged over it; empty: as of the whole screen.
    [[nodiscard]] virtual QString dropWords() const { return {}; }

Q_SIGNALS:
    // Into the rules file, for so many days; `title` says what it is.
    void acceptWanted(const gw::estate::review::AcceptedFinding& accepted, const QString& title, int days);
    // Count, or what is shown.
    void changed();
};

} // namespace gw::ui

// An answer as the layers that are drawn: what each says, which of them decide, and with which statements.
#pragma once

#include "ui/errors/answer_texts.h"
#include "ui/explain/explained.h"
#include "ui/style/theme.h"

namespace gw::ui {

struct StatementView {
    const policy::StatementReport* report = nullptr; // of the answer, which outlives the view
    bool decides = false;
    QString name;  // "refunds-read, statement 2"
    QString place; // "at Root"; of policies that are attached to a level
    QString why;
};

struct LayerView {
    policy::Layer layer = policy::Layer::Identity;
    LayerMark mark = LayerMark::Silent;
    bool decides = false;
    QString title, document, word, sentence;
    std::vector<StatementView> statements; // the deciding ones first
    std::size_t others = 0;                // statements that are not worth a line
};

[[nodiscard]] std::vector<LayerView> layerViews(const ExplainedAnswer& answer);

struct MarkLook {
    QString icon;
    Color text, tint, line;
};
[[nodiscard]] MarkLook lookOf(LayerMark mark);
[[nodiscard]] MarkLook lookOf(policy::Decision decision);
[[nodiscard]] QString iconOf(policy::Layer layer);

} // namespace gw::ui

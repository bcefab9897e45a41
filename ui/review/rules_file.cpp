#include "ui/review/rules_file.h"

#include "models/store/on_worker.h"
#include "models/store/when_done.h"
#include "saml/base/json_quote.h"
#include "ui/errors/utf8.h"

namespace gw::ui {

QByteArray withAccepted(const QByteArray& rules, const estate::review::AcceptedFinding& accepted, const QDate& until) {
    std::string added = rules.isEmpty() || rules.endsWith('\n') ? "" : "\n";
    if (!rules.isEmpty()) added += '\n';
    added += "[[accept]]\n";
    // A basic string of TOML is written as one of JSON.
    const auto line = [&added](std::string_view key, std::string_view value) {
        if (value.empty()) return;
        added += key;
        added += " = ";
        appendJsonQuoted(added, value);
        added += '\n';
    };
    line("rule", accepted.rule);
    line("object", accepted.object);
    line("file", accepted.file);
    line("change", accepted.change);
    line("principal", accepted.principal);
    line("action", accepted.action);
    line("resource", accepted.resource);
    line("reason", fromUtf8(accepted.reason).trimmed().toStdString());
    added += "until = " + until.toString(Qt::ISODate).toStdString() + '\n';
    return rules + QByteArray::fromStdString(added);
}

RulesDesk::RulesDesk(Load load, Save save, QObject* parent) : QObject(parent), load_(std::move(load)), save_(std::move(save)) {}

void RulesDesk::load(std::function<void(const QByteArray&)> then) {
    ++underWay_;
    whenDone(onWorker([load = load_, one = one_] {
                 const std::scoped_lock lock(*one);
                 return load ? load() : QByteArray();
             }),
             this, [this, then = std::move(then)](const QByteArray& rules) {
                 --underWay_;
                 then(rules);
             });
}

void RulesDesk::change(std::function<QByteArray(const QByteArray&)> edit, std::function<void(const std::optional<Changed>&)> then) {
    ++underWay_;
    const auto work = [load = load_, save = save_, edit = std::move(edit), one = one_]() -> std::optional<Changed> {
        if (!load || !save) return std::nullopt;
        const std::scoped_lock lock(*one);
        Changed changed{load(), {}};
        changed.after = edit(changed.before);
        if (changed.after != changed.before && !save(changed.after)) return std::nullopt;
        return changed;
    };
    whenDone(onWorker(work), this, [this, then = std::move(then)](const std::optional<Changed>& changed) {
        --underWay_;
        then(changed);
    });
}

} // namespace gw::ui

#include "ui/inspector/shading.h"

#include <QCoreApplication>

#include <algorithm>

namespace gw::ui {

namespace {

QString tr(const char* text) { return QCoreApplication::translate("Shading", text); }

ShadeRun shadeOf(const inspect::CoverageRun& run) {
    ShadeRun shade{run.range, Shade::Unsigned, Mark::Plain, false};
    switch (run.standing) {
    case inspect::Standing::None: break;
    case inspect::Standing::Claimed: shade.shade = Shade::Broken; break;
    case inspect::Standing::Consistent: shade.shade = Shade::Unproven; break;
    case inspect::Standing::Verified: shade.shade = Shade::Signed; break;
    }
    switch (run.kind) {
    case inspect::ByteKind::Plain: break;
    case inspect::ByteKind::Claim: shade.mark = Mark::Claim; break;
    case inspect::ByteKind::Posing:
        // A signed value beside a forged one is what its signer said: it poses as nothing.
        shade.mark = shade.shade < Shade::Unproven ? Mark::Posing : Mark::Claim;
        shade.hostile = shade.shade < Shade::Broken;
        break;
    case inspect::ByteKind::Removed:
        if (shade.shade == Shade::Unsigned) shade.shade = Shade::Removed;
        break;
    }
    return shade;
}

} // namespace

Shading Shading::of(const inspect::Inspection& inspection) {
    std::vector<inspect::Range> evil;
    for (const auto& attack : inspection.attacks)
        if (attack.evil != inspect::noNode) evil.push_back(inspection.tree.node(attack.evil).whole);
    std::vector<ShadeRun> runs;
    runs.reserve(inspection.coverage.runs.size());
    for (const auto& run : inspection.coverage.runs) {
        ShadeRun rest = shadeOf(run);
        // An evil part may end inside a run: what a signature wraps lies between octets that none covers.
        while (!rest.range.empty()) {
            ShadeRun next = rest;
            for (const auto& range : evil) {
                if (range.holds(next.range.begin)) {
                    next.hostile = next.hostile || next.shade < Shade::Unproven;
                    next.range.end = std::min(next.range.end, range.end);
                } else if (range.begin > next.range.begin) {
                    next.range.end = std::min(next.range.end, range.begin);
                }
            }
            if (!runs.empty() && runs.back().looksLike(next))
                runs.back().range.end = next.range.end;
            else
                runs.push_back(next);
            rest.range.begin = next.range.end;
        }
    }
    return Shading(std::move(runs));
}

std::size_t Shading::indexOf(std::uint32_t offset) const {
    const auto after = std::upper_bound(runs_.begin(), runs_.end(), offset,
                                        [](std::uint32_t at, const ShadeRun& run) { return at < run.range.begin; });
    return after == runs_.begin() ? 0 : static_cast<std::size_t>(after - runs_.begin()) - 1;
}

ShadeRun Shading::at(std::uint32_t offset) const {
    if (!runs_.empty()) {
        const ShadeRun& run = runs_[indexOf(offset)];
        if (run.range.holds(offset)) return run;
    }
    return {{offset, std::numeric_limits<std::uint32_t>::max()}, Shade::Unsigned, Mark::Plain, false};
}

std::optional<std::uint32_t> Shading::nextChange(std::uint32_t offset) const {
    if (runs_.empty()) return std::nullopt;
    const std::size_t next = indexOf(offset) + 1;
    return next < runs_.size() ? std::optional(runs_[next].range.begin) : std::nullopt;
}

std::optional<std::uint32_t> Shading::previousChange(std::uint32_t offset) const {
    if (runs_.empty()) return std::nullopt;
    const std::size_t at = indexOf(offset);
    if (offset > runs_[at].range.begin) return runs_[at].range.begin;
    return at > 0 ? std::optional(runs_[at - 1].range.begin) : std::nullopt;
}

QString wordsOf(Shade shade) {
    switch (shade) {
    case Shade::Unsigned: return tr(QT_TRANSLATE_NOOP("Shading", "not signed"));
    case Shade::Removed: return tr(QT_TRANSLATE_NOOP("Shading", "signature, not part of what is signed"));
    case Shade::Broken: return tr(QT_TRANSLATE_NOOP("Shading", "named by a signature that does not hold"));
    case Shade::Unproven: return tr(QT_TRANSLATE_NOOP("Shading", "signed by a key that only the response vouches for"));
    case Shade::Signed: return tr(QT_TRANSLATE_NOOP("Shading", "signed"));
    }
    return {};
}

QString wordsOf(const ShadeRun& run) {
    const QString base = wordsOf(run.shade);
    switch (run.mark) {
    case Mark::Plain: return run.hostile ? tr(QT_TRANSLATE_NOOP("Shading", "%1, part of an attack")).arg(base) : base;
    case Mark::Claim: return tr(QT_TRANSLATE_NOOP("Shading", "%1, used as a claim")).arg(base);
    case Mark::Posing: return tr(QT_TRANSLATE_NOOP("Shading", "%1, posing as a claim")).arg(base);
    }
    return base;
}

Color groundOf(const ShadeRun& run) {
    if (run.hostile) return Color::SamlHostile;
    switch (run.shade) {
    case Shade::Signed: return run.mark == Mark::Claim ? Color::SamlClaim : Color::SamlSigned;
    case Shade::Unproven: return Color::DependsTint;
    case Shade::Broken: return Color::ExpiringTint;
    case Shade::Unsigned:
    case Shade::Removed: break;
    }
    return Color::BgCode;
}

Color barOf(const ShadeRun& run) {
    if (run.hostile) return Color::DeniedMark;
    switch (run.shade) {
    case Shade::Signed: return Color::AllowedMark;
    case Shade::Unproven: return Color::DependsMark;
    case Shade::Broken: return Color::ExpiringMark;
    case Shade::Unsigned:
    case Shade::Removed: break;
    }
    return Color::BorderStrong;
}

} // namespace gw::ui

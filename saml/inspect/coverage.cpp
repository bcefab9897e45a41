#include "saml/inspect/coverage.h"

#include "saml/xml/namespaces.h"

#include <algorithm>

namespace gw::inspect {
namespace {

namespace ns = xml::ns;

struct Layer {
    Range range;
    std::uint8_t covers;
    Standing standing;
};

std::uint8_t bitOf(const SourceTree& tree, NodeIndex target) {
    if (tree.is(target, ns::protocol, "Response")) return byResponse;
    if (tree.is(target, ns::assertion, "Assertion")) return byAssertion;
    return byOther;
}

Standing standingOf(const SignatureReport& signature) {
    if (signature.holdsTrusted()) return Standing::Verified;
    return signature.holdsSomehow() ? Standing::Consistent : Standing::Claimed;
}

// The octets of the text that went into the form, in order and joined.
std::vector<Range> sourcesOf(const CanonicalForm& form) {
    std::vector<Range> ranges;
    for (const FormPiece& piece : form.pieces)
        if (!piece.source.empty()) ranges.push_back(piece.source);
    std::sort(ranges.begin(), ranges.end(), [](Range a, Range b) { return a.begin < b.begin; });
    std::vector<Range> joined;
    for (const Range range : ranges) {
        if (!joined.empty() && range.begin <= joined.back().end)
            joined.back().end = std::max(joined.back().end, range.end);
        else
            joined.push_back(range);
    }
    return joined;
}

// White space between the parts of a tag belongs to the tag: no reader can tell it apart.
std::vector<Range> withGapsInTags(std::vector<Range> ranges, std::string_view text) {
    std::vector<Range> joined;
    for (const Range range : ranges) {
        const bool blank = !joined.empty() && range.begin - joined.back().end < 4096 &&
                           text.substr(joined.back().end, range.begin - joined.back().end).find_first_not_of(" \t\r\n/") ==
                               std::string_view::npos;
        if (blank)
            joined.back().end = range.end;
        else
            joined.push_back(range);
    }
    return joined;
}

class Mapper {
public:
    explicit Mapper(std::size_t size) : size_(static_cast<std::uint32_t>(size)) {}

    void add(Layer layer) { layers_.push_back(layer); }
    void mark(Range range, ByteKind kind) { marks_.push_back({range, kind}); }

    std::vector<CoverageRun> runs() const {
        std::vector<std::uint32_t> cuts{0, size_};
        for (const Layer& layer : layers_) {
            cuts.push_back(layer.range.begin);
            cuts.push_back(layer.range.end);
        }
        for (const auto& [range, kind] : marks_) {
            cuts.push_back(range.begin);
            cuts.push_back(range.end);
        }
        std::sort(cuts.begin(), cuts.end());
        cuts.erase(std::unique(cuts.begin(), cuts.end()), cuts.end());
        std::vector<CoverageRun> out;
        for (std::size_t i = 0; i + 1 < cuts.size(); ++i) out.push_back({{cuts[i], cuts[i + 1]}, 0, Standing::None, ByteKind::Plain});
        for (const Layer& layer : layers_)
            for (std::size_t i = indexOf(out, layer.range.begin); i < out.size() && out[i].range.begin < layer.range.end; ++i) {
                CoverageRun& run = out[i];
                // What only claims to cover gives way to what does.
                if (layer.standing > run.standing && (run.standing == Standing::Claimed || layer.standing == Standing::Claimed)) run.covers = 0;
                if (layer.standing == Standing::Claimed && run.standing > Standing::Claimed) continue;
                run.covers = static_cast<std::uint8_t>(run.covers | layer.covers);
                run.standing = std::max(run.standing, layer.standing);
            }
        for (const auto& [range, kind] : marks_)
            for (std::size_t i = indexOf(out, range.begin); i < out.size() && out[i].range.begin < range.end; ++i) out[i].kind = kind;
        return joined(std::move(out));
    }

private:
    static std::size_t indexOf(const std::vector<CoverageRun>& runs, std::uint32_t offset) {
        const auto at = std::lower_bound(runs.begin(), runs.end(), offset,
                                         [](const CoverageRun& run, std::uint32_t value) { return run.range.begin < value; });
        return static_cast<std::size_t>(at - runs.begin());
    }

    static std::vector<CoverageRun> joined(std::vector<CoverageRun> runs) {
        std::vector<CoverageRun> out;
        for (const CoverageRun& run : runs) {
            if (run.range.empty()) continue;
            if (!out.empty() && out.back().covers == run.covers && out.back().standing == run.standing && out.back().kind == run.kind)
                out.back().range.end = run.range.end;
            else
                out.push_back(run);
        }
        return out;
    }

    std::uint32_t size_;
    std::vector<Layer> layers_;
    std::vector<std::pair<Range, ByteKind>> marks_;
};

} // namespace

const CoverageRun* Coverage::at(std::size_t offset) const {
    const auto after = std::upper_bound(runs.begin(), runs.end(), offset,
                                        [](std::size_t value, const CoverageRun& run) { return value < run.range.begin; });
    if (after == runs.begin()) return nullptr;
    const CoverageRun& run = *std::prev(after);
    return run.range.holds(offset) ? &run : nullptr;
}

CoverageRun Coverage::over(Range range) const {
    CoverageRun out{range, 0xFF, Standing::Verified, ByteKind::Plain};
    bool any = false;
    for (std::size_t offset = range.begin; offset < range.end;) {
        const CoverageRun* run = at(offset);
        if (run == nullptr) break;
        any = true;
        out.covers = static_cast<std::uint8_t>(out.covers & run->covers);
        out.standing = std::min(out.standing, run->standing);
        out.kind = run->kind;
        offset = run->range.end;
    }
    return any ? out : CoverageRun{range, 0, Standing::None, ByteKind::Plain};
}

Coverage mapCoverage(const SourceTree& tree, const std::vector<SignatureReport>& signatures, const StatedClaims& claims) {
    Coverage out;
    out.total = tree.text().size();
    Mapper mapper(out.total);
    for (const SignatureReport& signature : signatures) {
        const Standing standing = standingOf(signature);
        out.best = std::max(out.best, standing);
        bool removed = false;
        for (const ReferenceReport& reference : signature.references) {
            if (reference.target() == noNode) continue;
            const std::uint8_t bit = bitOf(tree, reference.target());
            for (const Range range : withGapsInTags(sourcesOf(reference.form), tree.text())) mapper.add({range, bit, standing});
            removed = removed || tree.within(signature.node, reference.target());
        }
        if (removed) mapper.mark(tree.node(signature.node).whole, ByteKind::Removed);
    }
    // Claims are judged by the octets they stand in, so the layers must be known first.
    Coverage plain;
    plain.runs = mapper.runs();
    for (const StatedValue& value : claims.everywhere) {
        const bool covered = plain.over(value.range).standing >= Standing::Consistent;
        const bool inUse = tree.within(value.element, claims.assertion);
        mapper.mark(value.range, covered && inUse ? ByteKind::Claim : ByteKind::Posing);
    }
    out.runs = mapper.runs();
    for (const CoverageRun& run : out.runs) {
        if (run.standing >= Standing::Consistent) out.covered += run.range.size();
        if (run.standing == Standing::Verified) out.verified += run.range.size();
    }
    return out;
}

} // namespace gw::inspect

// How far each octet of a document is covered by a signature, in the few classes that people tell apart at a glance.
#pragma once

#include "saml/inspect/inspection.h"
#include "ui/style/theme.h"

#include <QString>

#include <cstdint>
#include <vector>

namespace gw::ui {

// Ordered: the greater one is the safer one.
enum class Shade : std::uint8_t {
    Unsigned,
    Removed,      // a signature, which the enveloped transform takes out before digesting
    Broken,       // a signature points here and does not hold
    Unproven,     // a signature holds, by a key that nobody but the response vouches for
    Signed,       // a signature holds, by a trusted key
};

enum class Mark : std::uint8_t { Plain, Claim, Posing };

struct ShadeRun {
    inspect::Range range;
    Shade shade = Shade::Unsigned;
    Mark mark = Mark::Plain;
    bool hostile = false;      // holds a posing claim, or belongs to the part that an attack put in

    // Apart from where it lies.
    [[nodiscard]] bool looksLike(const ShadeRun& other) const {
        return shade == other.shade && mark == other.mark && hostile == other.hostile;
    }
};

class Shading {
public:
    Shading() = default;
    // `runs` ascend, without gaps, from 0.
    explicit Shading(std::vector<ShadeRun> runs) : runs_(std::move(runs)) {}
    [[nodiscard]] static Shading of(const inspect::Inspection& inspection);

    // Where nothing is known the octets count as unsigned, to the end of the text.
    [[nodiscard]] ShadeRun at(std::uint32_t offset) const;
    [[nodiscard]] bool empty() const { return runs_.empty(); }
    [[nodiscard]] const std::vector<ShadeRun>& runs() const { return runs_; }
    // The first octet after `offset` that looks otherwise; nothing where the rest looks the same.
    [[nodiscard]] std::optional<std::uint32_t> nextChange(std::uint32_t offset) const;
    [[nodiscard]] std::optional<std::uint32_t> previousChange(std::uint32_t offset) const;

private:
    [[nodiscard]] std::size_t indexOf(std::uint32_t offset) const;
    std::vector<ShadeRun> runs_;
};

// "signed, used as a claim": for tooltips and screen readers.
[[nodiscard]] QString wordsOf(Shade shade);
[[nodiscard]] QString wordsOf(const ShadeRun& run);
// The ground behind such octets, and of the bar beside them.
[[nodiscard]] Color groundOf(const ShadeRun& run);
[[nodiscard]] Color barOf(const ShadeRun& run);

} // namespace gw::ui

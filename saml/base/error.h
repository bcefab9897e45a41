// Errors as values. Every module declares one enumeration of what can go wrong with GW_ERROR_ENUM; an Error carries
// one of those codes, the facts a reader needs, and its cause. Text for people is made elsewhere (ui/, the command
// line) from the code and the facts; nothing in here is meant to be shown as it is.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gw {

// The registered codes of one module: a name such as "saml" and the name of each code, in the order of the enumeration.
struct ErrorDomain {
    std::string_view name;
    std::span<const std::string_view> codes;
};

class Code {
public:
    template <class E>
        requires requires(E e) { errorDomainOf(e); }
    // NOLINTNEXTLINE(google-explicit-constructor): an enumerator is a code.
    constexpr Code(E value) : domain_(&errorDomainOf(value)), value_(static_cast<int>(value)) {}

    // The stable identifier, such as "saml.signature_invalid". Safe to log and to print.
    [[nodiscard]] std::string id() const;

    template <class E>
    [[nodiscard]] std::optional<E> as() const {
        if (domain_->name != errorDomainOf(E{}).name) return std::nullopt;
        return static_cast<E>(value_);
    }

    template <class E>
    [[nodiscard]] bool is(E value) const {
        return as<E>() == value;
    }

    [[nodiscard]] const ErrorDomain& domain() const { return *domain_; }

    friend bool operator==(const Code& a, const Code& b) { return a.domain_->name == b.domain_->name && a.value_ == b.value_; }

private:
    // Compared by name: a plugin has its own copy of every domain.
    const ErrorDomain* domain_;
    int value_;
};

// One named value that the text for people may quote. Never a secret.
struct Fact {
    std::string name;
    std::string value;
    friend bool operator==(const Fact&, const Fact&) = default;
};

class Error {
public:
    // `detail` is for whoever reads logs: lower case, no full stop, outside input in backticks, never a secret.
    explicit Error(Code code, std::string detail = {}) : code_(code), detail_(std::move(detail)) {}

    // To an error that stays where it is, or to one on its way out; the latter by value, so that
    // `error = std::move(error).with(…)` loses nothing.
    Error& with(std::string name, std::string value) & {
        facts_.push_back({std::move(name), std::move(value)});
        return *this;
    }
    [[nodiscard]] Error with(std::string name, std::string value) && {
        facts_.push_back({std::move(name), std::move(value)});
        return std::move(*this);
    }
    [[nodiscard]] Error because(Error cause) && {
        cause_ = std::make_shared<const Error>(std::move(cause));
        return std::move(*this);
    }

    [[nodiscard]] const Code& code() const { return code_; }
    [[nodiscard]] const std::string& detail() const { return detail_; }
    [[nodiscard]] const std::vector<Fact>& facts() const { return facts_; }
    [[nodiscard]] const Error* cause() const { return cause_.get(); }

    // The value of a fact, or "" where it is not there.
    [[nodiscard]] std::string_view fact(std::string_view name) const;

    // "code: detail: code of the cause: its detail …" for logs and test failures.
    [[nodiscard]] std::string chain() const;

private:
    Code code_;
    std::string detail_;
    std::vector<Fact> facts_;
    std::shared_ptr<const Error> cause_;
};

} // namespace gw

#define GW_ERROR_ENUMERATOR(name, text) name,
#define GW_ERROR_NAME(name, text) std::string_view(text),

// GW_ERROR_ENUM(XmlError, "xml", GW_XML_ERRORS) where GW_XML_ERRORS(X) is a list of X(Enumerator, "snake_case_name").
// Use it at namespace scope; the domain is found by argument-dependent lookup.
#define GW_ERROR_ENUM(Type, domainName, LIST)                                                   \
    enum class Type { LIST(GW_ERROR_ENUMERATOR) };                                              \
    inline constexpr std::string_view Type##Names[] = {LIST(GW_ERROR_NAME)};                    \
    inline constexpr ::gw::ErrorDomain Type##Domain{domainName, Type##Names};                   \
    constexpr const ::gw::ErrorDomain& errorDomainOf(Type) { return Type##Domain; }             \
    static_assert(true)

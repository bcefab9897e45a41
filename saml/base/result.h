// Result<T> is a T or an Error. GCC 12 has no std::expected for C++20; when the baseline does, only this header changes.
#pragma once

#include "saml/base/error.h"

#include <tl/expected.hpp>

#include <utility>

namespace gw {

template <class T>
using Result = tl::expected<T, Error>;

using Status = Result<void>;

// Builds the failed side: `return fail(XmlError::NotWellFormed, "…")`.
[[nodiscard]] inline tl::unexpected<Error> fail(Code code, std::string detail = {}) {
    return tl::unexpected<Error>(Error(code, std::move(detail)));
}
[[nodiscard]] inline tl::unexpected<Error> fail(Error error) {
    return tl::unexpected<Error>(std::move(error));
}

} // namespace gw

#define GW_CONCAT_INNER(a, b) a##b
#define GW_CONCAT(a, b) GW_CONCAT_INNER(a, b)

// GW_TRY(const auto value, expression): the value, or return the error to the caller.
#define GW_TRY(declaration, expression) GW_TRY_NAMED(GW_CONCAT(gwResult, __LINE__), declaration, expression)
#define GW_TRY_NAMED(name, declaration, expression)                        \
    auto name = (expression);                                              \
    if (!name) return ::gw::fail(std::move(name).error());                 \
    declaration = std::move(*name)

// GW_CHECK(expression): return the error of a Status to the caller.
#define GW_CHECK(expression)                                               \
    do {                                                                   \
        if (auto gwStatus = (expression); !gwStatus)                       \
            return ::gw::fail(std::move(gwStatus).error());                \
    } while (false)

// One row of the tables of error texts. The strings are marked for translation in the context "ErrorText".
//
// In them {name} stands for the fact of that name and {name:form} for the fact in a form for people (see render.h).
// [ … ] is left out where a fact inside it is missing, and [ … | … ] then takes what is after the bar.
#pragma once

#include <array>
#include <span>
#include <string_view>

namespace gw::ui::errors {

struct ErrorEntry {
    std::string_view id;                   // Code::id()
    const char* title;
    const char* why;
    std::array<const char*, 3> whatToDo{}; // up to the first null
};

std::span<const ErrorEntry> samlTexts();
std::span<const ErrorEntry> documentTexts();
std::span<const ErrorEntry> cloudTexts();
std::span<const ErrorEntry> awsTexts();
std::span<const ErrorEntry> storeTexts();
std::span<const ErrorEntry> loginTexts();
std::span<const ErrorEntry> policyTexts();
std::span<const ErrorEntry> estateTexts();
std::span<const ErrorEntry> filterTexts();
std::span<const ErrorEntry> mapTexts();

} // namespace gw::ui::errors

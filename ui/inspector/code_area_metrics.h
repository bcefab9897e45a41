// Lengths that the CodeArea's drawing and its mouse share, in pixels. Private to ui/inspector.
#pragma once

namespace gw::ui::code {

inline constexpr int rowHeight = 20;
inline constexpr int top = 8;
inline constexpr int numberLeft = 12;
inline constexpr int numberRight = 10;   // between number and bar
inline constexpr int bar = 5;
inline constexpr int textGap = 9;        // between bar and text

} // namespace gw::ui::code

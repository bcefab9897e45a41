#!/usr/bin/env python3
"""Write ui/style/tokens.h from resources/look/tokens.json.

usage: generate_tokens.py tokens.json tokens.h
exit 0 when written, 2 when the input is unusable.
SPDX-License-Identifier: Apache-2.0
"""
import json
import pathlib
import re
import sys

HEX = re.compile(r"^#[0-9A-Fa-f]{6}$")
GROUPS = ("size", "space", "radius", "stroke", "opacity", "countdown", "zoom")
TYPES = ("caption", "small", "body", "strong", "title", "heading", "numeral", "code")


def camel(name: str) -> str:
    """bg.selectedInactive → BgSelectedInactive."""
    return "".join(part[0].upper() + part[1:] for part in name.split("."))


def constant(name: str, value: float) -> str:
    # The steps of the grid are numbers in the file ("1", "2", …), which C++ cannot use as names.
    spelled = f"s{name}" if name[0].isdigit() else name
    kind = "int" if isinstance(value, int) else "double"
    return f"inline constexpr {kind} {spelled} = {value};"


def palette(name: str, colours: list[str]) -> list[str]:
    lines = [f"inline constexpr std::array<std::uint32_t, colorCount> {name}{{"]
    lines += [f"    0xFF{colour[1:].upper()}u," for colour in colours]
    return lines + ["};"]


def header(tokens: dict) -> str:
    names = list(tokens["light"])
    if set(names) != set(tokens["dark"]):
        raise ValueError(f"light and dark differ in names: {sorted(set(names) ^ set(tokens['dark']))}")
    for theme in ("light", "dark"):
        for name in names:
            if not HEX.match(tokens[theme][name]):
                raise ValueError(f"{theme}.{name}: {tokens[theme][name]} is not #RRGGBB")

    out = [
        "// Generated from resources/look/tokens.json by ui/style/generate_tokens.py.",
        "#pragma once",
        "",
        "#include <array>",
        "#include <cstddef>",
        "#include <cstdint>",
        "#include <string_view>",
        "",
        "namespace gw::ui {",
        "",
        "enum class Color : std::uint8_t {",
    ]
    out += [f"    {camel(name)}," for name in names]
    out += ["};", "", f"inline constexpr std::size_t colorCount = {len(names)};", ""]
    out += ["inline constexpr std::array<std::string_view, colorCount> colorNames{"]
    out += [f'    "{name}",' for name in names]
    out += ["};", ""]
    out += ["// 0xFFRRGGBB, in the order of Color."]
    out += palette("lightPalette", [tokens["light"][name] for name in names]) + [""]
    out += palette("darkPalette", [tokens["dark"][name] for name in names]) + [""]
    for group in GROUPS:
        out.append(f"namespace {group} {{")
        out += [constant(name, value) for name, value in tokens[group].items()]
        out += [f"}} // namespace {group}", ""]
    out.append("// Milliseconds.")
    out.append("namespace motion {")
    out += [constant(name, value) for name, value in tokens["motion"].items() if isinstance(value, int)]
    out += ["} // namespace motion", ""]
    out += [
        "struct TypeToken {",
        "    int px;     // size of the letters",
        "    int line;   // height of a line",
        "    int weight; // 400 to 700",
        "};",
        "namespace type {",
    ]
    for name in TYPES:
        value = tokens["type"][name]
        out.append(f"inline constexpr TypeToken {name}{{{value['px']}, {value['line']}, {value['weight']}}};")
    out += ["} // namespace type", "", "} // namespace gw::ui", ""]
    return "\n".join(out)


def main(arguments: list[str]) -> int:
    if len(arguments) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    source, target = map(pathlib.Path, arguments)
    try:
        text = header(json.loads(source.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError) as error:
        print(f"{source}: {error}", file=sys.stderr)
        return 2
    target.parent.mkdir(parents=True, exist_ok=True)
    if not target.exists() or target.read_text(encoding="utf-8") != text:
        target.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

#!/usr/bin/env python3
"""Write the colours and icons of the map's picture from the look's own files.

usage: generate_look.py tokens.json ICON_DIR look.h
exit 0 when written, 2 when the input is unusable.
SPDX-License-Identifier: Apache-2.0
"""
import json
import pathlib
import re
import sys

COLOURS = ("bg.canvas", "text.primary", "text.secondary", "text.tertiary", "map.node", "map.nodeBorder", "map.group", "map.groupBorder",
           "map.edge", "map.edgeDim", "denied.mark", "depends.mark", "depends.text", "expiring.mark", "expiring.text", "expiring.tint", "denied.text",
           "env.prod.text", "env.stage.text", "env.dev.text", "env.shared.text", "border.default", "bg.surface")
ICONS = ("group", "claim", "person", "role", "account", "process", "globe", "route", "virtual-service", "function", "task", "container",
         "policy", "gateway", "retired")


def camel(name: str) -> str:
    """map.nodeBorder → mapNodeBorder, virtual-service → virtualService."""
    first, *rest = re.split(r"[.-]", name)
    return first + "".join(part[0].upper() + part[1:] for part in rest)


def main() -> int:
    tokens = json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))
    lines = ["// Generated from resources/look/tokens.json and resources/icons by models/mesh/picture/generate_look.py.",
             "#pragma once", "", "#include <string_view>", "", "namespace gw::mesh::look {", "", "struct Palette {"]
    lines += [f"    std::string_view {camel(name)};" for name in COLOURS] + ["};"]
    for theme in ("light", "dark"):
        values = [tokens[theme][name] for name in COLOURS]
        if not all(re.fullmatch(r"#[0-9A-Fa-f]{6}", value) for value in values):
            return 2
        lines += [f"inline constexpr Palette {theme}{{" + ", ".join(f'"{value}"' for value in values) + "};"]
    for name in ICONS:
        text = (pathlib.Path(sys.argv[2]) / f"{name}.svg").read_text(encoding="utf-8").strip()
        body = re.fullmatch(r"<svg[^>]*>(.*)</svg>", text, re.S)
        if not body or ")ICON" in body[1]:
            return 2
        lines += [f'inline constexpr std::string_view {camel(name)}Icon = R"ICON({body[1]})ICON";']
    size = tokens["size"]
    lines += [f"inline constexpr int nodeHeight = {size['nodeHeight']}, cardRadius = {tokens['radius']['card']}, "
              f"groupRadius = {tokens['radius']['popup']};", "", "} // namespace gw::mesh::look", ""]
    pathlib.Path(sys.argv[3]).write_text("\n".join(lines), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

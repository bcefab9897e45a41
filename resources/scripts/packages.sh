# shellcheck shell=bash
# Sourced by the scripts that need Debian packages. Reads resources/debian-packages.txt.

# packages_missing GROUP...: prints the packages of these groups that are not installed.
packages_missing() {
    local root group package _reason wanted
    root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
    wanted=" $* "
    while read -r group package _reason; do
        case $group in '' | '#'*) continue ;; esac
        case $wanted in *" $group "*) ;; *) continue ;; esac
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || echo "$package"
    done <"$root/resources/debian-packages.txt"
}

# packages_ensure GROUP...: installs what is missing when root; otherwise shows the one command and asks.
packages_ensure() {
    local missing answer
    mapfile -t missing < <(packages_missing "$@")
    [ ${#missing[@]} -gt 0 ] || return 0
    local command=(apt-get install -y --no-install-recommends "${missing[@]}")
    if [ "$(id -u)" -eq 0 ]; then
        echo "Installing ${#missing[@]} Debian packages: ${missing[*]}" >&2
        apt-get update -qq >&2
        DEBIAN_FRONTEND=noninteractive "${command[@]}" >&2
        return
    fi
    echo "These Debian packages are missing: ${missing[*]}" >&2
    echo "To install them: sudo ${command[*]}" >&2
    if [ -t 0 ] && command -v sudo >/dev/null; then
        read -r -p "Run this command now? [y/N] " answer
        case $answer in
            [yY]*) sudo apt-get update -qq >&2 && sudo "${command[@]}" >&2 && return ;;
        esac
    fi
    return 1
}

# shellcheck shell=bash
# Sourced by the scripts that build. Expects the current folder to be the root of the repository.

# So that a build in another folder, or of a fresh clone, still finds its objects in the compiler cache.
export CCACHE_BASEDIR=$PWD CCACHE_NOHASHDIR=1

# build_preset PRESET: configures where needed and builds everything. The whole output goes to build/PRESET-build.log;
# progress is shown, and on failure what went wrong.
build_preset() {
    local preset=$1 log=build/$1-build.log
    mkdir -p build
    : >"$log"
    if [ ! -f "build/$preset/build.ninja" ] || [ CMakePresets.json -nt "build/$preset/build.ninja" ]; then
        if ! cmake --preset "$preset" >>"$log" 2>&1; then
            tail -n 40 "$log" >&2
            echo "Configuring failed; the whole output: $log" >&2
            return 1
        fi
    fi
    # "[17/240] ..." is Ninja's own progress; anything else it says is kept for the log.
    if ! cmake --build --preset "$preset" 2>&1 | tee -a "$log" | build_progress; then
        grep -nE -A 12 '^FAILED:|error:|CMake Error' "$log" | head -n 60 >&2
        echo "The build failed; the whole output: $log" >&2
        return 1
    fi
}

# One line that moves on a terminal, else a line for every tenth.
build_progress() {
    local line done_now all percent last=-1
    while IFS= read -r line; do
        [[ $line =~ ^\[([0-9]+)/([0-9]+)\] ]] || continue
        done_now=${BASH_REMATCH[1]} all=${BASH_REMATCH[2]}
        percent=$((100 * done_now / all))
        if [ -t 1 ]; then
            printf '\r  %3d %%  (%d of %d steps)\033[K' "$percent" "$done_now" "$all"
        elif [ "$all" -gt 20 ] && [ $((percent / 10)) -ne "$last" ]; then
            last=$((percent / 10))
            printf '  %3d %%  (%d of %d steps)\n' "$percent" "$done_now" "$all"
        fi
    done
    [ ! -t 1 ] || printf '\r\033[K'
}

#!/bin/bash
# Which lines of saml/ the tests run: builds without Qt and with gcov in FOLDER (default build/coverage), runs the core tests
# and prints a line a file, worst first, and the whole. Fails below LEAST percent (default 95).
#
#     tests/coverage.sh [FOLDER [LEAST]]
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
folder=${1:-$root/build/coverage}
least=${2:-95}
cmake -S "$root" -B "$folder" -G Ninja -DCMAKE_BUILD_TYPE=Debug "-DCMAKE_CXX_FLAGS_DEBUG=-O0 -g1 --coverage -DGW_COUNTS_LINES" -DGATEWARDEN_QT=OFF \
      -DCMAKE_CXX_COMPILER_LAUNCHER=ccache >/dev/null
mapfile -t programs < <(ninja -C "$folder" -t targets all | sed -n 's/^\(test_saml_[a-z_]*\|test_base\|fuzz_[a-z]*\): .*/\1/p' | grep -v estate | sort -u)
ninja -C "$folder" "${programs[@]}" >"$folder/build.log" || { tail -40 "$folder/build.log"; exit 1; }
find "$folder" -name '*.gcda' -delete
GW_SHAPES=100 GW_MUTATIONS=800 GW_WRAPPING_STEP=200 ctest --test-dir "$folder" -R '^(test_saml_|test_base$|fuzz_[a-z]+$)' -E estate --output-on-failure -j2 >"$folder/ctest.log" ||
    { tail -40 "$folder/ctest.log"; exit 1; }
python3 -B "$root/tests/coverage.py" "$root" "$folder" "$least"

#!/bin/sh
# The whole process of gatewarden-credentials against `true`, in the same run.
# usage: bench/credentials.sh [BUILD-FOLDER] [RUNS]; BUILD-FOLDER is one of the preset "bench"
set -eu
build=${1:-build/bench}
exec "$build/bin/credentials_bench" "$build/bin/gatewarden-credentials" "${2:-500}"

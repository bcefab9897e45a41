#!/usr/bin/env bash
# Runs cfn-lint, which knows the published schema of every resource type of CloudFormation. Arguments go to it; it is no server.
#   cfn-lint.sh [OPTION...] TEMPLATE...
. "$(dirname "$0")/lib.sh"

VERSION=1.51.0
need python3 python3

VENV=$CACHE/cfn-lint-$VERSION
mkdir -p "$CACHE"
exec 9>"$CACHE/cfn-lint.lock"; flock 9
if [ ! -f "$VENV/.done" ]; then
    rm -rf "$VENV"
    python3 -m venv "$VENV" >&2 || die 'no venv module: apt-get install --no-install-recommends python3-venv'
    "$VENV/bin/pip" install -q --disable-pip-version-check "cfn-lint==$VERSION" >&2 || die "cfn-lint $VERSION could not be installed from PyPI"
    touch "$VENV/.done"
fi
exec 9>&-
exec "$VENV/bin/cfn-lint" "$@"

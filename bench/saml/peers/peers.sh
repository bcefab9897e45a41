#!/bin/bash
# Verifies one response of 10 KB by other programs, beside the limit and ours in the same run.
#
#     bench/saml/peers/peers.sh BUILD [ROLES]       BUILD: a build folder with GATEWARDEN_BENCH=ON
#
# Prints "name microseconds xLIMIT what": medians of processor time, which a busy machine disturbs least. Peers are fetched into $GW_PEERS_CACHE (default
# ~/.cache/gatewarden-peers) at the first run; one that cannot be had is named and left out.
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
build=$(cd "$1" && pwd)
roles=${2:-36}
cache=${GW_PEERS_CACHE:-$HOME/.cache/gatewarden-peers}/saml-bench
mkdir -p "$cache"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
bin=$build/bin
# Everything is fetched before the response is made: crewjam takes it for a minute and a half only.
[[ -d $cache/signxml ]] || python3 -m pip install -q --target "$cache/signxml" signxml >/dev/null 2>"$folder/error" || rm -rf "$cache/signxml"
if [[ ! -d $cache/node/node_modules/@node-saml/node-saml ]]; then
    mkdir -p "$cache/node" && (cd "$cache/node" && npm install --silent --no-fund --no-audit @node-saml/node-saml@5.1.0 >/dev/null 2>&1)
fi
if [[ ! -x $cache/go/crewjam || $here/crewjam.go -nt $cache/go/crewjam ]]; then
    mkdir -p "$cache/go" && cp "$here/crewjam.go" "$cache/go/main.go" &&
        (cd "$cache/go" && { [[ -f go.mod ]] || go mod init peer; go get github.com/crewjam/saml@v0.5.1 && go mod tidy && go build -o crewjam .; } >"$cache/go/log" 2>&1)
fi

ours=$("$bin/bench_saml" --benchmark_filter="/$roles\$" --benchmark_repetitions=5 --benchmark_report_aggregates_only=true 2>/dev/null)
median() { sed -n "s/^$1\/$roles""_median *[0-9.]* us *\([0-9.]*\) us.*/\1/p" <<<"$ours"; }
limit=$(median limit)
[[ -n $limit ]] || { echo "bench_saml gave no limit for $roles roles" >&2; exit 1; }
row() { awk -v name="$1" -v us="$2" -v limit="$limit" -v what="$3" 'BEGIN { printf "%-22s %10.1f us %7.1f x  %s\n", name, us, us / limit, what }'; }
row limit "$limit" "parse, c14n, SHA-256, RSA"
for one in direct xmlsec both; do
    value=$(median $one)
    [[ -z $value ]] || row "gatewarden $one" "$value" "$([[ $one == both ]] && echo 'both verifiers, all rules, claims' || echo 'signature')"
done

# peer NAME WHAT COMMAND...: the command prints the microseconds of one verification, the median.
peer() {
    local name=$1 what=$2 value
    shift 2
    if value=$("$@" 2>"$folder/error") && [[ $value =~ ^[0-9.]+$ ]]; then
        row "$name" "$value" "$what"
    else
        echo "$name: not measured: $(tail -n 1 "$folder/error")"
    fi
}

"$bin/peer_response" "$folder" "$roles" || exit 1
echo "response: $(stat -c %s "$folder/response.xml") octets, $roles roles"
peer 'crewjam (goxmldsig)' 'all rules, claims' "$cache/go/crewjam" "$folder"
peer 'xmlsec1 (process)' 'signature, one process a document' python3 "$here/xmlsec_cli.py" "$folder"
peer python3-saml 'all rules, claims' /usr/bin/python3 "$here/python_saml.py" "$folder"
PYTHONPATH=$cache/signxml peer signxml 'signature, then claims by lxml' python3 "$here/signxml_peer.py" "$folder"
NODE_PATH=$cache/node/node_modules peer node-saml 'all rules, claims' node "$here/node_saml.js" "$folder"

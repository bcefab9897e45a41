#!/bin/bash
# The policy evaluator beside its peers, in one run: the table of RESULTS.md.
#
#     bench/policy/policy.sh [BUILD] [REPETITIONS]      BUILD: a folder of the preset bench, build/bench by default
#
# Rates are per second of processor time, medians. Peers are fetched into $GW_PEERS_CACHE (default ~/.cache/gatewarden-peers) at
# the first run, and run in processes of their own: iam-simulate is AGPL and never becomes part of this project. One that
# cannot be had is named and left out.
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
build=$(cd "${1:-$here/../../build/bench}" && pwd) || exit 1
repetitions=${2:-5}
bin=$build/bin
cache=${GW_PEERS_CACHE:-$HOME/.cache/gatewarden-peers}/policy-bench
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir -p "$cache"
if [[ ! -d $cache/node/node_modules/@cloud-copilot/iam-simulate ]]; then
    mkdir -p "$cache/node" && npm install --silent --no-fund --no-audit --ignore-scripts --prefix "$cache/node" @cloud-copilot/iam-simulate@0.1.173 >/dev/null 2>&1
fi
[[ -d $cache/cedar/cedarpy ]] || python3 -m pip install -q --target "$cache/cedar" cedarpy==4.12.2 >/dev/null 2>&1 || rm -rf "$cache/cedar"

"$bin/bench_policy" --benchmark_repetitions="$repetitions" --benchmark_format=json \
    >"$folder/ours.json" 2>/dev/null || { echo "bench_policy failed" >&2; exit 1; }
# Memory is that of a process which does nothing else.
"$bin/bench_policy" --benchmark_filter='who-can' --benchmark_format=json >"$folder/estate.json" 2>/dev/null

# peer KEY COMMAND...: the command prints a rate.
peer() {
    local key=$1 value
    shift
    if value=$("$@" 2>"$folder/error") && [[ $value =~ ^[0-9.]+$ ]]; then
        echo "$key $value" >>"$folder/peers"
    else
        echo "$key: not measured: $(tail -n 1 "$folder/error")" >&2
    fi
}
touch "$folder/peers"
for name in small trust cross large; do
    "$bin/bench_policy" --lines "$name" 1 >"$folder/$name"
    for face in core public; do
        peer "$name:iam-simulate-$face" node "$here/peers/iam_simulate.mjs" "$cache/node/node_modules" "$face" "$folder/$name"
    done
done
PYTHONPATH=$cache/cedar peer small:cedarpy python3 "$here/peers/cedar.py"
for name in small trust cross; do
    "$bin/bench_policy" --lines "$name" 200000 >"$folder/many"
    peer "eval:$name" python3 "$here/eval_rate.py" "$bin/gatewardenctl" "$folder/many" "$repetitions"
done

python3 - "$folder" <<'PYTHON'
import json, sys
folder = sys.argv[1]
runs = {}
for one in json.load(open(f'{folder}/ours.json'))['benchmarks']:
    if one.get('aggregate_name', 'median') == 'median': # comes after the runs it is of
        runs[one['run_name'].split('/iterations')[0]] = one
estate = {one['name']: one for one in json.load(open(f'{folder}/estate.json'))['benchmarks']}
peers = dict(line.split() for line in open(f'{folder}/peers'))
print('| what | figure | budget | iam-simulate, engine | iam-simulate, public | cedarpy |')
print('|---|---|---|---|---|---|')
what = {'small': 'decisions/s, one identity policy', 'trust': 'decisions/s, SAML trust policy', 'cross': 'decisions/s, two accounts and SCPs',
        'large': 'decisions/s, 200 statements and 30 of SCPs'}
for name, text in what.items():
    rate = runs['decide/' + name]['items_per_second']
    def beside(key):
        value = peers.get(f'{name}:{key}')
        return f'{float(value):,.0f} ({rate / float(value):,.0f} ×)' if value else ''
    budget = '100,000' if name == 'large' else '1,000,000'
    print(f"| {text} | {rate:,.0f} | {budget} | {beside('iam-simulate-core')} | {beside('iam-simulate-public')} | {beside('cedarpy')} |")
for name in ('small', 'large'):
    print(f"| answers/s with the statements that decide, {name} | {runs['answer/' + name]['items_per_second']:,.0f} | | | | |")
for name in ('parse', 'compile'):
    print(f"| {name} a policy of 1 MB, MB/s | {runs[name]['bytes_per_second'] / 1e6:,.0f} | {'100' if name == 'parse' else ''} | | | |")
for name in ('small', 'trust', 'cross'):
    value = peers.get('eval:' + name)
    if value:
        print(f'| `iam eval`, cases/s, {name} | {float(value):,.0f} | 50,000 | | | |')
milliseconds = lambda one: one['cpu_time'] if one['time_unit'] == 'ms' else one['cpu_time'] / 1e6
print(f"| who can invoke a route, 500 × 200 roles, cold, ms | {milliseconds(runs['who-can/cold']):,.0f} | 500 | | | |")
print(f"| the same after one edit, ms | {milliseconds(runs['who-can/after-an-edit']):,.2f} | 50 | | | |")
print(f"| memory with those roles, MiB | {estate['who-can/after-an-edit']['MiB']:,.0f} | 1,024 | | | |")
PYTHON

# bash completion for gatewardenctl and gatewarden-credentials

_gatewardenctl_sessions() {
    gatewardenctl sessions 2>/dev/null | awk 'NR > 1 { print $1; print $2 }'
}

_gatewardenctl() {
    local cur prev words cword
    _get_comp_words_by_ref -n = cur prev words cword 2>/dev/null || {
        cur=${COMP_WORDS[COMP_CWORD]}
        prev=${COMP_WORDS[COMP_CWORD - 1]}
        words=("${COMP_WORDS[@]}")
        cword=$COMP_CWORD
    }
    local commands="login roles use sessions end env credential-process saml iam review reach drift estate map"
    if ((cword == 1)); then
        mapfile -t COMPREPLY < <(compgen -W "$commands --help --version" -- "$cur")
        return
    fi
    case $prev in
        --format)
            local formats="text json"
            if [[ "${words[1]} ${words[2]}" == "iam lint" ]]; then formats+=" sarif"; fi
            if [[ ${words[1]} == review ]]; then formats+=" sarif csv html"; fi
            if [[ "${words[1]} ${words[2]}" == "estate calendar" ]]; then formats+=" ics"; fi
            if [[ "${words[1]} ${words[2]}" == "map export" ]]; then formats="cloudformation terraform cli kubernetes envoy"; fi
            mapfile -t COMPREPLY < <(compgen -W "$formats" -- "$cur")
            return
            ;;
        --shell) mapfile -t COMPREPLY < <(compgen -W "bash zsh fish powershell cmd" -- "$cur"); return ;;
        --duration) mapfile -t COMPREPLY < <(compgen -W "15m 1h 2h 4h 8h 12h" -- "$cur"); return ;;
        --profile) mapfile -t COMPREPLY < <(compgen -W "$(_gatewardenctl_sessions)" -- "$cur"); return ;;
        --region | --max-age) return ;;
        --answers) mapfile -t COMPREPLY < <(compgen -d -- "$cur"); return ;;
        --metadata | --certificate | --decrypt-key | --replay-cache) mapfile -t COMPREPLY < <(compgen -f -- "$cur"); return ;;
        --at | --acs | --audience | --account | --action | --resource | --from | --role) return ;;
        --catalogue | --rules | --estate | --baseline) mapfile -t COMPREPLY < <(compgen -f -- "$cur"); return ;;
        --type) mapfile -t COMPREPLY < <(compgen -W "identity resource trust scp rcp session boundary endpoint" -- "$cur"); return ;;
        --kind) mapfile -t COMPREPLY < <(compgen -W "account provider role user group policy scp rcp api route authorizer function cluster service task-definition mesh virtual-node virtual-service virtual-router mesh-route virtual-gateway gateway-route service-network lattice-service" -- "$cur"); return ;;
        --target) mapfile -t COMPREPLY < <(compgen -W "iam apigateway lattice lambda envoy istio" -- "$cur"); return ;;
        --to) mapfile -t COMPREPLY < <(compgen -W "lattice service-connect istio envoy" -- "$cur"); return ;;
        --out) mapfile -t COMPREPLY < <(compgen -d -- "$cur"); return ;;
        --output) mapfile -t COMPREPLY < <(compgen -f -- "$cur"); return ;;
        --fail-on) mapfile -t COMPREPLY < <(compgen -W "low medium high critical" -- "$cur"); return ;;
    esac
    local options=""
    case "${words[1]} ${words[2]}" in
        "saml inspect") options="--metadata --certificate --at --format --help" ;;
        "saml verify") options="--metadata --certificate --at --acs --audience --decrypt-key --policy --replay-cache --format --help" ;;
        "saml verify-batch") options="--at --policy --replay-cache --format --help" ;;
        "saml metadata") options="--at --format --help" ;;
        "iam eval") options="--complete --at --catalogue --format --help" ;;
        "iam lint") options="--type --account --rules --fail-on --at --catalogue --format --help" ;;
        "iam explain") options="--estate --at --catalogue --format --help" ;;
        "estate unused") options="--role --at --catalogue --format --help" ;;
        "estate calendar") options="--at --format --help" ;;
        "estate show") options="--kind --format --help" ;;
        "map new") options="--help" ;;
        "map validate") options="--estate --at --format --help" ;;
        "map compile") options="--estate --target --out --shadow --at --format --help" ;;
        "map prove") options="--estate --target --escalations --at --format --help" ;;
        "map plan") options="--estate --target --save --remove-leftovers --rules --at --catalogue --format --help" ;;
        "map why") options="--estate --who --may --on --path --with --denial --at --format --help" ;;
        "map observe") options="--estate --server --at --format --help" ;;
        "map export") options="--estate --target --format --out --at --help" ;;
        "map apply") options="--yes --revert --estate --target --save --remove-leftovers --profile --practice --at --format --help" ;;
        "map picture") options="--estate --output --dark --at --help" ;;
        "map import") options="--estate --output --at --format --help" ;;
        "map translate") options="--to --out --format --help" ;;
        "map roundtrip") options="--out --format --help" ;;
        "estate import") options="--output --live --profile --region --answers --max-age --show-policy --practice --help" ;;
    esac
    case ${words[1]} in
        review) options="--map --rules --fail-on --at --catalogue --format --help" ;;
        reach) options="--action --resource --from --at --catalogue --format --help" ;;
        drift) options="--baseline --rules --at --catalogue --format --help" ;;
    esac
    if [[ ${words[1]} == review || ${words[1]} == reach || ${words[1]} == drift ]]; then
        if [[ $cur == -* ]]; then
            mapfile -t COMPREPLY < <(compgen -W "$options" -- "$cur")
        else
            mapfile -t COMPREPLY < <(compgen -f -- "$cur")
        fi
        return
    fi
    if [[ ${words[1]} == saml || ${words[1]} == iam || ${words[1]} == estate || ${words[1]} == map ]]; then
        local second="inspect verify verify-batch metadata"
        if [[ ${words[1]} == iam ]]; then second="eval lint explain"; fi
        if [[ ${words[1]} == estate ]]; then second="show import unused calendar"; fi
        if [[ ${words[1]} == map ]]; then second="new validate compile prove plan apply why observe export import picture translate roundtrip"; fi
        if ((cword == 2)); then
            mapfile -t COMPREPLY < <(compgen -W "$second" -- "$cur")
        elif [[ $prev == --policy ]]; then
            mapfile -t COMPREPLY < <(compgen -W "strict default lenient" -- "$cur")
        elif [[ $cur == -* ]]; then
            mapfile -t COMPREPLY < <(compgen -W "$options" -- "$cur")
        else
            mapfile -t COMPREPLY < <(compgen -f -- "$cur")
        fi
        return
    fi
    case ${words[1]} in
        login) options="--browser --paste --format --practice --help" ;;
        roles | sessions) options="--format --practice --help" ;;
        use) options="--profile --duration --region --policy --format --practice --help" ;;
        end) options="--all --format --practice --help $(_gatewardenctl_sessions)" ;;
        env) options="--shell --practice --help $(_gatewardenctl_sessions)" ;;
        credential-process) options="--profile --practice --help" ;;
    esac
    mapfile -t COMPREPLY < <(compgen -W "$options" -- "$cur")
}

_gatewarden_credentials() {
    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]}
    local choices="--profile --practice --help --version"
    if [[ $prev == --profile ]]; then choices=$(_gatewardenctl_sessions); fi
    mapfile -t COMPREPLY < <(compgen -W "$choices" -- "$cur")
}

complete -F _gatewardenctl gatewardenctl
complete -F _gatewarden_credentials gatewarden-credentials

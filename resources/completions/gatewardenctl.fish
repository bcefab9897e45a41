# fish completion for gatewardenctl

function __gatewardenctl_sessions
    gatewardenctl sessions 2>/dev/null | awk 'NR > 1 { print $1; print $2 }'
end

complete -c gatewardenctl -f
complete -c gatewardenctl -l help -d 'Show help'
complete -c gatewardenctl -n __fish_use_subcommand -l version -d 'Show the version'
complete -c gatewardenctl -n __fish_use_subcommand -a login -d 'Sign in at an identity provider'
complete -c gatewardenctl -n __fish_use_subcommand -a roles -d 'List the roles of the last sign-in'
complete -c gatewardenctl -n __fish_use_subcommand -a use -d 'Start a session with a role'
complete -c gatewardenctl -n __fish_use_subcommand -a sessions -d 'List the live sessions and those that ended today'
complete -c gatewardenctl -n __fish_use_subcommand -a end -d 'End a session, or all of them'
complete -c gatewardenctl -n __fish_use_subcommand -a env -d 'Print credentials as assignments for a shell'
complete -c gatewardenctl -n __fish_use_subcommand -a credential-process -d 'Print credentials for AWS tools'

complete -c gatewardenctl -n 'not __fish_use_subcommand' -l practice -d 'Ask the practice console'
complete -c gatewardenctl -n '__fish_seen_subcommand_from login roles use sessions end' -l format -x -a 'text json' -d 'Text for people or one JSON object'
complete -c gatewardenctl -n '__fish_seen_subcommand_from login' -l browser -d 'Sign in in the system browser'
complete -c gatewardenctl -n '__fish_seen_subcommand_from login' -l paste -d 'Read the response from standard input'
complete -c gatewardenctl -n '__fish_seen_subcommand_from use' -l profile -x -d 'The profile that tools will use'
complete -c gatewardenctl -n '__fish_seen_subcommand_from use' -l duration -x -a '15m 1h 2h 4h 8h 12h' -d '15m to 12h'
complete -c gatewardenctl -n '__fish_seen_subcommand_from use' -l region -x -d 'For STS and for the tools'
complete -c gatewardenctl -n '__fish_seen_subcommand_from use' -l policy -r -d 'A session policy that narrows the role'
complete -c gatewardenctl -n '__fish_seen_subcommand_from end' -l all -d 'End every live session'
complete -c gatewardenctl -n '__fish_seen_subcommand_from env' -l shell -x -a 'bash zsh fish powershell cmd' -d 'Whose syntax to use'
complete -c gatewardenctl -n '__fish_seen_subcommand_from credential-process' -l profile -x -a '(__gatewardenctl_sessions)' -d 'The profile of the session'
complete -c gatewardenctl -n '__fish_seen_subcommand_from end env' -a '(__gatewardenctl_sessions)'

# iam eval, iam lint, iam explain
complete -c gatewardenctl -n __fish_use_subcommand -a iam -d 'Say what policies answer, and what is wrong with them'
set -l iam '__fish_seen_subcommand_from iam'
complete -c gatewardenctl -n "$iam; and not __fish_seen_subcommand_from eval lint explain" -a eval -d 'Say what AWS would answer to many requests'
complete -c gatewardenctl -n "$iam; and not __fish_seen_subcommand_from eval lint explain" -a lint -d 'Say what is wrong with a policy'
complete -c gatewardenctl -n "$iam; and not __fish_seen_subcommand_from eval lint explain" -a explain -d 'Say why AWS denied a call'
complete -c gatewardenctl -n "$iam; and __fish_seen_subcommand_from eval lint" -F
complete -c gatewardenctl -n "$iam" -l at -x -d 'The time to judge by, as RFC 3339'
complete -c gatewardenctl -n "$iam" -l catalogue -r -F -d 'The catalogue of actions and condition keys'
complete -c gatewardenctl -n "$iam; and __fish_seen_subcommand_from eval" -l complete -d 'Every key that is not supplied is absent'
complete -c gatewardenctl -n "$iam; and __fish_seen_subcommand_from eval" -l format -x -a 'text json' -d 'A line for people or JSON'
complete -c gatewardenctl -n "$iam; and __fish_seen_subcommand_from lint" -l format -x -a 'text json sarif' -d 'Text, one JSON object, or SARIF'
complete -c gatewardenctl -n "$iam; and __fish_seen_subcommand_from explain" -l estate -r -F -d 'Dumps of calls of AWS'
complete -c gatewardenctl -n "$iam; and __fish_seen_subcommand_from explain" -l format -x -a 'text json' -d 'Text or one JSON object'
complete -c gatewardenctl -n "$iam; and __fish_seen_subcommand_from lint" -l type -x -a 'identity resource trust scp rcp session boundary endpoint' -d 'The kind of policy'
complete -c gatewardenctl -n "$iam; and __fish_seen_subcommand_from lint" -l account -x -d 'The account that the policy belongs to'
complete -c gatewardenctl -n "$iam; and __fish_seen_subcommand_from lint" -l rules -r -F -d 'Severities and suppressions'
complete -c gatewardenctl -n "$iam; and __fish_seen_subcommand_from lint" -l fail-on -x -a 'low medium high critical' -d 'From where on the exit status is 1'

# review
complete -c gatewardenctl -n __fish_use_subcommand -a review -d 'Say what is wrong with who gets which role, over an estate'
set -l review '__fish_seen_subcommand_from review'
complete -c gatewardenctl -n "$review" -F
complete -c gatewardenctl -n "$review" -l rules -r -F -d 'Severities, limits and accepted findings'
complete -c gatewardenctl -n "$review" -l fail-on -x -a 'low medium high critical' -d 'From where on the exit status is 1'
complete -c gatewardenctl -n "$review" -l at -x -d 'The time to judge by, as RFC 3339'
complete -c gatewardenctl -n "$review" -l catalogue -r -F -d 'The catalogue of actions and condition keys'
complete -c gatewardenctl -n "$review" -l format -x -a 'text json sarif csv html' -d 'Text, JSON lines, SARIF, CSV or a page'

# reach, drift
complete -c gatewardenctl -n __fish_use_subcommand -a reach -d 'Say who can do something, or what somebody can do'
complete -c gatewardenctl -n __fish_use_subcommand -a drift -d 'Say who gained and who lost access'
set -l reach '__fish_seen_subcommand_from reach drift'
complete -c gatewardenctl -n "$reach" -F
complete -c gatewardenctl -n "$reach" -l format -x -a 'text json' -d 'Text or JSON lines'
complete -c gatewardenctl -n "$reach" -l at -x -d 'The time to judge by, as RFC 3339'
complete -c gatewardenctl -n "$reach" -l catalogue -r -F -d 'The catalogue of actions and condition keys'
complete -c gatewardenctl -n '__fish_seen_subcommand_from reach' -l action -x -d 'An action'
complete -c gatewardenctl -n '__fish_seen_subcommand_from reach' -l resource -x -d 'An ARN or a route'
complete -c gatewardenctl -n '__fish_seen_subcommand_from reach' -l from -x -d 'Whose reach'
complete -c gatewardenctl -n '__fish_seen_subcommand_from drift' -l baseline -r -F -d 'What it should be'
complete -c gatewardenctl -n '__fish_seen_subcommand_from drift' -l rules -r -F -d 'What is accepted'

# estate show, estate import, estate unused, estate calendar
complete -c gatewardenctl -n __fish_use_subcommand -a estate -d 'What an organization has'
set -l estate '__fish_seen_subcommand_from estate'
complete -c gatewardenctl -n "$estate; and not __fish_seen_subcommand_from show import unused calendar" -a unused -d 'Say which roles and permissions nobody used'
complete -c gatewardenctl -n "$estate; and not __fish_seen_subcommand_from show import unused calendar" -a calendar -d 'Say what ends when'
complete -c gatewardenctl -n "$estate; and __fish_seen_subcommand_from show import unused calendar" -F
complete -c gatewardenctl -n "$estate; and __fish_seen_subcommand_from unused calendar" -l at -x -d 'The time to judge by, as RFC 3339'
complete -c gatewardenctl -n "$estate; and __fish_seen_subcommand_from unused" -l catalogue -r -F -d 'The catalogue of actions and condition keys'
complete -c gatewardenctl -n "$estate; and __fish_seen_subcommand_from unused" -l role -x -d 'This role only'
complete -c gatewardenctl -n "$estate; and __fish_seen_subcommand_from unused" -l format -x -a 'text json' -d 'Text or JSON lines'
complete -c gatewardenctl -n "$estate; and __fish_seen_subcommand_from calendar" -l format -x -a 'text json ics' -d 'Text, JSON lines, or iCalendar'
complete -c gatewardenctl -n "$estate; and not __fish_seen_subcommand_from show import unused calendar" -a show -d 'List what an estate holds'
complete -c gatewardenctl -n "$estate; and not __fish_seen_subcommand_from show import unused calendar" -a import -d 'Read files and folders into one saved estate'
complete -c gatewardenctl -n "$estate; and __fish_seen_subcommand_from show" -l kind -x -a 'account provider role user group policy scp rcp api route authorizer function cluster service task-definition mesh virtual-node virtual-service virtual-router mesh-route virtual-gateway gateway-route service-network lattice-service' -d 'Only those'
complete -c gatewardenctl -n "$estate; and __fish_seen_subcommand_from show" -l format -x -a 'text json' -d 'A table, or one JSON object a line'
complete -c gatewardenctl -n "$estate; and __fish_seen_subcommand_from import" -l output -s o -r -F -d 'The file to write'
complete -c gatewardenctl -n "$estate; and __fish_seen_subcommand_from import" -l live -d 'Read AWS itself'
complete -c gatewardenctl -n "$estate; and __fish_seen_subcommand_from import" -l profile -x -d 'Of a live session'
complete -c gatewardenctl -n "$estate; and __fish_seen_subcommand_from import" -l region -x -d 'To read'
complete -c gatewardenctl -n "$estate; and __fish_seen_subcommand_from import" -l answers -x -a '(__fish_complete_directories)' -d 'Where answers are kept'
complete -c gatewardenctl -n "$estate; and __fish_seen_subcommand_from import" -l max-age -x -a '0 30m 1h 12h' -d 'How old kept answers may be'
complete -c gatewardenctl -n "$estate; and __fish_seen_subcommand_from import" -l show-policy -d 'Print the policy that --live needs'
complete -c gatewardenctl -n "$estate; and __fish_seen_subcommand_from import" -l practice -d 'Ask the practice console'

# saml inspect, saml verify, saml verify-batch, saml metadata
complete -c gatewardenctl -n __fish_use_subcommand -a saml -d 'Inspect and verify responses, show metadata'
set -l saml '__fish_seen_subcommand_from saml'
set -l saml_commands inspect verify verify-batch metadata
complete -c gatewardenctl -n "$saml; and not __fish_seen_subcommand_from $saml_commands" -a inspect -d 'Show what a response says and what is signed'
complete -c gatewardenctl -n "$saml; and not __fish_seen_subcommand_from $saml_commands" -a verify -d 'Verify a response'
complete -c gatewardenctl -n "$saml; and not __fish_seen_subcommand_from $saml_commands" -a verify-batch -d 'Verify many responses, one JSON object a line'
complete -c gatewardenctl -n "$saml; and not __fish_seen_subcommand_from $saml_commands" -a metadata -d 'Show entities, endpoints and keys of metadata'
complete -c gatewardenctl -n "$saml; and __fish_seen_subcommand_from $saml_commands" -F
complete -c gatewardenctl -n "$saml" -l format -x -a 'text json' -d 'Text for people or JSON'
complete -c gatewardenctl -n "$saml" -l at -x -d 'The time to judge by, as RFC 3339'
complete -c gatewardenctl -n "$saml; and __fish_seen_subcommand_from inspect verify" -l metadata -r -F -d 'The metadata of the provider'
complete -c gatewardenctl -n "$saml; and __fish_seen_subcommand_from inspect verify" -l certificate -r -F -d 'A trusted certificate'
complete -c gatewardenctl -n "$saml; and __fish_seen_subcommand_from verify" -l acs -x -d 'An address that takes responses'
complete -c gatewardenctl -n "$saml; and __fish_seen_subcommand_from verify" -l audience -x -d 'An audience that counts'
complete -c gatewardenctl -n "$saml; and __fish_seen_subcommand_from verify" -l decrypt-key -r -F -d 'A private key for encrypted assertions'
complete -c gatewardenctl -n "$saml; and __fish_seen_subcommand_from verify verify-batch" -l policy -x -a 'strict default lenient' -d 'Which algorithms are taken'
complete -c gatewardenctl -n "$saml; and __fish_seen_subcommand_from verify verify-batch" -l replay-cache -r -F -d 'Refuse and remember accepted assertions'

# map new, map validate, map compile, map prove, map translate, map roundtrip
complete -c gatewardenctl -n __fish_use_subcommand -a map -d 'One text that says who may reach what'
set -l map '__fish_seen_subcommand_from map'
complete -c gatewardenctl -n "$map; and not __fish_seen_subcommand_from new validate compile prove translate roundtrip" -a translate -d 'Write what there was of App Mesh as its successors have it'
complete -c gatewardenctl -n "$map; and not __fish_seen_subcommand_from new validate compile prove translate roundtrip" -a roundtrip -d 'Write what there was of App Mesh as its describe calls print it'
complete -c gatewardenctl -n "$map; and not __fish_seen_subcommand_from new validate compile prove translate roundtrip" -a new -d 'Begin a map'
complete -c gatewardenctl -n "$map; and not __fish_seen_subcommand_from new validate compile prove translate roundtrip" -a validate -d 'Say what is wrong with a map'
complete -c gatewardenctl -n "$map; and not __fish_seen_subcommand_from new validate compile prove translate roundtrip" -a compile -d 'Write what a map says as policies and settings'
complete -c gatewardenctl -n "$map; and not __fish_seen_subcommand_from new validate compile prove translate roundtrip" -a prove -d 'Compare what is compiled with what the map says'
complete -c gatewardenctl -n "$map; and __fish_seen_subcommand_from new validate compile prove translate roundtrip" -F
complete -c gatewardenctl -n "$map; and __fish_seen_subcommand_from validate compile prove" -l estate -r -F -d 'What the names mean'
complete -c gatewardenctl -n "$map; and __fish_seen_subcommand_from validate compile prove" -l at -x -d 'The time to judge by'
complete -c gatewardenctl -n "$map; and __fish_seen_subcommand_from compile prove" -l target -x -a 'iam apigateway lattice lambda envoy istio' -d 'Which enforcers'
complete -c gatewardenctl -n "$map; and __fish_seen_subcommand_from compile" -l out -r -F -d 'The folder to write to'
complete -c gatewardenctl -n "$map; and __fish_seen_subcommand_from validate compile prove" -l format -x -a 'text json' -d 'Text or JSON'
complete -c gatewardenctl -n "$map; and __fish_seen_subcommand_from translate roundtrip" -l out -r -F -d 'The folder to write to'
complete -c gatewardenctl -n "$map; and __fish_seen_subcommand_from translate roundtrip" -l format -x -a 'text json' -d 'Text or JSON'
complete -c gatewardenctl -n "$map; and __fish_seen_subcommand_from translate" -l to -x -a 'lattice service-connect istio envoy' -d 'What to write'

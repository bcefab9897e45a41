#include "app/gatewardenctl/map_commands.h"

#include "app/gatewardenctl/catalogue_file.h"
#include "app/gatewardenctl/map_input.h"
#include "app/gatewardenctl/plan_input.h"
#include "app/gatewardenctl/rules_file.h"
#include "app/gatewardenctl/saml_trust.h"

#include <array>

namespace gw::ctl {
namespace {

constexpr Option folderOption{"--out", "DIR", "the folder to write to; made where there is none"};

constexpr Option linesOption{"--format", "text|json", "text for people (the default), or one JSON object a line"};
constexpr std::array validateOptions{estateOption, atOption, formatOption};
constexpr std::array compileOptions{estateOption, targetOption, folderOption,
                                    Option{"--shadow", "", "envoy and istio only: watch, and let everybody through (shadow_rules, istio.io/dry-run)"},
                                    atOption, linesOption};
constexpr std::array proveOptions{estateOption, targetOption,
                                  Option{"--escalations", "", "also the ways around the map that the estate's policies leave open"},
                                  atOption, linesOption};
constexpr Option saveOption{"--save", "FILE", "where the plan is kept for map apply, 0600"};
constexpr std::array planOptions{estateOption, targetOption, saveOption, removeLeftoversOption, rulesOption, atOption, catalogueOption, linesOption};
constexpr std::array pictureOptions{estateOption, Option{"--output", "FILE", "ends in .svg, .png or .pdf; -o for short"},
                                    Option{"--dark", "", "light on dark"}, atOption};
constexpr std::array observeOptions{estateOption,
                                   Option{"--server", "SERVICE", "the service of the map that a proxy's lines come from, where they do not tell"},
                                   atOption, formatOption};
constexpr std::array whyOptions{estateOption,
                               Option{"--who", "WHO", "who asks: an id or word of the map, a name, an ARN, a SPIFFE id"},
                               Option{"--may", "WHAT", "a method, invoke, connect, run, assume, or an action of IAM"},
                               Option{"--on", "THING", "an id or word of the map, a name, an ARN"},
                               Option{"--path", "PATH", "of a route or service"},
                               Option{"--with", "KEY=VALUE", "what the request has besides, such as aws:PrincipalTag/team=payments", true},
                               Option{"--denial", "FILE|-", "a denial as somebody pasted it, in place of the question"},
                               atOption,
                               formatOption};
constexpr std::array exportOptions{estateOption, targetOption,
                                   Option{"--format", "cloudformation|terraform|cli|kubernetes|envoy", "for which tool"},
                                   folderOption, atOption};
constexpr std::array applyOptions{Option{"--yes", "", "apply a map without looking at its plan first"},
                                  Option{"--revert", "", "take a plan back: from what it leaves to what it found"},
                                  estateOption, targetOption, saveOption, removeLeftoversOption,
                                  Option{"--profile", "P", "a live session of the console; one for each account", true},
                                  practiceOption, atOption, linesOption};
constexpr std::array importOptions{
    estateOption, Option{"--output", "MAP", "the map to write, - for standard output; -o for short"}, atOption, formatOption};
constexpr std::array translateOptions{Option{"--to", "TARGET", "lattice, service-connect, istio or envoy"}, folderOption, formatOption};
constexpr std::array roundtripOptions{folderOption, formatOption};

constexpr Command commands[] = {
    {"map new",
     "MAP|-",
     "Begin a map: one text that says who may reach what, through which role",
     "Writes a map without any edge, in which the sections and keys are explained. What is there already stays.",
     {},
     1,
     1,
     runMapNew},
    {"map validate", "MAP", "Say what is wrong with a map, with lines and columns",
     "A map is TOML: version = 1, then [[edge]] for each sentence (id, effect, who, through, may, on, paths, when,\n"
     "owner, reason, expires, accept), and sections for what the edges name, which can also be written in place:\n"
     "group:NAME, person:NAME, role:ARN, service:NAME, account:ID, anyone, route:API/STAGE/PATH, an ARN. May is a\n"
     "method (GET, *), invoke, connect, run, assume, or an action of IAM. Paths are /orders, /orders/{id} or\n"
     "/orders/**. When has mfa, source_ip, source_vpc, after, before, header.NAME, query.NAME, jwt.NAME, or keys of\n"
     "IAM. JSON is one object: map, usable, nodes, edges, problems (problem, severity, line, column and facts).\n"
     "Exit status 0 where nothing is wrong, 1 where something is, 2 where it cannot be read as a map.",
     validateOptions, 1, 1, runMapValidate},
    {"map compile", "MAP", "Write what a map says as policies and settings of each enforcer",
     "For iam trust and permission policies of roles, and which groups the provider must give them; for apigateway\n"
     "resource policies and the authorization of routes; for lattice auth policies of services and networks; for\n"
     "lambda permissions of functions; for envoy the listener in front of a workload, for istio its policies, which\n"
     "select pods by the label app with the service account's name. Ids of\n"
     "edges are in every statement's Sid and every policy's name. DIR gets one file for each. What a\n"
     "target cannot hold is named and refused unless the edge accepts it: nothing is widened silently. A JSON line has\n"
     "target, kind, object, name, file, edges and text; the last one is summary, with losses.\n"
     "Exit status 0; 1 where something is refused, 2 where the map cannot be compiled.",
     compileOptions, 1, 1, runMapCompile},
    {"map prove", "MAP", "Compare what a map is compiled to with what it says, request by request",
     "The artefacts are read again as text and asked, as AWS would decide, about every combination of caller, method,\n"
     "path, action, resource and condition that could make a difference. Surplus is access that the map does not\n"
     "give, missing what it gives and an artefact does not, each with a request that shows it. A JSON line for each\n"
     "target has target, edges, checked, surplus, missing, inexpressible (edge, what, why, seen, accepted),\n"
     "exhaustive and unreadable. --escalations tells what roles of the map can do besides by acting as another: a\n"
     "last JSON line has escalations (from, way, to, through, gains, around: edges), and any of them is surplus.\n"
     "Exit status 0 where every target grants exactly what the map says, 1 where one does not, 2 where the map\n"
     "cannot be compiled.",
     proveOptions, 1, 1, runMapProve},
    {"map plan", "MAP", "Say what would change for the estate to hold what the map says, and who gains or loses by it",
     "Steps are shown with the riskiest first, and numbered in the order in which they are to be taken: what must exist,\n"
     "what grants, what takes away, one deployment for each stage of an API, caches. What is the map's is found by the\n"
     "ids of edges; statements of others stay beside it, and a statement that says the same without an id is taken\n"
     "over. Policies that mean the same are no change. What the estate does not tell is not planned, and told. Who\n"
     "gains and who loses is counted in people of the estate's directory, and what review would find anew is told.\n"
     "A JSON line has step (risk, change, kind, target, object, name, edges, calls, size, quota, foreign, notes, before,\n"
     "after), gained or lost, finding, by_hand, unplanned or leftover; the last one is summary.\n"
     "Exit status 0 where nothing would change, 3 where it would, 1 where a target cannot hold the map, 2 where the map\n"
     "cannot be compiled.",
     planOptions, 1, 1, runMapPlan},
    {"map apply", "PLAN|MAP", "Take the steps of a plan by calls of AWS, or take them back",
     "PLAN is what map plan --save kept. A MAP needs --yes and --estate, and is planned as map plan does; --save keeps\n"
     "the plan for the way back. Every object is read first: where one is neither as the plan saw it nor as it is to be,\n"
     "nothing is done. Then one step after another is taken and read back until it shows; what is already as it is to be\n"
     "is passed over, so that the same plan goes on where it stopped. The first failure stops it and says which step,\n"
     "what was done, and how to go on or back (--revert). Ctrl-C stops between two steps. Sessions are those of --profile\n"
     "or the credentials in the environment, one for each account. Proxies' configurations and what the directory assigns\n"
     "are not applied: map plan names them. A JSON line has step, state (done, already, failed), change, kind, object,\n"
     "name and edges; the last one is summary.\n"
     "Exit status 0 where all is as the plan says, 1 where it stopped or something could not be planned, 2 where nothing\n"
     "could be tried.",
     applyOptions, 1, 1, runMapApply},
    {"map picture", "MAP", "Draw a map: who, through which role, reaches which route, service and workload",
     "Columns from left to right are groups and claims, roles, gateway routes, mesh services and workloads; accounts are\n"
     "boxes, APIs dashed frames. Edges are grey where they allow, dashed with a diamond where they depend on conditions,\n"
     "red with a bar where they deny, dotted where a target cannot hold them in full, and dashed orange where the\n"
     "estate's policies lead around the map. - writes SVG to standard output. The same map gives the same picture.\n"
     "Exit status 0, 1 where the map has mistakes and was drawn all the same, 2 where it cannot be read or written.",
     pictureOptions, 1, 1, runMapPicture},
    {"map observe", "MAP LOG...", "Say which edges access logs show in use, and what would break under the map",
     "A LOG has lines of API Gateway (JSON or CLF), VPC Lattice (JSON), Envoy or Istio's sidecars (JSON, with what\n"
     "shadow_rules and istio.io/dry-run would have said, where they were logged); - is standard input. Told are the\n"
     "edges with how often, first and last used, those that nobody used, requests that are let through now and that the\n"
     "map would deny, and the other way round. Conditions that no log shows are taken to hold. Lines that cannot be\n"
     "read are told with their number, and the rest is read all the same; memory is bounded. JSON is one object: lines,\n"
     "requests, elsewhere, unreadable, edges (edge, count, first, last), unused, would_break and would_allow (caller,\n"
     "method, on, path, edge, count, first, last), breaking and allowing (how many), bad (file, line, problem).\n"
     "Exit status 0 where nothing would break, 1 where something would, 2 where the map, a file or every line of it\n"
     "cannot be read.",
     observeOptions, 2, 1000, runMapObserve},
    {"map why", "MAP", "Say why somebody can or cannot reach something, layer by layer",
     "The ways from --who to --on: each role on them, what each layer says of each request (assignment, trust, identity,\n"
     "boundary, scp, rcp, resource, network, route-authorization, envoy, istio), as the map is compiled and, where the\n"
     "estate tells, as it is today; the edge that lets it or stops it; and the smallest edits of the map that would let\n"
     "it, each tried beside what others wrote there. --path is needed on routes and services. --denial takes what API\n"
     "Gateway, Lattice or IAM wrote, a decoded authorization message, an event of CloudTrail, or a line of Envoy's or\n"
     "Istio's access log with rbac_access_denied_matched_policy[...]; ids of edges in it are found, and what it does not\n"
     "tell, --who, --may, --on and --path do. JSON is one object: who, may, on, path, decision, today, lets, stops,\n"
     "named, ways (steps, admitted, decision, today, hops with principal, action, resource, decision, today, depends_on,\n"
     "layers), fixes (edits, result), around and unknown.\n"
     "Exit status 0 where an edge of the map lets it, 1 where none does (also where the estate does all the same) or it\n"
     "depends, 2 where the question or a file cannot be read.",
     whyOptions, 1, 1, runMapWhy},
    {"map export", "MAP", "Write what a map is compiled to for the tool that puts it in place",
     "For cloudformation a template for each account and region, for terraform a configuration in JSON with import blocks\n"
     "for what the estate has already (and ignore_changes for what the map does not speak of), for cli the input of each\n"
     "call and order.json with their order, for kubernetes the objects of Istio, for envoy the listeners. Ids of edges\n"
     "stay in Sids, statement ids and names. Without an estate everything is taken for new. Beside them export.json: format,\n"
     "files, losses (target, kind, object, edges, what, carried, why, what_to_do) and not_compiled. What a format\n"
     "cannot carry without owning more than the map speaks of is a loss, and is not written.\n"
     "Exit status 0; 1 where something is not carried or refused, 2 where the map cannot be compiled.",
     exportOptions, 1, 1, runMapExport},
    {"map import", "[MAP] ESTATE...", "Make a map of what an estate has, or bring a map up to it",
     "Edges come from trust and permission policies of roles and from policies of APIs, VPC Lattice and functions: by the\n"
     "ids in their Sids where they have them, by what they say otherwise. A first argument that ends in .toml is a map; of\n"
     "one that is there only the edges that differ are edited, and comments, order and owners stay. Without --output it\n"
     "is written in place. --estate ESTATE can take the place of the further arguments. Groups come from the directory's\n"
     "assignments. What the map cannot say is listed and left out, nothing is widened; where that is a denial, what it\n"
     "surely stops is left out with it, and it is told that the map may say more than the estate lets happen. What is\n"
     "written is a map that can be compiled. JSON is one object: map, kept, changed, added, removed, unsaid (what, object,\n"
     "sid, seen, deny, why) and unknown.\n"
     "Exit status 0 where the map says all of it, 1 where something is left out, 2 where an input cannot be read.",
     importOptions, 1, 4096, runMapImport},
    {"map translate", "SOURCE...", "Write what there was of App Mesh as its successors have it, and say what is lost",
     "A SOURCE is as for map roundtrip; task definitions beside it tell which role a virtual node runs with (of the\n"
     "variable APPMESH_RESOURCE_ARN). DIR gets the artefacts: for lattice, input of the command line (service network,\n"
     "services, listeners, rules, target groups, auth policies); for service-connect, serviceConnectConfiguration of\n"
     "each service of ECS and named ports; for istio, YAML of its resources; for envoy, a bootstrap for each node and\n"
     "gateway. loss.json names every field that is not carried over as it was: a list of objects with object, field,\n"
     "value, what_happens and what_to_do. Nobody is let in whom the mesh kept out: what cannot be told is denied, and a\n"
     "row says what to fill in. cleanup.json says what App Mesh left behind: steps (what, object, detail, what_to_do,\n"
     "where) in their order, and not_seen. JSON is one object: target, service_ended, files, losses and cleanup (how\n"
     "many), objects (how many of each kind) and problems.\n"
     "Exit status 0; 2 where something is unreadable, malformed or no part of a mesh, and the rest is written all the\n"
     "same.",
     translateOptions, 1, 1000, runMapTranslate},
    {"map roundtrip", "SOURCE...", "Read what there was of App Mesh, and write it as its describe calls print it",
     "A SOURCE is what aws appmesh describe-... printed, a template of CloudFormation, a state or plan of Terraform,\n"
     "objects of the App Mesh controller (YAML), the config_dump of a sidecar's Envoy that still runs, or a folder of\n"
     "such files. DIR gets one file an object, named after its account, region, mesh and itself, with every value that\n"
     "was read: what describe calls printed comes out equal, member by member. App Mesh ended on 2026-09-30; nothing\n"
     "is asked of AWS. JSON is one object: service_ended, files, objects (how many of each kind) and problems (objects\n"
     "with trouble, object, field, seen, expected and where).\n"
     "Exit status 0; 2 where something is unreadable, malformed or no part of a mesh, and the rest is written all the\n"
     "same.",
     roundtripOptions, 1, 1000, runMapRoundtrip},
};

} // namespace

CommandGroup mapCommands() {
    return {"Map", commands};
}

} // namespace gw::ctl

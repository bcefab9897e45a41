// Asks @cloud-copilot/iam-simulate, in a process of its own: one case a line in, one decision a line out.
//   node third_voter.mjs FOLDER-OF-NODE-MODULES
// The package is AGPL: it is fetched into a folder outside the tree, run, and never part of this project.
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'
import { join } from 'node:path'

const scope = join(process.argv[2], '@cloud-copilot')
const from = (...parts) => import(pathToFileURL(join(scope, ...parts)).href)
const { loadPolicy } = await from('iam-policy', 'dist', 'esm', 'index.js')
const { authorize } = await from('iam-simulate', 'dist', 'esm', 'core_engine', 'CoreSimulatorEngine.js')
const { AwsRequestImpl } = await from('iam-simulate', 'dist', 'esm', 'request', 'request.js')
const { RequestContextImpl } = await from('iam-simulate', 'dist', 'esm', 'requestContext.js')
const { DiscoveryContextKeyConstraints } = await from('iam-simulate', 'dist', 'esm', 'context_keys', 'discoveryContextKeyConstraints.js')

const simulationParameters = {
  simulationMode: 'Strict',
  discoveryContextKeyConstraints: new DiscoveryContextKeyConstraints([])
}
const known = new Map()
function load(policy, name) {
  const text = JSON.stringify(policy)
  if (!known.has(text)) {
    if (known.size > 2000) known.clear()
    known.set(text, loadPolicy(policy, { name }))
  }
  return known.get(text)
}
const all = (entries, name) => (entries ?? []).map((entry, i) => load(entry.policy, name + i))
const levels = (list, name) => (list ?? []).map((level, i) => ({ orgIdentifier: name + i, policies: all(level, name) }))

function decide(c) {
  const told = c.request
  const request = new AwsRequestImpl(
    told.principal === '*' ? { type: 'Anonymous' } : told.principal,
    { resource: told.resource, accountId: c.resource_account },
    told.action,
    new RequestContextImpl(told.context ?? {}),
    c.wildcard_only
  )
  return authorize({
    request,
    sessionPolicy: c.session ? load(c.session[0].policy, 'session') : undefined,
    identityPolicies: all(c.identity, 'identity'),
    serviceControlPolicies: levels(c.scp, 'scp'),
    resourceControlPolicies: levels(c.rcp, 'rcp'),
    resourcePolicy: c.resource ? load(c.resource.policy, 'resource') : undefined,
    permissionBoundaries: c.boundary ? [load(c.boundary.policy, 'boundary')] : undefined,
    vpcEndpointPolicies: c.endpoint ? all(c.endpoint, 'endpoint') : undefined,
    simulationParameters,
    serviceSettings: {}
  }).result
}

for await (const line of createInterface({ input: process.stdin })) {
  let answer
  try {
    answer = decide(JSON.parse(line))
  } catch (error) {
    answer = 'error ' + String(error.message ?? error).replaceAll('\n', ' ')
  }
  process.stdout.write(answer + '\n')
}

// Decisions a second of @cloud-copilot/iam-simulate on one case, in a process of its own:
//   node iam_simulate.mjs FOLDER-OF-NODE-MODULES core|public LINE-FILE
// "core": its engine with policies that are loaded already; "public": the function that it documents.
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { join } from 'node:path'

const scope = join(process.argv[2], '@cloud-copilot')
const from = (...parts) => import(pathToFileURL(join(scope, ...parts)).href)
const c = JSON.parse(readFileSync(process.argv[4], 'utf8').split('\n')[0])
const account = c.request.resource.split(':')[4] || '111122223333'

async function core() {
  const { loadPolicy } = await from('iam-policy', 'dist', 'esm', 'index.js')
  const { authorize } = await from('iam-simulate', 'dist', 'esm', 'core_engine', 'CoreSimulatorEngine.js')
  const { AwsRequestImpl } = await from('iam-simulate', 'dist', 'esm', 'request', 'request.js')
  const { RequestContextImpl } = await from('iam-simulate', 'dist', 'esm', 'requestContext.js')
  const { DiscoveryContextKeyConstraints } = await from('iam-simulate', 'dist', 'esm', 'context_keys', 'discoveryContextKeyConstraints.js')
  const load = (entry) => loadPolicy(entry.policy, { name: entry.name })
  const identityPolicies = (c.identity ?? []).map(load)
  const serviceControlPolicies = (c.scp ?? []).map((level, i) => ({ orgIdentifier: 'o' + i, policies: level.map(load) }))
  const resourcePolicy = c.resource ? load(c.resource) : undefined
  const simulationParameters = { simulationMode: 'Strict', discoveryContextKeyConstraints: new DiscoveryContextKeyConstraints([]) }
  return () => authorize({
    request: new AwsRequestImpl(c.request.principal, { resource: c.request.resource, accountId: account }, c.request.action,
      new RequestContextImpl(c.request.context), false),
    identityPolicies, serviceControlPolicies, resourceControlPolicies: [], resourcePolicy, simulationParameters, serviceSettings: {}
  }).result
}

async function documented() {
  const { runSimulation } = await from('iam-simulate', 'dist', 'esm', 'index.js')
  const named = (entry) => ({ name: entry.name, policy: entry.policy })
  const simulation = {
    request: { principal: c.request.principal, action: c.request.action, resource: { resource: c.request.resource, accountId: account },
      contextVariables: c.request.context },
    identityPolicies: (c.identity ?? []).map(named),
    serviceControlPolicies: (c.scp ?? []).map((level, i) => ({ orgIdentifier: 'o' + i, policies: level.map(named) })),
    resourceControlPolicies: [],
    resourcePolicy: c.resource?.policy
  }
  return async () => {
    const result = await runSimulation(simulation, {})
    return result.overallResult ?? result.resultType ?? JSON.stringify(result).slice(0, 200)
  }
}

const run = process.argv[3] === 'core' ? await core() : await documented()
const first = await run()
if (first !== 'Allowed') {
  console.error('not allowed: ' + first)
  process.exit(1)
}
const cpu = () => { const used = process.cpuUsage(); return used.user + used.system }
for (const end = cpu() + 1e6; cpu() < end;) await run()
let count = 0
const begin = cpu()
while (cpu() - begin < 2e6) {
  for (let i = 0; i < 20; ++i) await run()
  count += 20
}
console.log((count * 1e6 / (cpu() - begin)).toFixed(0))

import { defineAction, fail, type Ctx } from '@quancheng/kernel'
import { calendarOf, defaultsOf, draftOf, freeGateways, meanOf, roleOf, runSimulation, simulationHistory, timedNodes, versionsOf, workTimeOf, type CompiledProcess, type SimulationHistory, type SimulationInput } from '@quancheng/process'
import { z } from 'zod'
import { INPUT, MODEL } from '../rules/input.ts'
import { modelOf, READ } from './model.ts'

/** The next moment at which somebody works: a run that begins at night begins in the morning. */
async function beginning(ctx: Ctx): Promise<string> {
  const time = workTimeOf(await calendarOf(ctx)), now = ctx.now().getTime()
  return new Date(time.add(now, 1 / 60_000)).toISOString()
}

/**
 * What takes people more time than they have was no work: a recorded step lasts from taking it to completing it, waiting for the customer included.
 * The longest steps of an overloaded role are taken as waiting until it can cope (at most nine tenths busy); the form shows which.
 */
function awaitedSteps(process: CompiledProcess, input: SimulationInput, history: SimulationHistory): string[] {
  if (input.arrivals.kind !== 'poisson' || !history.cases) return []
  const perMinute = input.arrivals.perHour / 60, out: string[] = []
  for (const [role, staff] of Object.entries(input.staff)) {
    const steps = Object.values(process.nodes).flatMap(n => (n.type === 'userTask' && roleOf(n.task) === role ? [{ key: n.id, busy: perMinute * (history.visits[n.id] ?? 0) * meanOf(input.durations[n.id]!) }] : [])).sort((a, b) => b.busy - a.busy)
    let busy = steps.reduce((sum, s) => sum + s.busy, 0)
    // a role without any work left would say nothing about its people
    for (const step of steps.slice(0, -1)) {
      if (busy <= 0.9 * (staff.number ?? Infinity)) break
      out.push(step.key)
      busy -= step.busy
    }
  }
  return out
}

/** The model's own guesses, put right by what really happened. */
export function inputFrom(process: CompiledProcess, history: SimulationHistory, from: string): SimulationInput {
  const guess = defaultsOf(process, { from })
  const known = <T>(of: Record<string, T>): [string, T][] => Object.entries(of)
  const input: SimulationInput = {
    ...guess,
    arrivals: history.perHour === null ? guess.arrivals : { kind: 'poisson', perHour: Math.max(0.01, Math.round(history.perHour * 100) / 100) },
    durations: { ...guess.durations, ...Object.fromEntries(known(history.durations).map(([node, d]) => [node, d.distribution])) },
    outcomes: { ...guess.outcomes, ...Object.fromEntries(known(history.outcomes).filter(([node]) => guess.outcomes[node])) },
    staff: { ...guess.staff, ...Object.fromEntries(known(history.people).map(([role, number]) => [role, { number: Math.max(1, number) }])) },
  }
  return { ...input, unattended: awaitedSteps(process, input, history) }
}

/** What a form needs to ask: the steps with their outcomes, the gateways with their flows, the roles by name. */
async function questions(ctx: Ctx, process: CompiledProcess, history: SimulationHistory) {
  const names = new Map((await ctx.query<{ code: string; name: string }>('select code, name from role where tenant_id = $1 and code = any($2)', [ctx.tenant.id, Object.values(process.nodes).flatMap(n => (n.type === 'userTask' ? [roleOf(n.task)] : []))])).map(r => [r.code, r.name]))
  const steps = timedNodes(process).map(n => ({
    key: n.id, name: n.name || n.id, kind: n.type, role: n.type === 'userTask' ? roleOf(n.task) : null,
    standard: n.type === 'userTask' && n.task.standard ? { minutes: n.task.standard.minutes, clock: n.task.standard.clock } : null,
    outcomes: n.type === 'userTask' ? n.task.outcomes.map(({ id, label, danger }) => ({ id, label, danger })) : [],
    known: history.durations[n.id]?.count ?? 0,
  }))
  const gateways = freeGateways(process).map(n => ({
    key: n.id, name: n.name || n.id, inclusive: n.type === 'inclusiveGateway',
    flows: n.outgoing.map(id => process.flows[id]!).map(f => ({ id: f.id, name: f.name || (process.nodes[f.target]?.name ?? f.target), condition: f.condition?.text ?? null, otherwise: f.isDefault })),
  }))
  const roles = [...new Set(steps.flatMap(s => (s.role === null ? [] : [s.role])))].map(role => ({ role, name: names.get(role) ?? role, people: history.people[role] ?? 0 }))
  const asked = new Set(Object.values(process.flows).flatMap(f => f.condition?.variables ?? []))
  asked.delete('outcome')
  return { steps, gateways, roles, variables: [...asked].sort() }
}

export const simulateActions = [
  defineAction({
    name: 'simulationDefaults', method: 'GET', path: '/api/processes/:key/simulation-defaults', ...READ, input: MODEL.omit({ xml: true }).extend({ unitId: z.uuid().optional() }),
    async run(ctx, { key, version, unitId }) {
      const [draft, versions] = [await draftOf(ctx, key), await versionsOf(ctx, key)]
      if (!draft && !versions.length) return fail('PROCESS_UNKNOWN', { key })
      const model = await modelOf(ctx, { key, version: version ?? (versions.length ? undefined : 'draft') })
      const history = await simulationHistory(ctx, key, model.process, { unitId })
      return {
        key, name: model.name, version: model.version, versions: versions.map(v => v.version), draft: draft !== null,
        input: inputFrom(model.process, history, await beginning(ctx)), ...(await questions(ctx, model.process, history)), history: { cases: history.cases, from: history.from },
      }
    },
  }),
  defineAction({
    name: 'simulateProcess', method: 'POST', path: '/api/processes/:key/simulate', ...READ, input: INPUT,
    async run(ctx, { key, version, xml, ...asked }) {
      const model = await modelOf(ctx, { key, version, xml })
      const guess = defaultsOf(model.process, { from: asked.from ?? await beginning(ctx) })
      const { cases, days, ...rest } = asked
      const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)) as Partial<SimulationInput>
      const input: SimulationInput = {
        ...guess, ...given, ...(cases === undefined && days === undefined ? {} : { cases: cases ?? null, days: days ?? null }),
        durations: { ...guess.durations, ...given.durations }, outcomes: { ...guess.outcomes, ...given.outcomes }, staff: { ...guess.staff, ...given.staff },
      }
      return { version: model.version, name: model.name, ...(await runSimulation(ctx, { xml: model.xml, process: model.process, input })) }
    },
  }),
]

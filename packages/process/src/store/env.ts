import { newId, type Ctx } from '@quancheng/kernel'
import { ProcessError, type EngineEnv, type InstanceState, type Thrown } from '../engine/index.ts'
import type { CompiledProcess } from '../model/index.ts'
import { publishedDecision, type PublishedDecision } from './decide.ts'
import { definitionByKey, type Definition } from './definitions.ts'

/** What watches the engine at work (a test harness), or answers its decisions in place of published tables; registered in `runtime.services`. */
export const OBSERVER_SERVICE = 'process.observer'
export interface EngineObserver { trace?: EngineEnv['trace']; decide?: EngineEnv['decide']; thrown?: (thrown: Thrown) => void }

/** The engine asks nobody, so what a model may call or decide by is fetched before it runs. */
interface Needs { calls: readonly string[]; decisions: readonly string[] }
const needs = new WeakMap<CompiledProcess, Needs>()

function needsOf(process: CompiledProcess): Needs {
  const known = needs.get(process)
  if (known) return known
  const nodes = Object.values(process.nodes)
  const found = { calls: [...new Set(nodes.flatMap(n => (n.type === 'callActivity' ? [n.called] : [])))], decisions: [...new Set(nodes.flatMap(n => (n.type === 'ruleTask' ? [n.decision] : [])))] }
  needs.set(process, found)
  return found
}

/** A called process as its scope remembers it: the version that was newest when it was called. */
export const refOf = (d: Pick<Definition, 'key' | 'version'>): string => `${d.key}@${d.version}`

/** Process by key (the newest version) or by `key@version`. */
export async function definitionByRef(ctx: Ctx, ref: string): Promise<Definition | null> {
  const [, key, version] = /^(.*?)(?:@(\d+))?$/.exec(ref)!
  return definitionByKey(ctx, key!, version ? Number(version) : undefined).catch(() => null)
}

const CALLED_AT_MOST = 200
const PLAIN: EngineEnv = { newId }

/** What the engine needs to run this process from this state. For models that call and decide nothing it is there already. */
export async function envFor(ctx: Ctx, process: CompiledProcess, scopes: InstanceState['scopes'] = []): Promise<EngineEnv> {
  const observer = ctx.runtime.services.get(OBSERVER_SERVICE) as EngineObserver | undefined
  const watched = observer ? { ...PLAIN, ...(observer.trace ? { trace: observer.trace } : {}) } : PLAIN
  const live = scopes.flatMap(s => s.called ?? [])
  const own = needsOf(process)
  if (!live.length && !own.calls.length && !own.decisions.length) return watched
  const definitions = new Map<string, Definition>(), decisions = new Map<string, PublishedDecision>()
  const wanted = [...own.calls, ...live], asked = new Set(own.decisions)
  for (let ref = wanted.shift(); ref !== undefined && definitions.size < CALLED_AT_MOST; ref = wanted.shift()) {
    if (definitions.has(ref)) continue
    const found = await definitionByRef(ctx, ref)
    if (!found?.process) continue
    definitions.set(ref, found).set(refOf(found), found)
    const inner = needsOf(found.process)
    wanted.push(...inner.calls)
    for (const d of inner.decisions) asked.add(d)
  }
  if (!observer?.decide) for (const key of asked) { const found = await publishedDecision(ctx, key).catch(() => null); if (found) decisions.set(key, found) }
  return {
    ...watched,
    processOf: ref => definitions.get(ref)?.process ?? null,
    refOf: key => { const d = definitions.get(key); return d ? refOf(d) : key },
    decide: observer?.decide ?? ((key, variables) => decided(key, decisions.get(key), variables)),
  }
}

function decided(key: string, decision: PublishedDecision | undefined, variables: Readonly<Record<string, unknown>>): unknown {
  if (!decision) throw new ProcessError('DECISION_UNKNOWN', `决策表“${key}”没有发布`, { decision: key })
  const { value, problems } = decision.decide(variables)
  if (problems.length) throw new ProcessError('DECISION_UNKNOWN', `决策表“${decision.name}”答不出来：${problems[0]!.message}`, { decision: key })
  return value
}

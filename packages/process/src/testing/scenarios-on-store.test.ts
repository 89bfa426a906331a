// runs alone: it loads the scenario files anew, with a harness that remembers
import assert from 'node:assert/strict'
import { registerHooks } from 'node:module'
import { test } from 'node:test'
import { compileCalendar, defineModule } from '@quancheng/kernel'
import { testApp } from '@quancheng/kernel/testing'
import type { Harness } from '../harness/index.ts'
import { checkProcesses } from '../model/index.ts'
import { processModule } from '../store/module.ts'
import { storeProblems } from '../store/check-store.ts'
import { sameOnBoth, type Act } from './compare.ts'
import { recorded, type Recorded } from './recording.ts'

/*
 * The engine's own scenarios, played once more on the database. Their files are loaded with a harness that remembers what they do; when they
 * have run in memory, each is repeated on both and compared after every act. A new scenario of the engine is thereby one of the store.
 */

const FILES = ['activities/activities', 'events/events', 'events/compensation', 'gateways/gateways', 'patterns', 'conformance', 'budget']
const RECORDING = new URL('./recording.ts', import.meta.url).href
registerHooks({ resolve: (specifier, context, next) => (/engine\/.*\.test\.ts/.test(context.parentURL ?? '') && specifier.endsWith('harness/index.ts') ? { url: RECORDING, format: 'module-typescript', shortCircuit: true } : next(specifier, context)) })
for (const file of FILES) await import(`../engine/${file}.test.ts`)

const calendar = compileCalendar({ timeZone: 'Asia/Shanghai', shifts: [['09:00', '12:00'], ['13:30', '18:00']], workdays: [1, 2, 3, 4, 5], days: {}, knownYears: [2026] })
const frame = defineModule({ name: 'frame', label: ['框架', 'Frame'], start: runtime => { runtime.calendar = () => Promise.resolve(calendar) } })

/** Ids differ between the two worlds: what was named by its id is named by its place, found out in memory before the act is done there. */
type Place = { instance: number } | { nodeId: string; nth: number } | null
async function placeOf(arg: unknown, memory: Harness): Promise<Place> {
  const instance = (await memory.instances()).findIndex(i => i.id === arg)
  if (instance >= 0) return { instance }
  const tasks = await memory.tasks(), task = tasks.find(t => t.id === arg)
  return task ? { nodeId: task.nodeId, nth: tasks.filter(t => t.nodeId === task.nodeId).indexOf(task) } : null
}
async function idAt(place: Place, h: Harness): Promise<string | undefined> {
  if (!place) return undefined
  return 'instance' in place ? (await h.instances())[place.instance]?.id : (await h.tasks()).filter(t => t.nodeId === place.nodeId)[place.nth]?.id
}

function actOf({ on, name, args }: Recorded['acts'][number]): Act {
  let places: Place[] = []
  return async (h, memory) => {
    if (h === memory) places = await Promise.all(args.map(a => placeOf(a, memory)))
    const own = h === memory ? args : await Promise.all(args.map(async (a, i) => (await idAt(places[i]!, h)) ?? a))
    return ((on === 'clock' ? h.clock : h) as unknown as Record<string, (...a: unknown[]) => unknown>)[name]!(...own)
  }
}

/** Why a scenario's models cannot be published here; null: they can. */
async function unpublishable(r: Recorded): Promise<string | null> {
  if (r.options.businessDue) return 'its own calendar'
  for (const file of typeof r.xml === 'string' ? [r.xml] : r.xml) {
    const all = await checkProcesses(file)
    if (all.length !== 1) return 'several processes in one file'
    const [refused] = storeProblems(all[0]!.process!)
    if (refused) return refused.message
  }
  return null
}

test('every scenario of the engine that can be published runs on the database as it does in memory', async t => {
  const app = await testApp({ modules: [processModule, frame], clock: '2026-01-01T00:00:00Z', worker: true })
  const scenarios = [...recorded]
  const left = new Map<string, number>(), differ: string[] = []
  let played = 0
  for (const r of scenarios) {
    if (!r.acts.length) continue
    const why = await unpublishable(r)
    if (why) { left.set(why, (left.get(why) ?? 0) + 1); continue }
    // a clock that ran in the test cannot run backwards in the database either
    try { await sameOnBoth(app, r.xml, r.acts.map(actOf), r.options); played++ } catch (error) {
      differ.push(`${r.acts.map(a => `${a.name}(${a.args.map(x => JSON.stringify(x)).join(',')})`).join(' ')}\n${(error as Error).message.slice(0, 1200)}\n${process.env['SHOW'] ? String(r.xml).slice(400) : ''}`)
    }
  }
  t.diagnostic(`${played} scenarios on both, ${[...left].map(([why, n]) => `${n} left out: ${why}`).join('; ')}`)
  assert.deepEqual(differ.join('\n\n'), '')
  assert.ok(played > 100, `only ${played} scenarios were played`)
})

import { act, createApp } from '@quancheng/kernel'
import { completeAny } from '@quancheng/process'
import { startWorker } from '../../packages/kernel/src/store/worker.ts'
import { modules } from './world.ts'

/*
 * One process of the product, driven by its parent over IPC: `work` starts its background worker (`lane`: batch as delivered, single one job a
 * transaction, greedy batches without any rest), `people` has one person complete tasks at a steady rate through the store.
 */
interface Setting { connection: object; tenantId: string; userId: string }
const setting = JSON.parse(process.env.BENCH_TIMERS!) as Setting
const app = await createApp({ connection: setting.connection, modules, worker: false, log: line => { if (line.level !== 'info') process.stderr.write(`${JSON.stringify(line)}\n`) } })
let worker: ReturnType<typeof startWorker> | null = null

type Told = { work: 'batch' | 'single' | 'greedy' } | { stop: true } | { people: string[]; everyMs: number }
process.on('message', (told: Told) => {
  if ('work' in told) {
    if (told.work === 'single') app.runtime.batch = () => undefined
    worker = startWorker(app.runtime, told.work === 'greedy' ? { size: () => 100, rest: () => Promise.resolve(0) } : undefined)
  } else if ('stop' in told) void Promise.resolve(worker?.stop()).then(() => app.close()).then(() => process.exit(0))
  else void people(told.people, told.everyMs)
})

/** Open loop: the next act begins when its time has come, whether or not the last is done. Latency counts from when it should have begun. */
async function people(steps: readonly string[], everyMs: number): Promise<void> {
  const began = performance.now(), cpu = process.cpuUsage()
  const times = await Promise.all(steps.map(async (step, i) => {
    const at = began + i * everyMs
    await new Promise(resolve => setTimeout(resolve, at - performance.now()))
    await act(app.runtime, { tenantId: setting.tenantId, userId: setting.userId }, ctx => completeAny(ctx, step, {}))
    return performance.now() - at
  }))
  const used = process.cpuUsage(cpu)
  process.send!({ times, cpu: (used.user + used.system) / 1000 })
}
process.send!({ ready: true })

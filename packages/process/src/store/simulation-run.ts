import { Worker } from 'node:worker_threads'
import { AppError, fail, registerErrors, type Ctx } from '@quancheng/kernel'
import type { DecisionTable } from '../dmn/index.ts'
import type { CompiledProcess } from '../model/index.ts'
import type { SimulationInput, SimulationResult } from '../simulation/index.ts'
import type { Job, Said } from '../simulation/worker.ts'
import { definitionByRef, refOf } from './env.ts'
import { calendarOf } from './standard.ts'
import { xmlOf } from './versions.ts'

registerErrors({
  SIMULATION_TOO_LARGE: [422, '推演太大：超过 {most} 步。请减少案例数或天数', 'The simulation is too large (over {most} steps); take fewer cases or days'],
  SIMULATION_TIMEOUT: [422, '推演超过 {seconds} 秒还没有算完，已停下。请减少案例数或天数', 'The simulation was stopped after {seconds} seconds; take fewer cases or days'],
  SIMULATION_BUSY: [429, '现在有别的推演在算，请过几秒再试', 'Other simulations are running; try again in a few seconds'],
  SIMULATION_ENDLESS: [422, '请给出案例数或天数', 'Give a number of cases or days'],
  SIMULATION_NO_CASES: [422, '这段时间里没有案例到来，请把到达调多一些', 'No case arrives in this time; raise the arrivals'],
})

/** One run takes a thread, at most so long and so much memory; more than two at once would starve the others of the machine. */
export const SIMULATION_LIMITS = { steps: 200_000, ofCase: 1_000, seconds: 15, megabytes: 256, atOnce: 2 }

let running = 0

/** The texts behind what a process calls and decides by, as far as they are published. */
async function sourcesOf(ctx: Ctx, process: CompiledProcess): Promise<Pick<Job, 'called' | 'decisions'>> {
  const called: { ref: string; key: string; xml: string }[] = [], decisions = new Map<string, DecisionTable>()
  const seen = new Set<string>(), queue = [process]
  for (let p = queue.shift(); p && called.length < 50; p = queue.shift()) {
    for (const node of Object.values(p.nodes)) {
      if (node.type === 'ruleTask' && !decisions.has(node.decision)) {
        const [row] = await ctx.query<{ content: DecisionTable }>('select content from decision_definition where tenant_id = $1 and key = $2 order by version desc limit 1', [ctx.tenant.id, node.decision])
        if (row) decisions.set(node.decision, row.content)
      }
      if (node.type !== 'callActivity' || seen.has(node.called)) continue
      seen.add(node.called)
      const definition = await definitionByRef(ctx, node.called)
      if (!definition?.process) continue
      called.push({ ref: refOf(definition), key: node.called, xml: (await xmlOf(ctx, definition.key, definition.version)).xml })
      queue.push(definition.process)
    }
  }
  return { called, decisions: [...decisions].map(([key, table]) => ({ key, table })) }
}

/** Simulates in a thread of its own, so that everybody else is served meanwhile. Reads models, decisions and the calendar; writes nothing. */
export async function runSimulation(ctx: Ctx, o: { xml: string; process: CompiledProcess; input: SimulationInput; limits?: Partial<typeof SIMULATION_LIMITS> }): Promise<SimulationResult> {
  const limits = { ...SIMULATION_LIMITS, ...o.limits }
  if (running >= limits.atOnce) fail('SIMULATION_BUSY')
  running += 1
  try {
    const job: Job = { xml: o.xml, ...(await sourcesOf(ctx, o.process)), calendar: await calendarOf(ctx), input: o.input, most: { steps: limits.steps, ofCase: limits.ofCase } }
    const said = await inThread(job, limits)
    if ('result' in said) return said.result
    const { code, message } = said.error
    return code.startsWith('SIMULATION_') ? fail(code, { most: limits.steps }) : fail('PROCESS_INVALID', { reason: message, problems: [] })
  } finally { running -= 1 }
}

async function inThread(job: Job, limits: typeof SIMULATION_LIMITS): Promise<Said> {
  const worker = new Worker(new URL('../simulation/worker.ts', import.meta.url), { workerData: job, resourceLimits: { maxOldGenerationSizeMb: limits.megabytes } })
  let timer: NodeJS.Timeout | undefined
  try {
    return await new Promise<Said>((resolve, reject) => {
      timer = setTimeout(() => reject(new AppError('SIMULATION_TIMEOUT', { seconds: limits.seconds })), limits.seconds * 1000)
      worker.once('message', resolve)
      worker.once('error', (error: Error & { code?: string }) => reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? new AppError('SIMULATION_TOO_LARGE', { most: limits.steps }) : error))
      worker.once('exit', (code) => reject(new Error(`the simulation's thread ended with ${code}`)))
    })
  } finally {
    clearTimeout(timer)
    await worker.terminate()
  }
}

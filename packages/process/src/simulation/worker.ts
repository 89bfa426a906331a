import { parentPort, workerData } from 'node:worker_threads'
import type { CompiledCalendar } from '@quancheng/kernel/calendar'
import { compileDecisionTable, decide, type CompiledDecisions, type DecisionTable } from '../dmn/index.ts'
import { compileProcess, type CompiledProcess } from '../model/index.ts'
import { ProcessError } from '../engine/index.ts'
import { simulate } from './simulate.ts'
import type { SimulationEnv, SimulationInput } from './types.ts'
import { workTimeOf } from './work-time.ts'

/** Everything as text and plain data: closures do not go from thread to thread. */
export interface Job {
  xml: string
  called: readonly { ref: string; key: string; xml: string }[]
  decisions: readonly { key: string; table: DecisionTable }[]
  calendar: CompiledCalendar
  input: SimulationInput
  most: NonNullable<SimulationEnv['most']>
}

export type Said = { result: ReturnType<typeof simulate> } | { error: { code: string; message: string } }

async function run(job: Job): Promise<Said> {
  const processes = new Map<string, CompiledProcess>(), refs = new Map<string, string>(), tables = new Map<string, CompiledDecisions>()
  for (const { ref, key, xml } of job.called) {
    const process = await compileProcess(xml)
    processes.set(key, process).set(ref, process)
    refs.set(key, ref)
  }
  for (const { key, table } of job.decisions) {
    const { decisions } = compileDecisionTable(table)
    if (decisions) tables.set(key, decisions)
  }
  const env: SimulationEnv = {
    workTime: workTimeOf(job.calendar), most: job.most, processOf: (key) => processes.get(key) ?? null, refOf: (key) => refs.get(key) ?? key,
    decide(key, variables) {
      const table = tables.get(key), id = table?.decisions.keys().next().value
      if (!table || id === undefined) throw new ProcessError('DECISION_UNKNOWN', `决策表“${key}”没有发布`, { decision: key })
      const { value, problems } = decide(table, id, variables)
      if (problems.length) throw new ProcessError('DECISION_UNKNOWN', `决策表“${key}”答不出来：${problems[0]!.message}`, { decision: key })
      return value
    },
  }
  try { return { result: simulate(await compileProcess(job.xml), job.input, env) } } catch (error) {
    const { code, message } = error as { code?: unknown; message: string }
    if (typeof code === 'string') return { error: { code, message } }
    throw error
  }
}

parentPort?.postMessage(await run(workerData as Job))

import { assemble } from './assemble.ts'
import type { Moddle } from './moddle.ts'
import { get, many } from './moddle.ts'
import { globalTaskProcess, isGlobalTask } from './global-task.ts'
import { parseBpmn } from './parse.ts'
import type { Findings } from './problems.ts'
import { ProcessModelError, refuse, warn } from './problems.ts'
import type { CompiledProcess } from './types.ts'

export interface CompileOptions {
  /** role codes that exist; others get a warning. Absent: not checked */
  roles?: Iterable<string>
  /** names of service-task handlers that exist; others get a warning. Absent: not checked */
  handlers?: Iterable<string>
  /** checkProcesses: also those that are marked as not executable, as long as they hold anything */
  everyProcess?: boolean
}

export interface CheckedProcess extends Findings {
  /** null when there are problems */
  process: CompiledProcess | null
}

/** Compiles the one executable process of a file. Throws ProcessModelError with all problems. */
export async function compileProcess(xml: string, options: CompileOptions = {}): Promise<CompiledProcess> {
  const checked = await checkProcess(xml, options)
  if (!checked.process) throw new ProcessModelError(checked)
  return checked.process
}

/** As compileProcess, but tells instead of throwing: for the designer and for conformance tables. */
export async function checkProcess(xml: string, options: CompileOptions = {}): Promise<CheckedProcess> {
  const { definitions, findings } = await parseBpmn(xml)
  const root = definitions && executableProcess(definitions, findings)
  return checked(root, options, findings)
}

/**
 * Every process of a file that can run: those marked executable (or the only one, unmarked), and its global tasks, which call activities call
 * like processes. One entry a process; a file that cannot be read gives one entry with the reasons.
 */
export async function checkProcesses(xml: string, options: CompileOptions = {}): Promise<CheckedProcess[]> {
  const { definitions, findings } = await parseBpmn(xml)
  if (!definitions) return [checked(null, options, findings)]
  const marked = processesOf(definitions).filter((p) => get(p, 'isExecutable') === true || (options.everyProcess && many(p, 'flowElements').length > 0))
  const globals = many(definitions, 'rootElements').filter(isGlobalTask).map(globalTaskProcess)
  const roots = marked.length ? marked : [executableProcess(definitions, findings)]
  return [...roots, ...globals].map((root) => checked(root, options, { problems: [...findings.problems], warnings: [...findings.warnings] }))
}

function checked(root: Moddle | null, options: CompileOptions, findings: Findings): CheckedProcess {
  const process = root && assemble(root, options, findings)
  return { ...findings, process: findings.problems.length ? null : process }
}

const processesOf = (definitions: Moddle): Moddle[] => many(definitions, 'rootElements').filter((e) => e.$type === 'bpmn:Process')

function executableProcess(definitions: Moddle, findings: Findings): Moddle | null {
  const processes = processesOf(definitions)
  const marked = processes.filter((p) => get(p, 'isExecutable') === true)
  if (marked.length > 1) {
    for (const extra of marked.slice(1)) refuse(findings, extra.id, 'PROCESS_SEVERAL', '一个文件只能有一个可执行流程')
  }
  if (marked[0]) return marked[0]
  const [only] = processes
  if (only && processes.length === 1 && get(only, 'isExecutable') === undefined) {
    warn(findings, only.id, 'PROCESS_NOT_MARKED', '流程没有标明 isExecutable，按可执行处理')
    return only
  }
  refuse(findings, only?.id, 'PROCESS_NONE', '文件里没有标明可执行（isExecutable="true"）的流程')
  return null
}

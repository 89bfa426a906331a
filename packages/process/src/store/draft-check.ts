import type { Ctx } from '@quancheng/kernel'
import { compileProcess, ProcessModelError, type CompiledProcess, type Problem } from '../model/index.ts'
import { bindingProblems, roleWarnings } from './check-model.ts'

export interface Checked { problems: readonly Problem[]; warnings: readonly Problem[]; process: CompiledProcess | null }

/** Everything that stands between a model and its publication, found without publishing it: the drawing, the object it runs on, the posts. */
export async function checkDraft(ctx: Ctx, xml: string): Promise<Checked> {
  let process: CompiledProcess
  try { process = await compileProcess(xml) } catch (error) {
    if (error instanceof ProcessModelError) return { problems: error.problems, warnings: error.warnings, process: null }
    throw error
  }
  const problems = bindingProblems(ctx, process)
  return { problems, warnings: [...process.warnings, ...(await roleWarnings(ctx, process))], process: problems.length ? null : process }
}

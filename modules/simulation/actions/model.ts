import { createHash } from 'node:crypto'
import { fail, type Ctx } from '@quancheng/kernel'
import { compiledOf, compileProcess, draftOf, ProcessModelError, xmlOf, type CompiledProcess } from '@quancheng/process'

export const READ = { label: ['查看流程', 'Processes'], permission: 'process:read', scoped: false, readOnly: true } as const

export interface Model { version: number | 'draft' | 'text'; name: string; xml: string; process: CompiledProcess }

/** The model that is tried out, compiled; what cannot run is refused with its problems, as at publication. */
export async function modelOf(ctx: Ctx, o: { key: string; version?: number | 'draft' | undefined; xml?: string | undefined }): Promise<Model> {
  const text = await textOf(ctx, o)
  try {
    // a published text is compiled once; one that is being drawn is not worth keeping
    const process = await (typeof text.version === 'number' ? compiledOf(createHash('sha256').update(text.xml).digest('hex'), text.xml) : compileProcess(text.xml))
    return { ...text, process }
  } catch (error) {
    if (error instanceof ProcessModelError) return fail('PROCESS_INVALID', { reason: error.problems.map(p => p.message).join('；'), problems: error.problems })
    throw error
  }
}

async function textOf(ctx: Ctx, { key, version, xml }: { key: string; version?: number | 'draft' | undefined; xml?: string | undefined }): Promise<Omit<Model, 'process'>> {
  if (xml !== undefined) return { version: 'text', name: key, xml }
  if (version !== 'draft') return xmlOf(ctx, key, version ?? null)
  const draft = await draftOf(ctx, key)
  return draft ? { version: 'draft', name: draft.name, xml: draft.xml } : fail('DRAFT_MISSING')
}

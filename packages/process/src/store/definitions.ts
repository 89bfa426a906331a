import { createHash } from 'node:crypto'
import { fail, known, newId, referenceChanged, type Ctx } from '@quancheng/kernel'
import { compileProcess, ProcessModelError, type CompiledProcess, type Problem } from '../model/index.ts'
import { bindingProblems, roleWarnings } from './check-model.ts'
import { deployStarts } from './starts.ts'
import './errors.ts'

export interface Definition { id: string; key: string; version: number; name: string; kind: 'bpmn' | 'log'; process: CompiledProcess | null }

// a definition never changes once it is deployed, so its compiled form is shared by all tenants that deployed the same text
const compiled = new Map<string, Promise<CompiledProcess>>()
const CACHED = 500

export function compiledOf(hash: string, xml: string): Promise<CompiledProcess> {
  const hit = compiled.get(hash)
  if (hit) return hit
  const made = compileProcess(xml)
  made.catch(() => compiled.delete(hash))
  compiled.set(hash, made)
  if (compiled.size > CACHED) compiled.delete(compiled.keys().next().value!)
  return made
}

interface DefinitionRow { id: string; key: string; version: number; name: string; kind: 'bpmn' | 'log'; xml: string | null; hash: string }
const COLUMNS = 'id, key, version, name, kind, xml, hash'

const toDefinition = async (r: DefinitionRow): Promise<Definition> => ({ id: r.id, key: r.key, version: r.version, name: r.name, kind: r.kind, process: r.xml ? await compiledOf(r.hash, r.xml) : null })

// rows are immutable: what was read once need not be read again
const byId = new Map<string, Definition>()

export async function definitionById(ctx: Ctx, id: string): Promise<Definition> {
  const known = byId.get(`${ctx.tenant.id}/${id}`)
  if (known) return known
  const [row] = await ctx.query<DefinitionRow>(`select ${COLUMNS} from process_definition where tenant_id = $1 and id = $2`, [ctx.tenant.id, id])
  if (!row) return fail('PROCESS_UNKNOWN', { key: id })
  const definition = await toDefinition(row)
  if (byId.size > 5000) byId.clear()
  byId.set(`${ctx.tenant.id}/${id}`, definition)
  return definition
}

/** The newest version of a process, or the one asked for. New cases start on it; running ones stay on theirs. */
export async function definitionByKey(ctx: Ctx, key: string, version?: number): Promise<Definition> {
  const row = await known(ctx, `process/${key}/${version ?? ''}`, async () =>
    (await ctx.query<{ id: string }>('select id from process_definition where tenant_id = $1 and key = $2 and ($3::int is null or version = $3) order by version desc limit 1', [ctx.tenant.id, key, version ?? null]))[0])
  return row ? definitionById(ctx, row.id) : fail('PROCESS_UNKNOWN', { key })
}

const refused = (problems: readonly Problem[]): never => fail('PROCESS_INVALID', { reason: problems.map(p => p.message).join('；'), problems })

export interface Deployed { id: string; version: number; changed: boolean; warnings: readonly Problem[] }

/**
 * Deploys a model as the next version of its key; the same text again changes nothing. What is wrong with it is told element by element.
 * What the program itself brings (no user) never overrules a version that a person has published.
 */
export async function deploy(ctx: Ctx, key: string, xml: string, o: { note?: string | null } = {}): Promise<Deployed> {
  const hash = createHash('sha256').update(xml).digest('hex')
  let process: CompiledProcess
  try { process = await compiledOf(hash, xml) } catch (error) {
    if (error instanceof ProcessModelError) return refused(error.problems)
    throw error
  }
  const problems = bindingProblems(ctx, process)
  if (problems.length) return refused(problems)
  const warnings = [...process.warnings, ...(await roleWarnings(ctx, process))]
  await ctx.query('select pg_advisory_xact_lock(hashtext($1))', [`${ctx.tenant.id}/${key}`])
  const [last] = await ctx.query<{ id: string; version: number; hash: string; kind: string; name: string; created_by: string | null }>('select id, version, hash, kind, name, created_by from process_definition where tenant_id = $1 and key = $2 order by version desc limit 1', [ctx.tenant.id, key])
  if (last?.kind === 'log') fail('LOG_EXISTS', { name: last.name })
  if (last && (last.hash === hash || (!ctx.user && last.created_by))) return { id: last.id, version: last.version, changed: false, warnings }
  const id = newId(), version = (last?.version ?? 0) + 1
  await ctx.query('insert into process_definition (tenant_id, id, key, version, name, kind, xml, hash, entity, created_at, created_by, note) values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12)',
    [ctx.tenant.id, id, key, version, process.name || key, 'bpmn', xml, hash, process.binding?.entity ?? null, ctx.now(), ctx.user?.id ?? null, o.note?.trim() || null])
  referenceChanged(ctx, 'meta')
  await deployStarts(ctx, key, id, process)
  return { id, version, changed: true, warnings }
}

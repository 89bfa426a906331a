import { fail, type Ctx } from '@quancheng/kernel'
import { MODEL_LIMITS, parseBpmn } from '../model/index.ts'
import { deploy, type Deployed } from './definitions.ts'
import { draftStore, type DraftOf } from './draft-store.ts'

/** A process that is being drawn and that nobody runs yet. */
export type Draft = Omit<DraftOf<string>, 'content'> & { xml: string }

const toDraft = ({ content, ...rest }: DraftOf<string>): Draft => ({ ...rest, xml: content })

/** A text that is no BPMN at all is not kept: nobody could open it again. Everything less is the check's business. */
async function nameOf(xml: string, otherwise: string): Promise<string> {
  const { definitions, findings } = await parseBpmn(xml)
  if (!definitions) return fail('PROCESS_INVALID', { reason: findings.problems.map(p => p.message).join('；') || `文件超过 ${MODEL_LIMITS.bytes} 字节`, problems: findings.problems })
  const processes = ((definitions.get?.('rootElements') ?? []) as Array<{ $type: string; name?: string; isExecutable?: boolean }>).filter(e => e.$type === 'bpmn:Process')
  return (processes.find(p => p.isExecutable) ?? processes[0])?.name?.trim() || otherwise
}

const store = draftStore<string, Deployed>({
  table: 'process_draft', column: 'xml', errors: { exists: 'DESIGN_EXISTS', unknown: 'PROCESS_UNKNOWN' },
  lock: (ctx, key) => ctx.query('select pg_advisory_xact_lock(hashtext($1))', [`${ctx.tenant.id}/${key}`]),
  async newest(ctx, key) {
    const [last] = await ctx.query<{ version: number; kind: string }>('select version, kind from process_definition where tenant_id = $1 and key = $2 order by version desc limit 1', [ctx.tenant.id, key])
    return last ? { version: last.version, foreign: last.kind === 'log' } : null
  },
  stored: async (key, xml) => ({ name: await nameOf(xml, key), value: xml }),
  publish: (ctx, key, xml, note) => deploy(ctx, key, xml, { note }),
})

export async function draftOf(ctx: Ctx, key: string): Promise<Draft | null> {
  const draft = await store.of(ctx, key)
  return draft && toDraft(draft)
}
export const createDraft = async (ctx: Ctx, key: string, xml: string): Promise<Draft> => toDraft(await store.create(ctx, key, xml))
export const saveDraft = async (ctx: Ctx, key: string, xml: string, seen: number, basedOn?: number): Promise<Draft> => toDraft(await store.save(ctx, key, xml, seen, basedOn))
export const dropDraft = store.drop
/** Cases that run stay on the version they began with. */
export const publishDraft = store.publish

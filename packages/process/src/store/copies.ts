import { defineEntity, elevated, f, fail, storeChange, storeNew, type Ctx } from '@quancheng/kernel'
import { tellPeople } from './open-votes.ts'
import { reachCase } from './reach.ts'

/** 抄送: somebody is to know of an approval. It opens this one case to them for reading. */
export const CaseCopy = defineEntity('caseCopy', {
  label: ['抄送', 'Copy'],
  icon: 'mail',
  fields: {
    userId: f.ref(['抄送给', 'To'], () => 'user', { required: true, immutable: true, index: false }),
    caseId: f.text(['流程', 'Case'], { required: true, max: 40, hidden: true, index: true }),
    title: f.text(['事项', 'Matter'], { required: true, max: 200 }),
    byId: f.ref(['抄送人', 'By'], () => 'user', { index: false }),
    note: f.text(['附言', 'Note'], { max: 400 }),
    sentAt: f.datetime(['时间', 'Sent'], { required: true }),
    readAt: f.datetime(['已读', 'Read']),
  },
  scope: { owner: 'userId' },
  // it opens a case to somebody: no other place may say so
  travels: 'never',
  display: ['title'],
  list: ['title', 'byId', 'sentAt', 'readAt'],
  sort: '-sentAt',
  everyone: ['read'],
  managed: true,
  noAudit: true,
  indexes: [{ on: ['userId', 'sentAt'], desc: true }, { on: ['caseId', 'userId'], unique: true }],
})

/** Whoever may see the case may show it to others; who has it already is not told twice. */
export async function sendCopies(ctx: Ctx, caseId: string, userIds: readonly string[], note: string | null): Promise<string[]> {
  const c = await reachCase(ctx, caseId)
  const people = await ctx.query<{ id: string; name: string; known: boolean }>(
    `select u.id, u.name, exists (select 1 from case_copy k where k.tenant_id = u.tenant_id and k.case_id = $3 and k.user_id = u.id) as known from "user" u where u.tenant_id = $1 and u.id = any($2) and not coalesce(u.off, false)`, [ctx.tenant.id, userIds, caseId])
  if (people.length !== new Set(userIds).size) return fail('NOT_FOUND', {})
  const fresh = people.filter(p => !p.known)
  for (const p of fresh) await storeNew(elevated(ctx, '抄送'), ctx.entities.get('caseCopy'), { userId: p.id, caseId, title: `${c.process} ${c.label}`, byId: ctx.user?.id ?? null, note, sentAt: ctx.now() })
  if (!fresh.length) return []
  tellPeople(ctx, caseId, fresh.map(p => p.id))
  await storeChange(elevated(ctx, '抄送'), c.entity, c.recordId, {}, { act: 'copy', note: { to: fresh.map(p => p.name), ...(note ? { comment: note } : {}) } })
  return fresh.map(p => p.name)
}

export async function markRead(ctx: Ctx, caseId: string): Promise<void> {
  await ctx.query('update case_copy set read_at = $4 where tenant_id = $1 and case_id = $2 and user_id = $3 and read_at is null', [ctx.tenant.id, caseId, ctx.user!.id, ctx.now()])
}

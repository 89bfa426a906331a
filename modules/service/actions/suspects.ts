import { defineAction, elevated, fail, storeChange, storeNew } from '@quancheng/kernel'
import { z } from 'zod'
import { patternsOf, provenShare, reasonOf, SUSPECT_KINDS } from '../store/suspects.ts'

const KEY = { kind: z.enum(SUSPECT_KINDS), key: z.string().min(1).max(60), day: z.iso.date() }

/** 疑似虚假: one row a pattern, with what speaks for it and what somebody made of it (SP-22). */
export const suspects = defineAction({
  name: 'suspects', label: ['疑似虚假', 'Suspicious data'], method: 'GET', path: '/api/service/suspects', permission: 'suspicion:read', readOnly: true,
  input: z.object({ days: z.coerce.number().int().min(1).max(92).default(30) }),
  async run(ctx, { days }) {
    const found = await patternsOf(ctx, { days })
    const judged = await ctx.query<{ kind: string; key: string; day: string; verdict: string; note: string; by: string | null; at: Date }>(
      `select s.kind, s.key, s.day::text as day, s.verdict, s.note, u.name as by, s.updated_at as at from suspicion s left join "user" u on u.tenant_id = s.tenant_id and u.id = s.updated_by where s.tenant_id = $1 and s.key = any($2)`, [ctx.tenant.id, found.map(r => r.key)])
    const verdicts = new Map(judged.map(j => [`${j.kind}/${j.key}/${j.day}`, { verdict: j.verdict, note: j.note, by: j.by, at: j.at }]))
    return { days, phones: await provenShare(ctx, days), items: found.map(r => ({ ...r, reason: reasonOf(r), verdict: verdicts.get(`${r.kind}/${r.key}/${r.day}`) ?? null })) }
  },
})

/** What somebody found out: false or not, and how they know. A later judgement replaces the former; both stand in the history. */
export const judgeSuspect = defineAction({
  name: 'judgeSuspect', label: ['判断疑似虚假', 'Judge'], method: 'POST', path: '/api/service/suspects/judge', permission: 'suspicion:judge',
  input: z.object({ ...KEY, verdict: z.enum(['confirmed', 'dismissed']), note: z.string().trim().min(1).max(300) }),
  async run(ctx, i) {
    const there = (await patternsOf(ctx, { day: i.day })).find(r => r.kind === i.kind && r.key === i.key)
    if (!there) return fail('NOT_FOUND', { key: i.key })
    const sys = elevated(ctx, '疑似虚假'), entity = ctx.entities.get('suspicion')
    const [was] = await ctx.query<{ id: string }>('select id from suspicion where tenant_id = $1 and kind = $2 and key = $3 and day = $4 for update', [ctx.tenant.id, i.kind, i.key, i.day])
    if (was) await storeChange(sys, entity, was.id, { verdict: i.verdict, note: i.note })
    else await storeNew(sys, entity, { ...i })
    return { verdict: i.verdict }
  },
})

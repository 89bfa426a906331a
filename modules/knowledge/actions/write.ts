import { defineAction, fail, visible } from '@quancheng/kernel'
import { linesOf } from '@quancheng/parts'
import { sql } from 'kysely'
import { z } from 'zod'
import { BODY_MAX, TITLE_MAX, VISIBILITY, type Content, type Visibility } from '../entities/content.ts'
import { articleFrom } from '../rules/from-request.ts'
import { begin, hold, openVersion, publish, refuseState, turn, withdraw, write } from '../store/versions.ts'

const IDS = z.array(z.uuid()).max(50).nullish()
const CONTENT = z.object({
  title: z.string().trim().min(1, '请写标题').max(TITLE_MAX, `标题最多 ${TITLE_MAX} 字`), body: z.string().trim().min(1, '请写正文').max(BODY_MAX, `正文最多 ${BODY_MAX} 字`),
  productLineIds: IDS, faultCodes: z.array(z.string().max(40)).max(20).nullish(), visibility: z.enum(Object.keys(VISIBILITY) as [Visibility, ...Visibility[]]).default('internal'),
  unitIds: IDS, roleIds: IDS, validUntil: z.iso.date('请写日期').nullish(),
})
const ID = z.object({ id: z.uuid() })
const REASON = ID.extend({ reason: z.string().trim().min(1, '请写原因').max(500) })
const content = (i: z.infer<typeof CONTENT>): Content => ({ title: i.title, body: i.body, productLineIds: i.productLineIds ?? [], faultCodes: i.faultCodes ?? [], visibility: i.visibility, unitIds: i.unitIds ?? [], roleIds: i.roleIds ?? [], validUntil: i.validUntil ?? null })

const newArticle = defineAction({
  name: 'newArticle', label: ['写知识', 'Write an article'], method: 'POST', path: '/api/knowledge/articles', permission: 'article:create', status: 201, input: CONTENT,
  run: (ctx, i) => begin(ctx, content(i)),
})

const writeArticle = defineAction({
  name: 'writeArticle', label: ['改知识', 'Change an article'], method: 'PATCH', path: '/api/knowledge/articles/:id', permission: 'article:update', input: CONTENT.extend({ id: z.uuid(), note: z.string().trim().max(200).nullish(), seen: z.number().int().optional() }),
  async run(ctx, i) {
    const a = await hold(ctx, i.id, 'update')
    if (a.state === 'review') refuseState(ctx, a)
    return { id: a.id, version: await write(ctx, a, content(i), { note: i.note ?? null, ...(i.seen === undefined ? {} : { seen: i.seen }) }) }
  },
})

const submit = defineAction({
  name: 'submitArticle', label: ['提交审核', 'Submit'], method: 'POST', path: '/api/knowledge/articles/:id/submit', permission: 'article:update', status: 200, input: ID,
  async run(ctx, { id }) { await turn(ctx, await hold(ctx, id, 'update'), 'review'); return { id } },
})
const recall = defineAction({
  name: 'recallArticle', label: ['收回', 'Take back'], method: 'POST', path: '/api/knowledge/articles/:id/recall', permission: 'article:update', status: 200, input: ID,
  async run(ctx, { id }) { await turn(ctx, await hold(ctx, id, 'update'), 'draft'); return { id } },
})
const publishArticle = defineAction({
  name: 'publishArticle', label: ['发布', 'Publish'], method: 'POST', path: '/api/knowledge/articles/:id/publish', permission: 'article:publish', status: 200, input: ID,
  async run(ctx, { id }) { return { id, edition: await publish(ctx, await hold(ctx, id, 'publish')) } },
})
const sendBack = defineAction({
  name: 'sendBackArticle', label: ['退回', 'Send back'], method: 'POST', path: '/api/knowledge/articles/:id/send-back', permission: 'article:publish', status: 200, input: REASON,
  async run(ctx, { id, reason }) { await turn(ctx, await hold(ctx, id, 'publish'), 'draft', { reason }); return { id } },
})
const withdrawArticle = defineAction({
  name: 'withdrawArticle', label: ['撤下', 'Withdraw'], method: 'POST', path: '/api/knowledge/articles/:id/withdraw', permission: 'article:publish', status: 200, input: REASON,
  async run(ctx, { id, reason }) { await withdraw(ctx, await hold(ctx, id, 'publish'), reason); return { id } },
})

interface Worked { model: string | null; line_id: string; line: string; fault: string | null; fault_code: string | null; found: string | null; done: string | null }

/** A request that was worked on becomes the draft of an article, once; asked again, the draft that is there (KB-09). */
const fromRequest = defineAction({
  name: 'articleFromRequest', label: ['写成知识', 'Make an article of it'], method: 'POST', path: '/api/knowledge/from-request/:requestId', permission: 'article:create', status: 200, input: z.object({ requestId: z.uuid() }),
  async run(ctx, { requestId }) {
    const request = ctx.entities.get('serviceRequest'), scope = visible(ctx, request, 't')
    const { rows: [r] } = scope ? await sql<Worked>`select t.model, t.product_line_id as line_id, l.name as line, t.fault_description as fault, t.fault_code, t.inspection_result as found, t.repair_action as done
      from service_request t join product_line l on l.tenant_id = t.tenant_id and l.id = t.product_line_id where ${scope} and t.id = ${requestId}`.execute(ctx.db) : { rows: [] }
    if (!r) return fail('NOT_FOUND', { id: requestId })
    // two at once: the second finds the first one's
    await ctx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`article/${ctx.tenant.id}/${requestId}`])
    const [known] = await ctx.query<{ id: string; number: string }>('select id, number from article where tenant_id = $1 and request_id = $2 order by id limit 1', [ctx.tenant.id, requestId])
    if (known) return { ...known, created: false }
    if (!r.found?.trim() && !r.done?.trim()) fail('ARTICLE_NOTHING_DONE')
    const faultLabel = request.fields.get('faultCode')!.options!.find(o => o.value === r.fault_code)?.label[0] ?? null
    const parts = (await linesOf(ctx, requestId)).lines.filter(l => l.kind === 'part' && l.state === 'used')
    const made = await begin(ctx, { ...articleFrom({ model: r.model, line: r.line, fault: r.fault, faultLabel, found: r.found, done: r.done, parts }), productLineIds: [r.line_id], faultCodes: r.fault_code ? [r.fault_code] : [], visibility: 'internal', unitIds: [], roleIds: [], validUntil: null }, { requestId })
    return { ...made, created: true }
  },
})

/** What its writer goes on with: the open draft, or the published text to begin one from. */
const draft = defineAction({
  name: 'articleDraft', label: ['改知识', 'Change an article'], method: 'GET', path: '/api/knowledge/articles/:id/draft', permission: 'article:update', input: ID,
  async run(ctx, { id }) {
    const a = await hold(ctx, id, 'update'), open = await openVersion(ctx, id), from = open ?? a
    return { id, number: a.number, state: a.state, working: open?.state ?? null, seen: open?.version ?? null, note: open?.note ?? null, reason: open?.reason ?? null, title: from.title, body: from.body, productLineIds: from.productLineIds ?? [], faultCodes: from.faultCodes ?? [], visibility: from.visibility, unitIds: from.unitIds ?? [], roleIds: from.roleIds ?? [], validUntil: from.validUntil }
  },
})

export const writeActions = [newArticle, writeArticle, submit, recall, publishArticle, sendBack, withdrawArticle, fromRequest, draft]

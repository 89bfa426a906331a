import { create, storeChange, storeNew, type Ctx } from '@quancheng/kernel'
import { begin, publish, turn, useArticle, withdraw } from '@quancheng/knowledge'
import { ARTICLES, MISSES, SYNONYMS } from './knowledge-texts.ts'
import { actingAs, DAY_MS, dayText, type DemoPerson, type DemoWorld } from './world.ts'

type Row = Parameters<typeof publish>[1]

/** The library of the company: written by its engineers, approved by others, used in requests that were solved. */
export async function storeKnowledge(ctx: Ctx, w: DemoWorld): Promise<void> {
  const r = w.random('knowledge')
  const writers = w.people.filter(p => p.post === 'engineer' || p.post === 'inspector'), approvers = w.people.filter(p => p.post === 'stationManager' || p.post === 'qc')
  if (!writers.length || !approvers.length) return
  const hq = w.people.find(p => p.post === 'hq') ?? null
  for (const words of SYNONYMS) await create(actingAs(ctx, hq, new Date(w.today.getTime() - 90 * DAY_MS)), ctx.entities.get('synonym'), { words })
  const roles = new Map((await ctx.query<{ id: string; code: string }>('select id, code from role where tenant_id = $1', [ctx.tenant.id])).map(x => [x.code, x.id]))
  const published: Array<{ id: string; lines: readonly string[]; faults: readonly string[] }> = []
  for (const [i, a] of ARTICLES.entries()) {
    const began = new Date(w.today.getTime() - (80 - i * 2) * DAY_MS + r.int(540, 1020) * 60_000)
    const writer: DemoPerson = r.pick(writers), approver: DemoPerson = approvers.find(p => p.unitCode === writer.unitCode && p.userId !== writer.userId) ?? r.pick(approvers)
    const by = (person: DemoPerson, minutes: number): Ctx => actingAs(ctx, person, new Date(began.getTime() + minutes * 60_000))
    const { id } = await begin(by(writer, 0), {
      title: a.title, body: a.body, visibility: a.visibility, productLineIds: a.lines.flatMap(l => w.lines[l]?.id ?? []), faultCodes: [...a.faults], unitIds: [], roleIds: (a.roles ?? []).flatMap(code => roles.get(code) ?? []), validUntil: dayText(new Date(w.today.getTime() + r.int(20, 300) * DAY_MS)),
    })
    const row = async (): Promise<Row> => ({ ...((await ctx.query('select id, number, state, edition from article where tenant_id = $1 and id = $2', [ctx.tenant.id, id]))[0] as object), revision: null } as Row)
    if (a.state === 'draft') continue
    await turn(by(writer, 40), await row(), 'review')
    if (a.state === 'review') continue
    await publish(by(approver, 200), await row())
    if (a.state === 'withdrawn') { await withdraw(by(approver, 20_000), await row(), '机型已停产，做法不再适用'); continue }
    published.push({ id, lines: a.lines, faults: a.faults })
  }
  await uses(ctx, w, published)
  for (const [words, times, byCustomers] of MISSES) await storeNew(ctx, ctx.entities.get('articleMiss'), { words, times, byCustomers, lastAt: new Date(w.now.getTime() - r.int(60, 4000) * 60_000) })
}

/** Requests that ended lately and were solved with an article for their line and fault. */
async function uses(ctx: Ctx, w: DemoWorld, articles: ReadonlyArray<{ id: string; lines: readonly string[]; faults: readonly string[] }>): Promise<void> {
  const r = w.random('knowledge/uses')
  const done = await ctx.query<{ id: string; line: string; fault: string; ended_at: Date; unit_id: string }>("select s.id, l.code as line, s.fault_code as fault, s.ended_at, s.unit_id from service_request s join product_line l on l.tenant_id = s.tenant_id and l.id = s.product_line_id where s.tenant_id = $1 and s.stage = 'collected' and s.fault_code is not null order by s.ended_at desc limit 300", [ctx.tenant.id])
  let left = 60
  for (const request of done) {
    const fitting = articles.filter(a => a.faults.includes(request.fault) && a.lines.includes(request.line))
    if (!fitting.length || !r.chance(0.4) || left-- <= 0) continue
    const solver = w.people.find(p => p.unitId === request.unit_id && p.post === 'engineer') ?? null
    await useArticle.run(actingAs(ctx, solver, request.ended_at), { id: r.pick(fitting).id, requestId: request.id })
  }
  for (const a of articles.slice(0, 16)) {
    const raters = w.people.slice(0, r.int(1, 6))
    for (const p of raters) await storeNew(ctx, ctx.entities.get('articleRating'), { articleId: a.id, userId: p.userId, useful: true })
    await storeChange(ctx, ctx.entities.get('article'), a.id, { useful: raters.length })
  }
}

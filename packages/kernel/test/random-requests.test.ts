import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { create } from '../src/operations/write.ts'
import { testApp, type Caller, type TestApp } from '../src/testing/index.ts'
import { crm, grants, makeTree, seeded, VERBS, type Tree } from './fixture.ts'

/**
 * Several people of two tenants ask at random; whatever comes back is compared with what the raw rows, read as the database's
 * superuser, and a second, naive reading of the rules would allow.
 */
interface Person { who: Caller; tenantId: string; unitId: string; tree: Tree; scopes: Record<string, string[]>; field: string }
interface Raw { id: string; tenant_id: string; unit_id: string | null; owner_id: string | null; entity: string; name: string; phone: string | null }

let app: TestApp
const people: Person[] = []
let rows = new Map<string, Raw>()
const PLURAL: Record<string, string> = { account: 'accounts', deal: 'deals', dealLine: 'deal-lines', savedView: 'saved-views' }
const PARENTS: Record<keyof Tree, keyof Tree | null> = { group: null, north: 'group', south: 'group', n1: 'north', n2: 'north', s1: 'south', n1desk: 'n1' }
const r = seeded(7)

before(async () => {
  app = await testApp({ modules: [crm], tenants: 2, clock: '2026-11-22T01:00:00Z' })
  for (const [t, tenantId] of app.tenantIds.entries()) {
    const tree = await makeTree(app, tenantId)
    const units = Object.values(tree)
    const PEOPLE: Array<[string[], keyof Tree, string]> = [[['all'], 'group', 'edit'], [['region'], 'n1', 'mask'], [['unitBelow'], 'n1', 'none'], [['unit'], 'n2', 'edit'], [['self'], 's1', 'mask'], [['self', 'unit'], 'n1desk', 'none']]
    for (const [i, [scopes, at, field]] of PEOPLE.entries()) {
      const g = Object.fromEntries(['account', 'deal', 'dealLine'].flatMap(e => VERBS.map(v => [`${e}:${v}`, scopes])))
      const who = await app.person({ username: `u${i}`, unitId: tree[at], roles: [{ code: `r${i}`, grants: { ...g, ...grants(['user'], 'self', ['read']) }, fields: field === 'edit' ? {} : { 'account.phone': field } }] }, tenantId)
      people.push({ who, tenantId, unitId: tree[at], tree, scopes: { '*': scopes }, field })
    }
    const mine = people.filter(p => p.tenantId === tenantId)
    await app.system(async ctx => {
      for (let i = 0; i < 60; i++) {
        const a = await create(ctx, ctx.entities.get('account'), { name: `客户${t}x${i}`, phone: `138${String(t)}000${String(1000 + i)}`, score: r.below(5), tier: r.pick(['gold', 'silver']), credit: String(r.below(1000)), unitId: r.pick(units), ownerId: r.pick([...mine.map(p => p.who.userId), null]) })
        if (r.next() < 0.6) {
          const d = await create(ctx, ctx.entities.get('deal'), { title: `商机${t}x${i}`, amount: '1', accountId: a.id })
          await create(ctx, ctx.entities.get('dealLine'), { what: `明细${t}x${i}`, dealId: d.id })
        }
      }
    }, tenantId)
  }
  const raw = async (entity: string, sql: string): Promise<Raw[]> => (await app.owner.query(sql)).rows.map(x => ({ ...(x as Raw), entity }))
  const all = [
    ...await raw('account', 'select id, tenant_id, unit_id, owner_id, name, phone from account'),
    ...await raw('deal', 'select d.id, d.tenant_id, a.unit_id, a.owner_id, d.title as name, null as phone from deal d join account a on a.id = d.account_id'),
    ...await raw('dealLine', 'select l.id, l.tenant_id, a.unit_id, a.owner_id, l.what as name, null as phone from deal_line l join deal d on d.id = l.deal_id join account a on a.id = d.account_id'),
  ]
  rows = new Map(all.map(x => [x.id, x]))
})

const isBelow = (tree: Tree, unit: string, ancestor: string): boolean => {
  const name = (id: string) => (Object.keys(tree) as Array<keyof Tree>).find(k => tree[k] === id)!
  for (let k: keyof Tree | null = name(unit); k; k = PARENTS[k]) if (tree[k] === ancestor) return true
  return false
}
function allowed(p: Person, row: Raw): boolean {
  if (row.tenant_id !== p.tenantId) return false
  const region = [p.tree.north, p.tree.south].find(x => isBelow(p.tree, p.unitId, x)) ?? p.unitId
  return p.scopes['*']!.some(s => s === 'all' || (s === 'self' ? row.owner_id === p.who.userId : row.unit_id !== null && (s === 'unit' ? row.unit_id === p.unitId : isBelow(p.tree, row.unit_id, s === 'unitBelow' ? p.unitId : region))))
}

const FILTERS: object[] = [{}, { score: 1 }, { score: { gt: 2 } }, { or: [{ score: 1 }, { tier: 'gold' }] }, { not: { tier: 'gold' } }, { ownerId: '$me' }, { unitId: '$myUnit' }, { not: { or: [] } }, { or: [{ not: { or: [] } }, { score: 1 }] }, { name: { contains: 'x' } }]
const DEAL_FILTERS: object[] = [{}, { 'accountId.score': 1 }, { not: { 'accountId.tier': 'gold' } }, { or: [{ 'accountId.score': { gte: 0 } }, { amount: '1' }] }]

/** Anything in an answer that is the name, id or phone of a row out of reach. A label of a ref may name what it points to. */
function leaks(p: Person, text: string, asked: string): string[] {
  const found: string[] = []
  for (const row of rows.values()) {
    if (allowed(p, row)) {
      if (row.phone && p.field !== 'edit' && text.includes(row.phone)) found.push(`phone of ${row.name}`)
      continue
    }
    if (row.id !== asked && text.includes(row.id)) found.push(`${row.entity} ${row.id}`)
    if (text.includes(`"${row.name}"`) || (row.phone && text.includes(row.phone))) found.push(row.name)
  }
  return found
}

test('no answer to any of 700 random questions holds a row of another tenant or out of scope, and every list is complete', async () => {
  const counts: Record<string, number> = {}
  const everything = [...rows.values()]
  for (let i = 0; i < 700; i++) {
    const p = r.pick(people), entity = r.pick(['account', 'account', 'deal', 'dealLine']), target = r.pick(everything)
    const filter = r.pick(entity === 'account' ? FILTERS : entity === 'deal' ? DEAL_FILTERS : [{}])
    const f = encodeURIComponent(JSON.stringify(filter))
    const at = `/api/${PLURAL[entity]!}`, one = `/api/${PLURAL[target.entity]!}/${target.id}`
    const [kind, url] = r.pick<[string, string]>([
      ['list', `${at}?limit=200&filter=${f}`], ['read', one], ['aggregate', `${at}/aggregate?measure=count${entity === 'account' ? '&group=unitId' : ''}&filter=${f}`], ['export', `${at}/export?format=csv&filter=${f}`],
      ['search', `/api/search?limit=50&q=${encodeURIComponent(r.pick([target.name, target.name.slice(0, 4), target.phone?.slice(2, 9) ?? 'x', '客户']))}`], ['related', `${one}/related`], ['history', `${one}/history`], ['q', `/api/accounts?limit=200&q=${encodeURIComponent(r.pick(['客户', target.phone?.slice(4) ?? 'x', target.name]))}`],
      ['patch', one], ['comments', `${one}/comments`],
    ])
    counts[kind] = (counts[kind] ?? 0) + 1
    const answer = kind === 'patch' ? await p.who.patch(url, {}) : await p.who.get(url)
    const text = answer.raw.toString()
    assert.deepEqual(leaks(p, text, target.id), [], `${JSON.stringify(p.scopes)} ${kind} ${decodeURIComponent(url)}\n${text.slice(0, 2000)}`)
    assert.ok(answer.status < 500, `${answer.status} ${url} ${text.slice(0, 300)}`)
    const reach = everything.filter(x => x.entity === entity && allowed(p, x))
    if (['read', 'related', 'history', 'patch', 'comments'].includes(kind)) assert.equal(answer.status, allowed(p, target) ? 200 : 404, `${kind} ${url}`)
    if (kind === 'list' && Object.keys(filter).length === 0) assert.deepEqual(answer.body.items.map((x: { id: string }) => x.id).toSorted(), reach.map(x => x.id).toSorted())
    if (kind === 'aggregate' && Object.keys(filter).length === 0) assert.equal(answer.body.rows.reduce((n: number, x: { count: number }) => n + x.count, 0), reach.length)
    if (kind === 'export' && Object.keys(filter).length === 0) assert.equal(text.trim().split('\r\n').length - 1, reach.length)
  }
  assert.ok(Object.values(counts).every(n => n > 30), JSON.stringify(counts))
})

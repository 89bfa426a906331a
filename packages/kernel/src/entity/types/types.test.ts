import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { defineEntity } from '../define.ts'
import { f, type FieldSpec, type FieldTypeName } from '../field.ts'
import { defineModule } from '../../module.ts'
import { testApp, type Caller, type TestApp } from '../../testing/index.ts'
import { compileEntity, type CompiledField } from '../compile.ts'
import { exportRows } from '../../operations/export.ts'
import { importRows } from '../../operations/import.ts'
import { list } from '../../operations/list.ts'
import { create, update } from '../../operations/write.ts'
import { fieldTypes, ValueProblem } from './index.ts'

const OPTIONS = { a: ['甲', 'A'], b: ['乙', 'B'], c: ['丙', ''] } as const
const Thing = defineEntity('thing', {
  label: ['样本', 'Thing'],
  fields: {
    name: f.text(['名称', 'Name'], { required: true, unique: true }),
    text: f.text(['文本', 'Text'], { max: 10 }), phone: f.phone(['电话', 'Phone']), mail: f.mail(['邮箱', 'Mail']), code: f.code(['编码', 'Code']),
    serial: f.serial(['流水', 'Serial'], 'T{0000}'), integer: f.integer(['整数', 'Integer']), decimal: f.decimal(['小数', 'Decimal']), money: f.money(['金额', 'Money']),
    boolean: f.boolean(['是否', 'Boolean']), date: f.date(['日期', 'Date']), datetime: f.datetime(['时间', 'Datetime']), choice: f.choice(['单选', 'Choice'], OPTIONS),
    choices: f.choices(['多选', 'Choices'], OPTIONS), ref: f.ref(['指向', 'Ref'], () => 'unit'), refs: f.refs(['指向多个', 'Refs'], () => 'unit'), json: f.json(['结构', 'Json']),
  },
  display: ['name'], list: ['name'], tenantFields: true,
})
const options = Object.entries(OPTIONS).map(([value, label]) => ({ value, label }))

/** For each type: what is taken and what it becomes; what is refused and with which code; values in rising order. */
interface Case { ok: Array<[input: unknown, stored: unknown]>; bad: Array<[input: unknown, code: string]>; rising?: unknown[] }
const LONE = '\ud800'
const CASES: Record<FieldTypeName, Case> = {
  text: { ok: [[' 西湖 ', '西湖'], ['a\r\nb', 'a b'], [12, '12'], ['𠮷'.repeat(10), '𠮷'.repeat(10)], [`x${LONE}`, 'x\ufffd']], bad: [['一二三四五六七八九十1', 'TOO_LONG'], ['a\0b', 'TYPE'], [{}, 'TYPE'], [true, 'TYPE'], [['a'], 'TYPE']] },
  phone: { ok: [['138 0000 0001', '13800000001'], ['+86-13800000001', '13800000001'], ['１３８００００００１２', '13800000012'], ['0571-88888888', '0571-88888888'], ['400-123-4567', '400-123-4567']], bad: [['123', 'PHONE'], ['abc', 'PHONE'], ['1380000000', 'PHONE'], [{}, 'TYPE'], ['1\0', 'TYPE'], ['1'.repeat(41), 'TOO_LONG']] },
  mail: { ok: [[' Li@X.CN ', 'li@x.cn']], bad: [['li', 'MAIL'], ['a@b', 'MAIL'], ['a b@c.cn', 'MAIL'], [1n, 'TYPE'], [`${'a'.repeat(255)}@x.cn`, 'TOO_LONG']] },
  code: { ok: [[' hz 01 ', 'HZ01'], ['ＡＢ１', 'AB1'], ['a-b/c#1', 'A-B/C#1']], bad: [['-a', 'CODE'], ['a,b', 'CODE'], ['', 'CODE'], [{}, 'TYPE'], ['A'.repeat(61), 'TOO_LONG'], [LONE, 'CODE']] },
  serial: { ok: [['T0001', 'T0001']], bad: [['T'.repeat(61), 'TOO_LONG'], [null, 'TYPE']] },
  integer: { ok: [[5, 5], [' -7 ', -7], ['0', 0], [2147483647, 2147483647]], bad: [[1.5, 'TYPE'], ['1e3', 'TYPE'], [2147483648, 'RANGE'], ['x', 'TYPE'], [true, 'TYPE'], [Number.NaN, 'TYPE'], [[], 'TYPE']], rising: [-7, 0, 5, 10] },
  decimal: { ok: [['1.5', '1.5000'], [0.1, '0.1000'], ['-0', '0.0000'], ['1,234.5', '1234.5000'], ['00012', '12.0000'], ['99999999999999', '99999999999999.0000']], bad: [['1.23456', 'SCALE'], ['abc', 'TYPE'], ['999999999999999', 'RANGE'], [Number.POSITIVE_INFINITY, 'TYPE'], ['1e5', 'TYPE'], [{}, 'TYPE']], rising: ['-2.5', '0', '1.5', '10'] },
  money: { ok: [['¥1,200.5', '1200.50'], ['１２', '12.00'], [3, '3.00'], ['-0.00', '0.00'], ['99999999999999.99', '99999999999999.99']], bad: [['1.005', 'SCALE'], ['x', 'TYPE'], ['100000000000000', 'RANGE'], [true, 'TYPE']], rising: ['-1', '0', '9.5', '10'] },
  boolean: { ok: [[true, true], ['是', true], ['NO', false], [0, false], ['1', true]], bad: [['maybe', 'TYPE'], [2, 'TYPE'], [{}, 'TYPE']] },
  date: { ok: [['2026-1-2', '2026-01-02'], ['2026年11月22日', '2026-11-22'], [new Date('2026-11-22T00:00:00Z'), '2026-11-22']], bad: [['2026-02-30', 'DATE'], ['x', 'DATE'], ['1899-01-01', 'DATE'], [20261122, 'DATE'], [new Date(Number.NaN), 'DATE'], [new Date('0001-01-01T00:00:00Z'), 'DATE']], rising: ['2026-01-01', '2026-01-02', '2026-11-22', '2027-01-01'] },
  datetime: { ok: [['2026-11-22 09:30', new Date('2026-11-22T01:30:00Z')], ['2026-11-22T09:30:00.123Z', new Date('2026-11-22T09:30:00.123Z')], ['2026-11-22T09:30:00+01:00', new Date('2026-11-22T08:30:00Z')]], bad: [['2026-13-01', 'DATETIME'], ['2026-02-30 10:00', 'DATETIME'], ['2026-11-22 25:00', 'DATETIME'], ['0000-01-01', 'DATETIME'], ['x', 'DATETIME'], [5, 'DATETIME'], [new Date(Number.NaN), 'DATETIME'], [new Date(8e15), 'DATETIME']], rising: ['2026-11-21T16:00:00Z', '2026-11-22T00:00:00Z', '2026-11-22T16:00:00Z', '2027-01-01T00:00:00Z'] },
  choice: { ok: [['a', 'a'], ['乙', 'b'], ['A', 'a']], bad: [['z', 'CHOICE'], ['', 'CHOICE'], [{}, 'CHOICE'], [true, 'CHOICE']] },
  choices: { ok: [[['a', 'b', 'a'], ['a', 'b']], ['甲、乙', ['a', 'b']]], bad: [[['z'], 'CHOICE'], [5, 'TYPE'], [Array.from({ length: 101 }, () => 'a'), 'TOO_LONG']] },
  ref: { ok: [], bad: [['x', 'REF'], [5, 'REF'], [{}, 'REF']] },
  refs: { ok: [], bad: [['x', 'TYPE'], [['x'], 'REF'], [Array.from({ length: 201 }, () => 'x'), 'TOO_LONG']] },
  json: { ok: [[{ b: 1, a: [1, 2] }, { b: 1, a: [1, 2] }], [[1], [1]], [{ s: '\\u0000' }, { s: '\\u0000' }]], bad: [['x', 'TYPE'], [5, 'TYPE'], [{ a: 'x\0' }, 'TYPE'], [{ a: LONE }, 'TYPE'], [{ a: 'x'.repeat(70_000) }, 'TOO_LONG']] },
}

const TYPES = Object.keys(CASES) as FieldTypeName[]
const declared = compileEntity(Thing)
const tenantTypes = TYPES.filter(t => !['serial', 'refs', 'json'].includes(t))

for (const type of TYPES) {
  const spec = declared.fields.get(type) as unknown as FieldSpec
  test(`${type}: takes what people write, stores one form of it, refuses the rest with a code`, () => {
    const kind = fieldTypes[type]
    assert.equal(kind.name, type)
    for (const [input, stored] of CASES[type].ok) {
      const value = kind.parse(input, spec)
      assert.deepEqual(value, stored, JSON.stringify(input))
      assert.deepEqual(kind.parse(kind.toJson(value), spec), stored, 'what was stored is taken again')
    }
    for (const [input, code] of CASES[type].bad) {
      assert.throws(() => kind.parse(input, spec), (e: unknown) => e instanceof ValueProblem && e.code === code && /[\u4e00-\u9fff]/.test(e.message), `${type} ${String(input)} → ${code}`)
    }
  })
}

test('a masked value never shows the whole of a short one', () => {
  assert.equal(fieldTypes.phone.mask!('13800000001'), '138****0001')
  for (const short of ['A1', 'AB', 'ABCD', 'HZ01']) assert.ok(!fieldTypes.code.mask!(short).includes(short))
  assert.equal(fieldTypes.text.mask!('李'), '*')
  assert.equal(fieldTypes.text.mask!('李杰'), '李*')
  assert.equal(fieldTypes.mail.mask!('li@x.cn'), 'l***@x.cn')
})

let app: TestApp, boss: Caller
let units: string[] = []
const plus = new Map<FieldTypeName, string>() // type → API name of the tenant's field
const values = (type: FieldTypeName): unknown[] => type === 'ref' ? units : type === 'refs' ? units.map(u => [u]) : (CASES[type].rising ?? CASES[type].ok.map(c => c[0]).filter(x => !String(x).includes(LONE)))

before(async () => {
  app = await testApp({ modules: [defineModule({ name: 'things', label: ['样本', 'Things'], entities: [Thing] })], clock: '2026-11-22T01:00:00Z' })
  boss = await app.person({ username: 'boss', roles: [{ code: 'boss', grants: Object.fromEntries(['thing:read', 'thing:create', 'thing:update', 'thing:export', 'thing:import'].map(p => [p, ['all']])) }] })
  await app.system(async ctx => {
    for (const code of ['U1', 'U2', 'U3']) units.push((await create(ctx, ctx.entities.get('unit'), { code, name: `单位${code}`, kind: 'station' })).id)
    units = units.toSorted()
    for (const type of tenantTypes) {
      const spec = { type, label: [`自${type}`, `own ${type}`], ...(type.startsWith('choice') ? { options } : {}), ...(type === 'ref' ? { to: 'unit' } : {}) }
      plus.set(type, (await create(ctx, ctx.entities.get('tenantField'), { entity: 'thing', spec })).key as string)
    }
  })
})

for (const type of tenantTypes) {
  test(`${type}: a column and a tenant's own field hold the same, and every operator finds the same rows in both`, async () => {
    const own = plus.get(type)!
    const rows = values(type).map((value, i) => ({ name: `${type}${i}`, [type]: value, [own]: value }))
    for (const row of [...rows, { name: `${type}-leer` }]) {
      const made = await boss.post('/api/things', row)
      assert.equal(made.status, 201, JSON.stringify(made.body))
      const read = (await boss.get(`/api/things/${made.body.id}`)).body
      assert.deepEqual(read[own], read[type])
      assert.deepEqual(made.body[own], made.body[type])
      assert.equal(read.$labels[own], read.$labels[type])
    }
    const base = { name: { startsWith: type } }
    const found = async (filter: object): Promise<string[]> => {
      const r = await boss.get(`/api/things?limit=200&sort=name&filter=${encodeURIComponent(JSON.stringify({ and: [base, filter] }))}`)
      assert.equal(r.status, 200, JSON.stringify([filter, r.body]))
      return r.body.items.map((x: { name: string }) => x.name)
    }
    const all = await found({})
    const v = values(type)
    const operands: Record<string, unknown[]> = {
      eq: [v[0], null], ne: [v[0], null], gt: [v[0]], gte: [v[1] ?? v[0]], lt: [v.at(-1)], lte: [v[0]], in: [[v[0]], [v[0], v.at(-1)], [v[0], null], []], nin: [[v[0]], [v[0], null], []],
      contains: [String(v[0]).slice(0, 2)], startsWith: [String(v[0]).trim().slice(0, 2)], isNull: [true, false], between: [[v[0], v[1] ?? v[0]]], within: ['today', 'thisMonth'], has: ['a'], below: [v[0]],
    }
    for (const op of fieldTypes[type].operators) for (const operand of operands[op]!) {
      const a = await found({ [type]: { [op]: operand } }), b = await found({ [own]: { [op]: operand } })
      assert.deepEqual(a, b, `${op} ${JSON.stringify(operand)}`)
      if (op === 'eq' && operand === null) assert.deepEqual(a, [`${type}-leer`])
      if (op === 'nin' && Array.isArray(operand) && operand.length === 2) assert.ok(!a.includes(`${type}-leer`))
      if (op === 'isNull') assert.deepEqual(a, operand ? [`${type}-leer`] : all.filter(n => n !== `${type}-leer`))
      if (op === 'eq' && operand !== null) assert.ok(a.includes(`${type}0`))
      if (op === 'ne' && operand !== null) assert.ok(!a.includes(`${type}0`) && a.includes(`${type}-leer`))
    }
    if (CASES[type].rising) {
      assert.deepEqual(await found({ [own]: { gt: v[1] } }), [`${type}2`, `${type}3`])
      assert.deepEqual(await found({ [type]: { between: [v[1], v[2]] } }), [`${type}1`, `${type}2`])
    }
    const wrong = await boss.get(`/api/things?filter=${encodeURIComponent(JSON.stringify({ [own]: { eq: {} } }))}`)
    assert.equal(wrong.body.code, 'BAD_FILTER')
    const bad = CASES[type].bad.find(([input]) => input !== '' && typeof input !== 'bigint' && !(input instanceof Date) && !(Array.isArray(input) && !input.length) && !Number.isNaN(input) && input !== Number.POSITIVE_INFINITY)!
    const refused = await boss.post('/api/things', { name: `${type}-bad`, [own]: type === 'text' ? 'x'.repeat(300) : bad[0], [type]: bad[0] })
    assert.deepEqual(refused.body.details.fields.map((p: { field: string }) => p.field).toSorted(), [own, type].toSorted(), JSON.stringify(refused.body))
  })
}

test('a row goes out as a file and comes back as it was, in CSV and in Excel', async () => {
  await app.system(async ctx => {
    const entity = ctx.entities.get('thing')
    const fields = [...entity.fields.values()].filter((x: CompiledField) => !x.system && x.type !== 'serial' && x.type !== 'json').map(x => x.name)
    const before = (await list(ctx, entity, { limit: 200, sort: 'name', fields })).items
    for (const format of ['csv', 'xlsx'] as const) {
      const file = await exportRows(ctx, entity, { fields, sort: 'name' }, format)
      for (const row of before) await update(ctx, entity, row.id, Object.fromEntries(fields.filter(n => n !== 'name').map(n => [n, null])))
      const report = await importRows(ctx, entity, { name: file.name, content: file.content }, { commit: true, partial: false })
      assert.deepEqual([report.failed, report.updated + report.unchanged, report.errors], [0, before.length, []])
      const after = (await list(ctx, entity, { limit: 200, sort: 'name', fields })).items
      before.forEach((row, i) => { for (const n of fields) assert.deepEqual(JSON.stringify(after[i]![n]), JSON.stringify(row[n]), `${format} ${String(row.name)} ${n}`) })
    }
  })
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DecodeError, decoder, lsnNumber, lsnText, transactionsOf } from './pgoutput.ts'

// messages as PostgreSQL 18 writes them, put together by hand from its manual
const u8 = (n: number) => Buffer.from([n])
const i16 = (n: number) => { const b = Buffer.alloc(2); b.writeInt16BE(n); return b }
const i32 = (n: number) => { const b = Buffer.alloc(4); b.writeInt32BE(n); return b }
const u64 = (n: bigint) => { const b = Buffer.alloc(8); b.writeBigUInt64BE(n); return b }
const word = (t: string) => Buffer.concat([Buffer.from(t), u8(0)])
const char = (t: string) => Buffer.from(t)
const value = (v: string | null | undefined) => (v === undefined ? char('u') : v === null ? char('n') : Buffer.concat([char('t'), i32(Buffer.byteLength(v)), Buffer.from(v)]))
const tuple = (...values: Array<string | null | undefined>) => Buffer.concat([i16(values.length), ...values.map(value)])

const MICROS_2026 = BigInt(Date.UTC(2026, 10, 23, 1, 2, 10) - Date.UTC(2000, 0, 1)) * 1000n
const begin = Buffer.concat([char('B'), u64(0x1_00000100n), u64(MICROS_2026), i32(731)])
const commit = (end: bigint) => Buffer.concat([char('C'), u8(0), u64(end - 8n), u64(end), u64(MICROS_2026)])
const relation = Buffer.concat([char('R'), i32(16400), word('public'), word('shop'), char('d'), i16(3), u8(1), word('id'), i32(25), i32(-1), u8(0), word('name'), i32(25), i32(-1), u8(0), word('photo'), i32(17), i32(-1)])
const insert = (...v: Array<string | null | undefined>) => Buffer.concat([char('I'), i32(16400), char('N'), tuple(...v)])

test('an inserted row comes out with its values as text, Chinese and NULL included', () => {
  const found = transactionsOf([begin, relation, insert('a1', '杭州一站', null), commit(0x1_00000200n)])
  assert.deepEqual(found, [{ lsn: '1/200', at: '2026-11-23T01:02:10.000Z', changes: [{ table: 'shop', op: 'insert', row: { id: 'a1', name: '杭州一站', photo: null } }] }])
})

test('what an update left as it was, and PostgreSQL keeps apart, is missing and not null', () => {
  const update = Buffer.concat([char('U'), i32(16400), char('N'), tuple('a1', '新名', undefined)])
  assert.deepEqual(transactionsOf([begin, relation, update, commit(16n)])[0]!.changes, [{ table: 'shop', op: 'update', row: { id: 'a1', name: '新名' } }])
})

test('an update of the key says what the key was, a removal says only the key', () => {
  const update = Buffer.concat([char('U'), i32(16400), char('K'), tuple('a1', null, null), char('N'), tuple('a2', 'x', null)])
  const removal = Buffer.concat([char('D'), i32(16400), char('K'), tuple('a2', null, null)])
  assert.deepEqual(transactionsOf([begin, relation, update, removal, commit(16n)])[0]!.changes, [
    { table: 'shop', op: 'update', row: { id: 'a2', name: 'x', photo: null }, old: { id: 'a1' } }, { table: 'shop', op: 'delete', row: { id: 'a2' } },
  ])
})

test('transactions stay whole: one whose end has not come is left out, and an empty one says nothing', () => {
  const found = transactionsOf([begin, relation, insert('a', 'b', null), commit(0x10n), begin, commit(0x20n), begin, insert('c', 'd', null)])
  assert.deepEqual(found.map(t => [t.lsn, t.changes.length]), [['0/10', 1]])
})

test('a message that is cut short, or of a table that was not introduced, is refused and not guessed at', () => {
  assert.throws(() => decoder()(insert('a', 'b', null)), DecodeError)
  const decode = decoder()
  decode(relation)
  assert.throws(() => decode(insert('abc', 'b', null).subarray(0, 15)), DecodeError)
  assert.throws(() => decode(insert('a')), DecodeError)
})

test('positions in the log go to text and back and are compared as numbers', () => {
  for (const text of ['0/0', '16/B374D848', 'FFFFFFFF/FFFFFFFF']) assert.equal(lsnText(lsnNumber(text)), text)
  assert.ok(lsnNumber('A/0') > lsnNumber('9/FFFFFFFF'))
})

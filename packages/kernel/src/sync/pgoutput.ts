/*
 * The messages of PostgreSQL's own logical replication plug-in, pgoutput (protocol version 1: Logical Replication Message Formats in its manual).
 * Pure: bytes in, values out. Values stay in PostgreSQL's own text form, which alone is exact for every type.
 */

/** by column: the value, or null; a column that the change left as it was, and that is stored apart, is missing */
export type Tuple = Record<string, string | null>
export interface Relation { id: number; schema: string; table: string; columns: ReadonlyArray<{ name: string; key: boolean }> }

export type Message =
  | { kind: 'begin'; lsn: bigint; at: Date; xid: number }
  /** `end`: the log's position behind the transaction, which is what has been read when it is done */
  | { kind: 'commit'; lsn: bigint; end: bigint; at: Date }
  | { kind: 'relation'; relation: Relation }
  | { kind: 'insert'; relation: number; row: Tuple }
  /** `old`: the key as it was, only where the key itself changed */
  | { kind: 'update'; relation: number; row: Tuple; old: Tuple | null }
  | { kind: 'delete'; relation: number; old: Tuple }
  | { kind: 'truncate' }
  /** type names, origins and the like say nothing about rows */
  | { kind: 'other' }

export class DecodeError extends Error {}

/** microseconds since 2000-01-01 */
const EPOCH = Date.UTC(2000, 0, 1)
const timeOf = (micros: bigint): Date => new Date(EPOCH + Number(micros / 1000n))

class Reader {
  at = 0
  readonly bytes: Buffer
  constructor(bytes: Buffer) { this.bytes = bytes }
  need(n: number): number { const from = this.at; if (from + n > this.bytes.length) throw new DecodeError(`a message ends after ${this.bytes.length} bytes, ${from + n} were expected`); this.at += n; return from }
  u8(): number { return this.bytes.readUInt8(this.need(1)) }
  i16(): number { return this.bytes.readInt16BE(this.need(2)) }
  u32(): number { return this.bytes.readUInt32BE(this.need(4)) }
  i32(): number { return this.bytes.readInt32BE(this.need(4)) }
  u64(): bigint { return this.bytes.readBigUInt64BE(this.need(8)) }
  char(): string { return String.fromCharCode(this.u8()) }
  text(n: number): string { const from = this.need(n); return this.bytes.toString('utf8', from, from + n) }
  word(): string {
    const end = this.bytes.indexOf(0, this.at)
    if (end < 0) throw new DecodeError('a name has no end')
    const found = this.bytes.toString('utf8', this.at, end)
    this.at = end + 1
    return found
  }
}

function tuple(r: Reader, relation: Relation, keyOnly: boolean): Tuple {
  const n = r.i16()
  if (n !== relation.columns.length) throw new DecodeError(`${relation.table}: ${n} values for ${relation.columns.length} columns`)
  const row: Tuple = {}
  for (const { name, key } of relation.columns) {
    const how = r.char()
    if (how === 't') row[name] = r.text(r.i32())
    else if (how === 'n') { if (!keyOnly || key) row[name] = null } else if (how !== 'u') throw new DecodeError(`${relation.table}.${name}: a value of kind ${how}`)
  }
  return row
}

/** Decodes one message after the other; relations are remembered, since rows name them by number. */
export function decoder(): (bytes: Buffer) => Message {
  const relations = new Map<number, Relation>()
  const known = (id: number): Relation => relations.get(id) ?? (() => { throw new DecodeError(`a row of a table that was not introduced (${id})`) })()
  return bytes => {
    const r = new Reader(bytes)
    switch (r.char()) {
      case 'B': return { kind: 'begin', lsn: r.u64(), at: timeOf(r.u64()), xid: r.u32() }
      case 'C': { r.u8(); return { kind: 'commit', lsn: r.u64(), end: r.u64(), at: timeOf(r.u64()) } }
      case 'R': {
        const id = r.u32(), schema = r.word(), table = r.word()
        r.u8()
        const columns = Array.from({ length: r.i16() }, () => { const key = (r.u8() & 1) === 1, name = r.word(); r.u32(); r.i32(); return { name, key } })
        const relation = { id, schema, table, columns }
        relations.set(id, relation)
        return { kind: 'relation', relation }
      }
      case 'I': { const id = r.u32(), relation = known(id); r.char(); return { kind: 'insert', relation: id, row: tuple(r, relation, false) } }
      case 'U': {
        const id = r.u32(), relation = known(id)
        let what = r.char(), old: Tuple | null = null
        if (what === 'K' || what === 'O') { old = tuple(r, relation, what === 'K'); what = r.char() }
        if (what !== 'N') throw new DecodeError(`an update without its new row (${what})`)
        return { kind: 'update', relation: id, row: tuple(r, relation, false), old }
      }
      case 'D': { const id = r.u32(), relation = known(id), what = r.char(); return { kind: 'delete', relation: id, old: tuple(r, relation, what === 'K') } }
      case 'T': return { kind: 'truncate' }
      default: return { kind: 'other' }
    }
  }
}

export interface SourceChange { table: string; op: 'insert' | 'update' | 'delete'; row: Tuple; old?: Tuple }
/** A transaction of the source, whole. `lsn`: the position behind it. */
export interface SourceTransaction { lsn: string; at: string; changes: SourceChange[] }

/** `16/B374D848` */
export const lsnText = (n: bigint): string => `${(n >> 32n).toString(16).toUpperCase()}/${(n & 0xffffffffn).toString(16).toUpperCase()}`
export const lsnNumber = (text: string): bigint => { const [a = '0', b = '0'] = text.split('/'); return (BigInt(`0x${a}`) << 32n) + BigInt(`0x${b}`) }

/** Groups a stream of messages into whole transactions. One that has not ended is left out; it comes again whole. */
export function transactionsOf(messages: Iterable<Buffer>): SourceTransaction[] {
  const decode = decoder(), tables = new Map<number, string>(), found: SourceTransaction[] = []
  let changes: SourceChange[] = []
  for (const bytes of messages) {
    const m = decode(bytes)
    if (m.kind === 'begin') changes = []
    else if (m.kind === 'relation') tables.set(m.relation.id, m.relation.table)
    else if (m.kind === 'commit') { if (changes.length) found.push({ lsn: lsnText(m.end), at: m.at.toISOString(), changes }); changes = [] }
    else if (m.kind === 'insert') changes.push({ table: tables.get(m.relation)!, op: 'insert', row: m.row })
    else if (m.kind === 'update') changes.push({ table: tables.get(m.relation)!, op: 'update', row: m.row, ...(m.old ? { old: m.old } : {}) })
    else if (m.kind === 'delete') changes.push({ table: tables.get(m.relation)!, op: 'delete', row: m.old })
  }
  return found
}

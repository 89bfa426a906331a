import { all, type Condition, type Ctx } from '@quancheng/kernel'
import { sql } from 'kysely'
import { COMPLETE_ONLY, JUDGED, LATE, labelNumber, numberOf, putCase, roomFor, type CaseTable } from '../mining/case-table.ts'

export interface LoadedVersion { id: string; version: number }

/** Of what a reading saw: how many cases there are, the watermark for the next reading, whether this transaction has written. */
export interface Reading { cases: number; watermark: string; writing: boolean; read: number; complete: boolean }

/** Cases a statement; bounds what is in memory twice while it is decoded. */
const BATCH = 20_000
/** Bytes of one case and of one step in the answer. */
const CASE_BYTES = 16 + 4 + 8 + 8 + 2
const STEP_BYTES = 4 + 8 + 8 + 8 + 2

interface Answer { total: number; watermark: string; writing: boolean; read: number; last: string | null; cases: Buffer | null; ends: Array<string | null> | null; entities: Array<string | null> | null; labels: string[] | null; people: string[] | null; steps: Buffer | null }

/**
 * Reads cases and their steps into the table. PostgreSQL packs them into one value of fixed-width records and two lists of names: a row
 * object and three Dates for each of 65,000 steps cost more than all the mining. (Numbering the names in the database as well would be a join of
 * intermediate results whose size the planner cannot know: a nested loop, on a bad day.) One statement is one snapshot, so cases, steps, the
 * number of cases and the watermark belong together.
 *
 * Cancelled steps did not happen; the votes of an approval are parts of its step and would look like the step done again.
 *
 * `only`: these cases. `where`: further conditions on process_instance `i`. `most`: stop when the table holds more steps.
 */
export async function readCases(ctx: Ctx, table: CaseTable, versions: readonly LoadedVersion[], o: { only?: readonly string[]; where?: readonly Condition[]; most: number; newestFirst?: boolean }): Promise<Reading> {
  let after: string | null = null
  const sum: Reading = { cases: 0, watermark: '', writing: false, read: 0, complete: true }
  for (;;) {
    const answer: Answer = await batch(ctx, versions, { ...o, after })
    // the first statement's watermark: whatever is committed between two batches is read again next time
    if (!sum.watermark) Object.assign(sum, { cases: answer.total, watermark: answer.watermark, writing: answer.writing })
    decode(table, versions, answer)
    sum.read += answer.read
    if (answer.read < BATCH || !answer.last) return sum
    if (table.steps - table.dead > o.most) return { ...sum, complete: false }
    after = answer.last
  }
}

/** What of the sum of a reading can be told without reading, and the cases that may have changed after the snapshot with this watermark. */
export async function changedCases(ctx: Ctx, versions: readonly LoadedVersion[], since: string): Promise<Omit<Reading, 'read' | 'complete'> & { ids: string[] }> {
  // a question of its own: only then does PostgreSQL know that the steps of a few cases are wanted, and goes by the index.
  // An open step may be claimed or begun without a word to its case; done steps never change alone.
  const [row] = await ctx.query<{ total: number; watermark: string; writing: boolean; ids: Buffer | null }>(`
    select (select count(*)::int from process_instance where tenant_id = $1 and definition_id = any($2::uuid[])) as total,
      (pg_snapshot_xmin(pg_current_snapshot())::xid)::text as watermark, pg_current_xact_id_if_assigned() is not null as writing,
      (select string_agg(uuid_send(x.id), ''::bytea) from (
        select i.id from process_instance i where i.tenant_id = $1 and i.definition_id = any($2::uuid[]) and age(i.xmin) <= age($3::text::xid)
        union select i.id from process_step s join process_instance i on i.tenant_id = $1 and i.id = s.instance_id
        where s.tenant_id = $1 and s.state in ('waiting', 'active', 'paused') and age(s.xmin) <= age($3::text::xid) and i.definition_id = any($2::uuid[])) x) as ids`, [ctx.tenant.id, versions.map(v => v.id), since], 'statistics_changed')
  const { total, watermark, writing, ids } = row!
  return { cases: total, watermark, writing, ids: (ids?.toString('hex').match(/.{32}/g) ?? []) }
}

async function batch(ctx: Ctx, versions: readonly LoadedVersion[], o: { only?: readonly string[]; where?: readonly Condition[]; newestFirst?: boolean; after: string | null }): Promise<Answer> {
  const ids = versions.map(v => v.id)
  const of: Condition[] = [sql<boolean>`i.tenant_id = ${ctx.tenant.id}`, sql<boolean>`i.definition_id = any(${ids}::uuid[])`]
  const parts = [...of, ...(o.where ?? [])]
  if (o.after) parts.push(o.newestFirst ? sql<boolean>`i.id < ${o.after}` : sql<boolean>`i.id > ${o.after}`)
  if (o.only) parts.push(sql<boolean>`i.id = any(${o.only}::uuid[])`)
  const moment = (column: string) => sql`timestamptz_send(coalesce(${sql.ref(column)}, '-infinity'))`
  const { rows } = await sql<Answer>`
    with c as materialized (
      select (row_number() over (order by i.id) - 1)::int as n, i.id, i.definition_id, i.started_at, i.ended_at, i.end_node, i.entity, (i.state = 'completed' or i.end_node is not null) as whole
      from process_instance i where ${all(parts)} order by i.id ${o.newestFirst ? sql`desc` : sql``} limit ${sql.lit(BATCH)}),
    s as (
      select c.n, s.seq, coalesce(s.role, '') || e'\\x1f' || case when s.node_id = s.name then '' else s.node_id end || e'\\x1f' || s.name as label, coalesce(s.resource, s.finished_by::text, '') as who, s.entered_at, s.started_at, s.finished_at,
        (case when s.kind = 'log' and s.data->>'basis' = 'complete-only' then ${sql.lit(COMPLETE_ONLY)} else 0 end + case when s.due_at is null or s.late is null then 0 when s.late then ${sql.lit(JUDGED + LATE)} else ${sql.lit(JUDGED)} end)::smallint as flags
      from c join process_step s on s.tenant_id = ${ctx.tenant.id} and s.instance_id = c.id where s.state <> 'cancelled' and s.kind <> 'vote')
    select (select count(*)::int from process_instance i where ${all(of)}) as total,
      (pg_snapshot_xmin(pg_current_snapshot())::xid)::text as watermark, pg_current_xact_id_if_assigned() is not null as writing,
      (select count(*)::int from c) as read, (select ${o.newestFirst ? sql`min(id::text)` : sql`max(id::text)`} from c) as last,
      (select string_agg(uuid_send(id) || int4send(array_position(${ids}::uuid[], definition_id)) || ${moment('started_at')} || ${moment('ended_at')} || int2send(whole::int::smallint), ''::bytea order by n) from c) as cases,
      (select json_agg(end_node order by n) from c) as ends, (select json_agg(distinct entity) from c) as entities,
      x.* from (select json_agg(s.label order by s.n, s.seq) as labels, json_agg(s.who order by s.n, s.seq) as people,
        string_agg(int4send(s.n) || ${moment('s.entered_at')} || ${moment('s.started_at')} || ${moment('s.finished_at')} || int2send(s.flags), ''::bytea order by s.n, s.seq) as steps from s) x`.execute(ctx.db)
  return rows[0]!
}

/** 2000-01-01, where PostgreSQL begins to count, in ms. */
const EPOCH_2000 = Date.UTC(2000, 0, 1)

/** Microseconds since 2000 in eight bytes → ms since 1970, cut off as a Date of the driver is; the lowest number stands for none. */
function momentOf(view: DataView, at: number): number {
  const high = view.getInt32(at)
  if (high === -0x80000000) return NaN
  return EPOCH_2000 + Math.floor((high * 0x1_0000_0000 + view.getUint32(at + 4)) / 1000)
}

function decode(t: CaseTable, versions: readonly LoadedVersion[], answer: Answer): void {
  const { cases, steps } = answer
  if (!cases) return
  const { labels, people } = answer
  for (const entity of answer.entities ?? []) if (entity) t.entities.add(entity)
  const known = new Map<string, number>()
  const labelOf = (text: string): number => {
    let number = known.get(text)
    if (number === undefined) known.set(text, (number = labelFrom(t, text)))
    return number
  }
  const caseView = new DataView(cases.buffer, cases.byteOffset, cases.byteLength)
  const stepView = steps ? new DataView(steps.buffer, steps.byteOffset, steps.byteLength) : caseView
  const end = steps?.byteLength ?? 0
  let at = 0
  for (let c = 0; c * CASE_BYTES < cases.byteLength; c++) {
    const o = c * CASE_BYTES
    let n = 0
    while (at + n * STEP_BYTES < end && stepView.getInt32(at + n * STEP_BYTES) === c) n++
    const from = roomFor(t, n)
    for (let i = from; i < from + n; i++, at += STEP_BYTES) {
      const nth = at / STEP_BYTES, who = people![nth]!
      t.label[i] = labelOf(labels![nth]!)
      t.who[i] = who ? numberOf(t.people, who) : 0
      t.entered[i] = momentOf(stepView, at + 4)
      t.started[i] = momentOf(stepView, at + 12)
      t.finished[i] = momentOf(stepView, at + 20)
      t.flags[i] = stepView.getInt16(at + 28)
    }
    putCase(t, {
      id: cases.toString('latin1', o, o + 16), version: versions[caseView.getInt32(o + 16) - 1]!.version,
      started: momentOf(caseView, o + 20), ended: momentOf(caseView, o + 28), whole: caseView.getInt16(o + 36) === 1, endNode: answer.ends?.[c] ?? '',
    }, n)
  }
}

/** Role, node and name; the name comes last because only it may hold anything. No node: it is called like the activity, as in a log. */
function labelFrom(t: CaseTable, text: string): number {
  const first = text.indexOf('\u001f'), second = text.indexOf('\u001f', first + 1)
  const name = text.slice(second + 1)
  return labelNumber(t, name, text.slice(first + 1, second) || name, text.slice(0, first))
}

/** The sixteen bytes of an id, as the table holds them, as text. */
export function idText(bytes: string): string {
  const hex = Buffer.from(bytes, 'latin1').toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
export const idBytes = (text: string): string => Buffer.from(text.replaceAll('-', ''), 'hex').toString('latin1')

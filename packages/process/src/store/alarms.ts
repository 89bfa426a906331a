import { defineEntity, elevated, f, lockFree, newId, storeChange, storeNew, type Ctx, type Locked } from '@quancheng/kernel'

/** Something that a person must look at. One alarm a step and kind; it closes itself when its cause is gone (SP-07). */
export const Alarm = defineEntity('alarm', {
  label: ['报警', 'Alarm'],
  icon: 'alert',
  fields: {
    kind: f.choice(['类型', 'Kind'], {
      late: ['环节超时', 'Stage late', 'red'], likely: ['可能超时', 'Likely late', 'gold'], pool: ['待办无人接手', 'Nobody took it', 'orange'], remind: ['催办提醒', 'Reminder', 'blue'], urge: ['催办', 'Urged', 'magenta'], unreachable: ['通知不到用户', 'Customer not reached', 'volcano'], calendar: ['日历未维护', 'Calendar not kept', 'gold'], incident: ['流程异常', 'Process incident', 'red'], notice: ['通知', 'Notice', 'blue'], automation: ['自动化规则', 'Automation rule', 'orange'], audit: ['日志不一致', 'Log altered', 'red'], print: ['打印没打出来', 'Print failed', 'orange'],
    }, { required: true }),
    title: f.text(['事项', 'Matter'], { required: true, max: 200 }),
    entity: f.text(['对象', 'Entity'], { max: 60 }),
    recordId: f.text(['记录', 'Record'], { max: 40, index: true }),
    stepKey: f.text(['环节标识', 'Step'], { required: true, max: 80, hidden: true }),
    stage: f.text(['环节', 'Stage'], { max: 60 }),
    unitId: f.ref(['单位', 'Unit'], () => 'unit', { index: false }),
    ownerId: f.ref(['责任人', 'Owner'], () => 'user', { index: false }),
    recipientIds: f.refs(['通知对象', 'Told'], () => 'user'),
    level: f.integer(['级别', 'Level'], { required: true, default: 1 }),
    raisedAt: f.datetime(['发生时间', 'Raised'], { required: true }),
    closedAt: f.datetime(['解除时间', 'Closed']),
    minutes: f.integer(['持续分钟', 'Minutes']),
    count: f.integer(['次数', 'Count']),
  },
  scope: { unit: 'unitId', owner: 'ownerId' },
  // what is told to somebody by name is theirs to read, whatever their roles reach
  everyone: ['read'],
  travels: 'pair',
  display: ['title'],
  list: ['kind', 'title', 'stage', 'unitId', 'ownerId', 'raisedAt', 'closedAt', 'minutes'],
  managed: true,
  noAudit: true,
  watchable: true,
  indexes: [{ on: ['stepKey', 'kind'], unique: true }, { on: ['unitId', 'raisedAt'], where: 'closed_at is null' }],
})

export type AlarmKind = 'late' | 'likely' | 'pool' | 'remind' | 'urge' | 'unreachable' | 'calendar' | 'incident' | 'notice' | 'automation' | 'audit' | 'print'
/** `level`: 1 the people of the station, 2 the region too. */
export interface AlarmInput { kind: AlarmKind; title: string; entity: string | null; recordId: string | null; stepKey: string; stage: string | null; unitId: string | null; ownerId: string | null; recipientIds: string[]; count?: number; level?: number }

interface Known { id: string; recipient_ids: string[] | null; level: number; closed_at: Date | null; owner_id: string | null; title: string }

const knownOf = ({ row }: Locked): Known => ({ id: row.id as string, recipient_ids: row.recipientIds as string[] | null, level: row.level as number, closed_at: row.closedAt as Date | null, owner_id: row.ownerId as string | null, title: row.title as string })

/**
 * Raises an alarm once: a second call for the same step and kind adds people, level and count, never a second alarm. `found`: the one that is there,
 * where the caller has seen to it that nobody else raises it now.
 */
export async function raiseAlarm(ctx: Ctx, a: AlarmInput, found?: { alarm: Locked | null }): Promise<string> {
  const sys = elevated(ctx, 'alarm')
  const entity = ctx.entities.get('alarm')
  let known: Known | undefined = found?.alarm ? knownOf(found.alarm) : undefined
  if (!found) {
    // two at once would both find none: the second waits here, then finds the first one's
    await ctx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [alarmLock(ctx, a.kind, a.stepKey)]);
    [known] = await ctx.query<Known>('select id, recipient_ids, level, closed_at, owner_id, title from alarm where tenant_id = $1 and step_key = $2 and kind = $3 for update', [ctx.tenant.id, a.stepKey, a.kind])
  }
  const level = a.level ?? 1
  if (!known) {
    const row = await storeNew(sys, entity, { ...a, recipientIds: [...new Set(a.recipientIds)], level, raisedAt: ctx.now() }, { id: newId() })
    return row.id as string
  }
  const again = known.closed_at !== null
  const recipientIds = [...new Set([...(again ? [] : known.recipient_ids ?? []), ...a.recipientIds])]
  await storeChange(sys, entity, known.id, {
    recipientIds, ownerId: a.ownerId, title: a.title, level: again ? level : Math.max(known.level, level), ...(a.count === undefined ? {} : { count: a.count }),
    ...(again ? { closedAt: null, minutes: null, raisedAt: ctx.now() } : {}),
  }, found?.alarm ? { locked: found.alarm } : {})
  return known.id
}

const alarmLock = (ctx: Ctx, kind: AlarmKind, stepKey: string): string => `alarm/${ctx.tenant.id}/${kind}/${stepKey}`

/** For many steps at once: their alarms of one kind, and which of the steps nobody else raises one for now. */
export async function alarmsFree(ctx: Ctx, kind: AlarmKind, stepKeys: readonly string[]): Promise<{ free: Set<string>; alarms: Map<string, Locked> }> {
  const rows = await ctx.query<{ key: string; free: boolean }>('select k.key, pg_try_advisory_xact_lock(hashtextextended(k.lock, 0)) as free from unnest($1::text[], $2::text[]) k(key, lock)', [stepKeys, stepKeys.map(k => alarmLock(ctx, kind, k))], 'alarms_free')
  const free = new Set(rows.filter(r => r.free).map(r => r.key))
  const there = await ctx.query<{ id: string; step_key: string }>('select id, step_key from alarm where tenant_id = $1 and kind = $2 and step_key = any($3)', [ctx.tenant.id, kind, [...free]], 'alarms_of_steps')
  const locked = there.length ? await lockFree(ctx, ctx.entities.get('alarm'), there.map(a => a.id)) : new Map<string, Locked>()
  for (const a of there) if (!locked.has(a.id)) free.delete(a.step_key)
  return { free, alarms: new Map(there.flatMap(a => { const l = locked.get(a.id); return l ? [[a.step_key, l] as const] : [] })) }
}

/** The open alarms of a step follow it to its new owner, who hears of them too. */
export async function passAlarms(ctx: Ctx, stepId: string, ownerId: string | null): Promise<void> {
  const open = await ctx.query<{ id: string; recipient_ids: string[] | null }>("select id, recipient_ids from alarm where tenant_id = $1 and step_key = $2 and kind <> 'pool' and closed_at is null for update", [ctx.tenant.id, stepId])
  for (const a of open) await storeChange(elevated(ctx, 'alarm'), ctx.entities.get('alarm'), a.id, { ownerId, recipientIds: [...new Set([...(a.recipient_ids ?? []), ...(ownerId ? [ownerId] : [])])] })
}

/** `locked`: whoever loaded many cases at once has locked it too */
export interface OpenAlarm { id: string; step_key: string; kind: AlarmKind; raised_at: Date; locked?: Locked }

/** Closes the open alarms of steps, with how long they stood. `among`: those that stand open for the case, where the caller has them already. */
export async function closeAlarms(ctx: Ctx, stepKeys: readonly string[], kinds: readonly AlarmKind[] = ['late', 'likely', 'pool', 'remind', 'urge'], among?: readonly OpenAlarm[]): Promise<void> {
  const open = among?.filter(a => stepKeys.includes(a.step_key) && kinds.includes(a.kind))
    ?? await ctx.query<OpenAlarm>('select id, step_key, kind, raised_at from alarm where tenant_id = $1 and step_key = any($2) and kind = any($3) and closed_at is null', [ctx.tenant.id, stepKeys, kinds], 'alarms_open')
  for (const a of open) await storeChange(elevated(ctx, 'alarm'), ctx.entities.get('alarm'), a.id, { closedAt: ctx.now(), minutes: Math.round((ctx.now().getTime() - a.raised_at.getTime()) / 60_000) }, a.locked ? { locked: a.locked } : {})
}

/** Holders of a role whose unit is the given one or above it: the station's manager, the region's manager. */
export async function holdersAbove(ctx: Ctx, unitId: string | null, role: string): Promise<string[]> {
  if (!unitId) return []
  const rows = await ctx.query<{ id: string }>(
    `select u.id from "user" u join unit_closure c on c.tenant_id = u.tenant_id and c.ancestor_id = u.unit_id and c.descendant_id = $2
     join role r on r.tenant_id = u.tenant_id and r.code = $3 and not r.off
     where u.tenant_id = $1 and not u.off and (r.id = any(u.role_ids) or exists (select 1 from role_group g where g.tenant_id = u.tenant_id and g.id = any(u.group_ids) and r.id = any(g.role_ids)))`, [ctx.tenant.id, unitId, role])
  return rows.map(r => r.id)
}

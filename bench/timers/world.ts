import type pg from 'pg'
import { create, defineModule, systemAct, type Ctx, type Runtime } from '@quancheng/kernel'
import { deploy, startCase } from '@quancheng/process'
import { modules as product } from '../../apps/server/src/modules.ts'

/** Jobs that only note that they ran: what the list of due things costs by itself. One kind can be done in batches, the other cannot. */
export const benchModule = defineModule({
  name: 'bench', label: ['压测', 'Bench'],
  jobs: { 'bench.many': note, 'bench.one': note },
  batches: {
    'bench.many': async (ctx, jobs) => {
      ctx.send('insert into bench_done (tenant_id, n) select $1, n from unnest($2::int[]) n', [ctx.tenant.id, jobs.map(j => j.payload.n)], 'bench_notes')
      return {}
    },
  },
})
/** What has to do with cases, and the jobs of this measurement. */
export const modules = [...product.filter(m => ['org', 'customers', 'process', 'service'].includes(m.name)), benchModule]
async function note(ctx: Ctx, payload: Record<string, unknown>): Promise<void> { ctx.send('insert into bench_done (tenant_id, n) values ($1, $2)', [ctx.tenant.id, payload.n], 'bench_note') }
const TABLES = 'create table bench_done (tenant_id uuid not null, n integer not null); grant select, insert on bench_done to public'

const KEY = 'bench-timer'
const XML = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:qc="urn:quancheng:bpmn:1" targetNamespace="urn:bench"><bpmn:process id="benchTimer" name="催办" isExecutable="true">
  <bpmn:startEvent id="s" /><bpmn:endEvent id="e" /><bpmn:endEvent id="e2" />
  <bpmn:userTask id="work" name="处理" qc:role="benchClerk"><bpmn:extensionElements><qc:standard minutes="60" clock="clock" /></bpmn:extensionElements></bpmn:userTask>
  <bpmn:userTask id="chase" name="跟进" qc:role="benchClerk" />
  <bpmn:boundaryEvent id="due" attachedToRef="work"><bpmn:timerEventDefinition><bpmn:timeDuration>PT2H</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>
  <bpmn:sequenceFlow id="f1" sourceRef="s" targetRef="work" /><bpmn:sequenceFlow id="f2" sourceRef="work" targetRef="e" />
  <bpmn:sequenceFlow id="f3" sourceRef="due" targetRef="chase" /><bpmn:sequenceFlow id="f4" sourceRef="chase" targetRef="e2" />
</bpmn:process></bpmn:definitions>`

export interface World { tenantId: string; unitId: string; userId: string; template: string }

/** A company with a station, its manager and a clerk; one case of the timed process, of which the others are copies. */
export async function makeWorld(runtime: Runtime, owner: pg.Client, tenantId: string): Promise<World> {
  await owner.query(TABLES)
  return systemAct(runtime, tenantId, 'bench', async ctx => {
    const make = async (entity: string, draft: Record<string, unknown>): Promise<string> => (await create(ctx, ctx.entities.get(entity), draft)).id
    const [top] = await ctx.query<{ id: string }>('select id from unit where tenant_id = $1 order by id limit 1', [ctx.tenant.id])
    const unitId = await make('unit', { code: 'HZ01', name: '杭州一站', kind: 'station', parentId: top!.id })
    const roleId = await make('role', { code: 'benchClerk', name: '经办', grants: {}, fields: {} })
    const userId = await make('user', { username: 'bench.clerk', name: '经办人', unitId, roleIds: [roleId] })
    const [manager] = await ctx.query<{ id: string }>("select id from role where tenant_id = $1 and code = 'stationManager'", [ctx.tenant.id])
    await make('user', { username: 'bench.manager', name: '站长', unitId, roleIds: [manager!.id] })
    await deploy(ctx, KEY, XML)
    const { caseId } = await startCase(ctx, KEY, { unitId, label: '模板' })
    // the first of all cases is only there to be copied
    ctx.send("delete from job where tenant_id = $1 and kind like 'process.%'", [ctx.tenant.id])
    return { tenantId, unitId, userId, template: caseId }
  })
}

export type Kind = 'timer' | 'sla' | 'warn' | 'bench.many' | 'bench.one'

/** So many cases, each with one clock, due (in seconds from now, spread over as many as are given). Answers nothing; each case is called `<label>-<n>`. */
export async function loadCases(owner: pg.Client, w: World, kind: Kind, o: { from: number; count: number; dueIn: number; spread: number }): Promise<void> {
  const due = "now() + make_interval(secs => $3 + random() * $4)"
  if (kind === 'bench.many' || kind === 'bench.one') {
    await owner.query(`insert into job (tenant_id, id, kind, key, due_at, payload, created_at) select $1, gen_random_uuid(), $2, 'n' || n, ${due}, jsonb_build_object('n', n), now() from generate_series($5::int, $6::int) n`, [w.tenantId, kind, o.dueIn, o.spread, o.from, o.from + o.count - 1])
    return
  }
  await owner.query('drop table if exists bench_case')
  await owner.query(`create temp table bench_case as select n, gen_random_uuid() as instance_id, gen_random_uuid() as step_id, gen_random_uuid() as timer_id, ${due.replace('$3', '$1').replace('$4', '$2')} as due_at from generate_series($3::int, $4::int) n`, [o.dueIn, o.spread, o.from, o.from + o.count - 1])
  await owner.query(`insert into process_instance select (jsonb_populate_record(i, jsonb_build_object('id', c.instance_id, 'label', $2 || '-' || c.n))).* from process_instance i, bench_case c where i.id = $1`, [w.template, kind])
  // a clock that warns has its due time an hour ahead, one that is late had it just now
  await owner.query(`insert into process_step select (jsonb_populate_record(s, jsonb_build_object('id', c.step_id, 'instance_id', c.instance_id, 'entered_at', c.due_at - interval '1 hour', 'warn_at', c.due_at - case when $2 = 'warn' then interval '0' else interval '12 minutes' end, 'due_at', c.due_at + case when $2 = 'warn' then interval '1 hour' else interval '0' end))).*
    from process_step s, bench_case c where s.instance_id = $1 and s.node_id = 'work'`, [w.template, kind])
  await owner.query(kind === 'timer'
    ? "insert into job (tenant_id, id, kind, key, due_at, payload, created_at) select $1, gen_random_uuid(), 'process.timer', timer_id::text, due_at, jsonb_build_object('instanceId', instance_id, 'stepId', step_id, 'nodeId', 'due', 'due', due_at), now() from bench_case"
    : "insert into job (tenant_id, id, kind, key, due_at, payload, created_at) select $1, gen_random_uuid(), 'process.sla', step_id::text, due_at, jsonb_build_object('stepId', step_id, 'round', 0), now() from bench_case", [w.tenantId])
}

/** What is wrong with what was done: nothing may be lost, nothing done twice. */
export async function faults(owner: pg.Client, kind: Kind, o: { from: number; count: number }): Promise<string[]> {
  const one = async (text: string, values: unknown[]): Promise<Record<string, number>> => (await owner.query<Record<string, number>>(text, values)).rows[0]!
  const last = o.from + o.count - 1
  const seen = kind === 'timer'
    ? await one("select count(*) filter (where n = 1)::int as once, count(*) filter (where n > 1)::int as twice from (select i.id, count(s.id) as n from process_instance i left join process_step s on s.instance_id = i.id and s.node_id = 'chase' and s.state = 'waiting' where i.label = any(select $1 || '-' || n from generate_series($2::int, $3::int) n) and exists (select 1 from process_step w where w.instance_id = i.id and w.node_id = 'work' and w.state = 'cancelled') group by i.id) x", [kind, o.from, last])
    : kind === 'sla' ? await one("select count(*)::int as once, (count(*) - count(distinct a.step_key))::int as twice from alarm a where a.kind = 'late' and a.title like 'sla-%' and split_part(split_part(a.title, ' ', 1), '-', 2)::int between $1 and $2", [o.from, last])
    : kind === 'warn' ? await one("select count(*)::int as once, (count(*) - count(distinct j.payload->>'stepId'))::int as twice from job j join process_step s on s.id = (j.payload->>'stepId')::uuid join process_instance i on i.id = s.instance_id where j.kind = 'process.sla' and j.payload->>'round' = '1' and i.label = any(select 'warn-' || n from generate_series($1::int, $2::int) n)", [o.from, last])
    : await one('select count(distinct n)::int as once, (count(*) - count(distinct n))::int as twice from bench_done where n between $1 and $2', [o.from, last])
  return [...(seen.once === o.count ? [] : [`${kind}: ${o.count} 件里做了 ${seen.once} 件 done`]), ...(seen.twice === 0 ? [] : [`${kind}: ${seen.twice} 件做了两次 done twice`])]
}

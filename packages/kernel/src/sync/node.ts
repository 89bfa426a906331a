import type { FastifyRequest } from 'fastify'
import { readSecret } from '../access/token.ts'
import { asSystem } from '../act.ts'
import type { Ctx } from '../context.ts'
import { defineEntity } from '../entity/define.ts'
import { f } from '../entity/field.ts'
import { fail, registerErrors } from '../errors.ts'
import { tokenOf } from '../http/reply.ts'
import type { Runtime } from '../runtime.ts'
import { withTx } from '../store/tx.ts'
import { readCatalog, type Catalog } from './catalog.ts'
import { planOf, type Plan } from './travel.ts'

registerErrors({
  OWNED_BY_STATION: [409, '此站自带节点，请在站内办理', 'This station runs its own node: please act there'],
  RELAYED: [202, '已收到，正在通知维修站；站里联网后办理', 'Received: the station is being told'],
  OWNED_BY_HEAD_OFFICE: [409, '这项资料由本部维护，请在本部修改', 'Head office keeps this: please change it there'],
  USED_AT_STATIONS: [409, '有站点节点在用这类资料，请改为停用，不要删除', 'Stations with nodes use such records: switch it off instead of deleting it'],
  NODE_CODE_WRONG: [403, '接入码不对，或已过期，请在本部的“站点节点”页重新生成', 'The joining code is wrong or has expired'],
  NODE_UNKNOWN: [403, '本部不认识这个节点，或它已被收回', 'Head office does not know this node, or has taken it back'],
  NODE_VERSION: [409, '程序版本不一致：本部 {there}，本站 {here}。请升级较旧的一方，数据会自动补传', 'The versions differ: head office {there}, station {here}'],
  NODE_NOT_YOURS: [403, '这一行不属于本站：{table}', 'This row is not this station’s: {table}'],
  NODE_POSITION: [409, '本部的数据比本站记得的还旧（从备份恢复过？），请重新接入本站', 'Head office is older than what this station remembers; join anew'],
})

export const NODE_STATES = { waiting: ['待接入', 'Waiting', 'gold'], active: ['使用中', 'In use', 'green'], ended: ['已收回', 'Taken back', 'default'] } as const

/** 站点节点: a station that runs the program itself, with its own database, and owns the rows of its unit (SP-15). */
export const SyncNode = defineEntity('syncNode', {
  label: ['站点节点', 'Station node'],
  icon: 'link',
  fields: {
    name: f.text(['名称', 'Name'], { required: true, max: 60 }),
    unitId: f.ref(['服务站', 'Station'], () => 'unit', { required: true, immutable: true }),
    state: f.choice(['状态', 'State'], NODE_STATES, { required: true, default: 'waiting', readOnly: true }),
    joinedAt: f.datetime(['接入时间', 'Joined'], { readOnly: true }),
    endedAt: f.datetime(['收回时间', 'Ended'], { readOnly: true }),
  },
  display: ['name'],
  list: ['name', 'unitId', 'state', 'joinedAt'],
  managed: true,
  affectsMeta: true,
  travels: 'never',
})

const plans = new WeakMap<Runtime, Plan>(), catalogs = new WeakMap<Runtime, Promise<Catalog>>()
export function planFor(runtime: Runtime): Plan {
  let found = plans.get(runtime)
  if (!found) plans.set(runtime, found = planOf(runtime.metadata, runtime.modules))
  return found
}
export function catalogFor(runtime: Runtime): Promise<Catalog> {
  let found = catalogs.get(runtime)
  if (!found) {
    catalogs.set(runtime, found = withTx(runtime.pool, { readOnly: true }, tx => readCatalog((text, values) => tx.query(text, values))))
    found.catch(() => catalogs.delete(runtime))
  }
  return found
}

/** A node as head office knows it, in the transaction of its call. */
export interface Peer { id: string; unitId: string; state: string; units: ReadonlySet<string>; upLsn: string | null }

export const NODE_TOKEN = 'qcn_'

/** One call of a node: who it is comes from its secret, and everything runs under its tenant. */
export async function asNode<T>(runtime: Runtime, req: FastifyRequest, run: (ctx: Ctx, peer: Peer) => Promise<T>): Promise<T> {
  const secret = readSecret(tokenOf(req) ?? '', NODE_TOKEN)
  if (!secret) return fail('NODE_UNKNOWN')
  return withTx(runtime.pool, { tenantId: secret.tenantId }, tx => asSystem(runtime, tx, secret.tenantId, 'station', async ctx => run(ctx, await peerBy(ctx, secret.hash))))
}

async function peerBy(ctx: Ctx, hash: Buffer): Promise<Peer> {
  const [row] = await ctx.query<{ id: string; unit_id: string; state: string; up_lsn: string | null }>(
    `select n.id, n.unit_id, n.state, p.up_lsn::text from sync_peer p join sync_node n on n.tenant_id = p.tenant_id and n.id = p.node_id
     where p.tenant_id = $1 and p.secret_hash = $2 and n.state = 'active' for update of p`, [ctx.tenant.id, hash])
  if (!row) return fail('NODE_UNKNOWN')
  const units = await ctx.query<{ id: string }>('select descendant_id as id from unit_closure where tenant_id = $1 and ancestor_id = $2', [ctx.tenant.id, row.unit_id])
  return { id: row.id, unitId: row.unit_id, state: row.state, units: new Set(units.map(u => u.id)), upLsn: row.up_lsn }
}

/** Both ends run the same version on the same schema, or nothing is exchanged: nobody guesses what the other's columns mean. */
export async function requireSame(ctx: Ctx, theirs: { version: string; schema: string }): Promise<void> {
  const { schema } = await catalogFor(ctx.runtime)
  if (theirs.schema !== schema) fail('NODE_VERSION', { there: ctx.runtime.version, here: theirs.version })
}

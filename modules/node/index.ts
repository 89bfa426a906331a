import { catalogFor, defineModule, headOfficeTriggers, hereOf, planFor, REFUSED, SyncNode, syncRoutes, syncTables, type Ctx } from '@quancheng/kernel'
import './rules/errors.ts'
import { refusedHere } from './store/refused.ts'
import { nodeActions } from './actions/nodes.ts'

/** A new version may have brought tables: their guards and notes are put where the others are. */
async function watchAgain(ctx: Ctx): Promise<void> {
  if (hereOf(ctx.runtime) || !(await ctx.query("select 1 from sync_node where tenant_id = $1 and state = 'active'", [ctx.tenant.id])).length) return
  const { keys } = await catalogFor(ctx.runtime)
  await ctx.query('select sync_watch($1)', [JSON.stringify(headOfficeTriggers(planFor(ctx.runtime), keys))])
}

/** 站点节点: a station runs the program itself, works without its network, and agrees with head office when it is back (SP-15). */
export const node = defineModule({
  name: 'node',
  label: ['站点节点', 'Station nodes'],
  acts: { join: ['接入', 'Join'], takeBack: ['收回', 'Take back'], merge: ['合并', 'Merge'] },
  tables: syncTables,
  entities: [SyncNode],
  actions: nodeActions,
  routes: syncRoutes,
  start: runtime => { runtime.services.set(REFUSED, refusedHere) },
  setup: watchAgain,
})
export default node

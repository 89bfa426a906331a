import { call, fail, isId, lock, requireImport, uploaded, type ModuleSpec } from '@quancheng/kernel'
import { importList } from '../store/list.ts'

/** The upload is read before the transaction opens, so this is a route and not an action. */
export const listRoutes: NonNullable<ModuleSpec['routes']> = (app, runtime) => {
  app.post('/api/campaigns/:id/list', async (req, reply) => {
    const { id } = req.params as { id: string }, { mode } = req.query as { mode?: string }
    if (!isId(id)) return fail('NOT_FOUND', { id })
    const file = await uploaded(runtime, req)
    return call(runtime, req, reply, {}, async ctx => {
      requireImport(ctx, ctx.entities.get('lead'))
      await lock(ctx, ctx.entities.get('campaign'), id, 'update', { forUpdate: false })
      return importList(ctx, id, file, mode === 'commit')
    })
  })
}

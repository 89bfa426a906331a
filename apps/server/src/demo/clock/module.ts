import { AppError, call, defineModule, fail, registerErrors, requirePermission, systemAct, tenantIds, type ModuleSpec, type Runtime } from '@quancheng/kernel'
import { KEEPS_PAPER, type KeepsPaper } from '@quancheng/paper'
import type { FastifyRequest } from 'fastify'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import type { DemoClock } from './clock.ts'
import { isDemoOnly } from './guard.ts'

registerErrors({
  DEMO_ONLY: [403, '演示时钟只能用于演示企业：这里另有企业，或者演示企业改过名称、改过管理员密码', 'The demo clock works only where the demo companies are all there is, unchanged'],
  DEMO_LOCAL: [403, '演示时钟只能在运行程序的这台机器上拨动', 'The demo clock can be moved only on the machine that runs the program'],
})

export const MAX_SPEED = 3600
/** How far ahead it may be set: over the longest holiday to the next working day. */
const MAX_AHEAD_MS = 20 * 86_400_000
const SESSION_MS = 14 * 3_600_000
const SET = z.object({ speed: z.number().min(0).max(MAX_SPEED), at: z.iso.datetime({ offset: true }).optional() })

/** What runs in the background, once the program has wired it: it is woken when the clock has been set. */
export interface Woken { wake(): void; idle(): Promise<void> }

/**
 * `GET /api/demo/clock` for every page; `POST` and `DELETE` for the administrator of a demo, on this machine. Without a clock (an installation
 * without the demo) the first answers 204 and the others refuse: there is nothing that could be moved.
 */
export const demoClockModule = (clock: DemoClock | null, worker: () => Woken | null, dataDir: string): ModuleSpec => defineModule({
  name: 'demo', label: ['演示', 'Demo'],
  start: runtime => { if (clock) runtime.services.set(KEEPS_PAPER, keeper(path.join(dataDir, 'demo-paper'))) },
  routes(app, runtime) {
    app.get('/api/demo/clock', (_req, reply) => (clock ? clock.state() : reply.code(204).send()))
    const moving = (req: FastifyRequest, run: (c: DemoClock) => Promise<unknown>, reply: Parameters<typeof call>[2]) => call(runtime, req, reply, {}, async ctx => {
      requirePermission(ctx.access, 'role:update', ctx.entities.get('role'))
      if (!isLocal(req)) fail('DEMO_LOCAL')
      if (!clock || !(await isDemoOnly(runtime))) return fail('DEMO_ONLY')
      return run(clock)
    })
    app.post('/api/demo/clock', (req, reply) => moving(req, async c => {
      const given = SET.parse(req.body ?? {}), at = given.at ? new Date(given.at) : undefined
      if (at && at.getTime() - Date.now() > MAX_AHEAD_MS) throw new AppError('BAD_REQUEST', { reason: '最多拨到 20 天以后' })
      if (at && at > c.now()) await keepSignedIn(runtime, c.now(), at)
      c.run({ speed: given.speed, ...(at ? { at } : {}) })
      worker()?.wake()
      // standing still, everything that has come due is done before the next act
      if (given.speed === 0) await worker()?.idle()
      return c.state()
    }, reply))
    app.delete('/api/demo/clock', (req, reply) => moving(req, async c => { const s = c.release(); worker()?.wake(); return s }, reply))
  },
})

const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/
/** The connection itself comes from this machine, and nobody passed it on. */
const isLocal = (req: FastifyRequest): boolean => LOOPBACK.test(req.socket.remoteAddress ?? '127.0.0.1') && !req.headers['x-forwarded-for'] && !req.headers.forwarded

/** Whoever is watching when the night is skipped has not been away for a night. */
async function keepSignedIn(runtime: Runtime, before: Date, after: Date): Promise<void> {
  for (const t of await tenantIds(runtime)) await systemAct(runtime, t.id, 'demo clock', ctx => ctx.query('update session set expires_at = $3::timestamptz where tenant_id = $1 and expires_at > $2::timestamptz', [t.id, before, new Date(after.getTime() + SESSION_MS)]))
}

/** The demo's printers: every page is a file in the data folder, as the bytes that a receipt printer would have taken. */
const keeper = (folder: string): KeepsPaper => async (title, paper, data) => {
  await mkdir(folder, { recursive: true })
  await writeFile(path.join(folder, `${title.replace(/[^\w-]/g, '_')}-${paper}.bin`), data)
}

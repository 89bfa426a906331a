import { Answer, defineAction } from '@quancheng/kernel'
import { z } from 'zod'
import { migrateCase, movesOfCase } from './migrate-case.ts'
import { dryRun } from './migrate-dry.ts'
import { wayOf } from './migrate-plan.ts'
import { migrationOf, migrationsOf, startMigration, stopMigration } from './migrate-run.ts'

const MIGRATE = { permission: 'process:migrate', scoped: false } as const
const KEY = z.object({ key: z.string().max(80) })
const MAPPING = z.record(z.string().max(200), z.string().max(200).nullable()).refine(m => Object.keys(m).length <= 2000, '对应关系太多').default({})
const VERSION = z.number().int().positive()
/** `caseIds`: these and no others; without it, all that run on the old version */
const WAY = KEY.extend({ from: VERSION, to: VERSION, mapping: MAPPING, caseIds: z.array(z.uuid()).min(1).max(5000).optional() })
const RUN = KEY.extend({ id: z.uuid() })

export const migrateActions = [
  defineAction({
    name: 'planMigration', label: ['迁移试算', 'Try a migration'], method: 'POST', path: '/api/processes/:key/migrations/plan', ...MIGRATE, readOnly: true, input: WAY,
    run: async (ctx, b) => {
      const way = await wayOf(ctx, b.key, b.from, b.to, b.mapping)
      return { key: b.key, name: way.from.name, from: b.from, to: b.to, nodes: way.plan.nodes, targets: way.plan.targets, problems: way.plan.problems, dryRun: await dryRun(ctx, way, b.caseIds ?? null) }
    },
  }),
  defineAction({ name: 'startMigration', label: ['开始迁移', 'Start a migration'], method: 'POST', path: '/api/processes/:key/migrations', ...MIGRATE, input: WAY, run: async (ctx, b) => new Answer(202, await startMigration(ctx, { key: b.key, from: b.from, to: b.to, mapping: b.mapping, cases: b.caseIds ?? null })) }),
  defineAction({ name: 'migrations', label: ['迁移记录', 'Migrations'], method: 'GET', path: '/api/processes/:key/migrations', ...MIGRATE, readOnly: true, input: KEY, run: async (ctx, b) => ({ items: await migrationsOf(ctx, b.key) }) }),
  defineAction({ name: 'migration', label: ['一次迁移', 'A migration'], method: 'GET', path: '/api/processes/:key/migrations/:id', ...MIGRATE, readOnly: true, input: RUN, run: async (ctx, b) => { const { run, ...rest } = await migrationOf(ctx, b.id, b.key); return { ...run, ...rest, refusedCases: rest.refused, refused: run.refused } } }),
  defineAction({ name: 'stopMigration', label: ['停止迁移', 'Stop a migration'], method: 'POST', path: '/api/processes/:key/migrations/:id/stop', ...MIGRATE, input: RUN, run: (ctx, b) => stopMigration(ctx, b.id, b.key) }),
  defineAction({ name: 'migrateCase', label: ['迁移到另一版本', 'Migrate a case'], method: 'POST', path: '/api/cases/:id/migrate', ...MIGRATE, input: z.object({ id: z.uuid(), to: VERSION, mapping: MAPPING }), run: (ctx, b) => migrateCase(ctx, b.id, b.to, b.mapping) }),
  defineAction({ name: 'caseMigrations', label: ['案例的迁移', 'A case’s migrations'], method: 'GET', path: '/api/cases/:id/migrations', ...MIGRATE, readOnly: true, input: z.object({ id: z.uuid() }), run: async (ctx, b) => ({ items: await movesOfCase(ctx, b.id) }) }),
]

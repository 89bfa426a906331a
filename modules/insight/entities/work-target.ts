import { AppError, defineEntity, f } from '@quancheng/kernel'
import { Post } from '@quancheng/org'

/** 工作目标: what a station expects a day of a post, or of one person; the person's own counts before the post's (SP-18). */
export const WorkTarget = defineEntity('workTarget', {
  label: ['工作目标', 'Target'],
  icon: 'chart',
  fields: {
    unitId: f.ref(['单位', 'Unit'], () => 'unit', { required: true, index: false, help: ['用于这个单位和下级；离得近的算数', 'For this unit and below; the nearest counts'] }),
    postId: f.ref(['岗位', 'Post'], () => Post, { index: false }),
    userId: f.ref(['人员', 'Person'], () => 'user', { index: false, help: ['写了人员就不看岗位', 'A person goes before a post'] }),
    doneADay: f.integer(['每天完成', 'Done a day'], { min: 1, max: 999 }),
    onTimePercent: f.integer(['按时率（%）', 'On time %'], { min: 1, max: 100 }),
    mostOpen: f.integer(['手上最多', 'In hand at most'], { min: 1, max: 999 }),
  },
  scope: { unit: 'unitId' },
  // the region's word counts at its stations too, and the station's manager may say their own
  travels: 'both',
  display: ['unitId', 'postId', 'userId'],
  list: ['unitId', 'postId', 'userId', 'doneADay', 'onTimePercent', 'mostOpen'],
  sort: 'unitId',
  indexes: [{ on: ['unitId', 'postId', 'userId'], unique: true }],
  hooks: {
    async before(ctx, c) {
      const now = { ...c.before, ...c.draft } as Record<string, unknown>
      const refuse = (field: string, message: string): never => { throw new AppError('INVALID', { summary: message, fields: [{ field, code: 'REQUIRED', message }] }) }
      if (!now.postId && !now.userId) refuse('postId', '请选岗位或人员')
      if (!now.doneADay && !now.onTimePercent && !now.mostOpen) refuse('doneADay', '至少写一项目标')
      const same = await ctx.query('select 1 from work_target where tenant_id = $1 and unit_id = $2 and post_id is not distinct from $3 and user_id is not distinct from $4 and id <> $5', [ctx.tenant.id, now.unitId ?? null, now.postId ?? null, now.userId ?? null, c.id])
      if (same.length) refuse(now.userId ? 'userId' : 'postId', '这个单位已经写过他的目标，请改那一条')
    },
  },
})

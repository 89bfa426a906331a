import { AppError, defineEntity, f } from '@quancheng/kernel'
import { Post } from '@quancheng/org'

/** 工时费率: what an hour of a post costs the company, everywhere or in one unit and below, from a day on. The nearest unit counts, then the latest day. */
export const LabourRate = defineEntity('labourRate', {
  label: ['工时费率', 'Labour rate'],
  icon: 'clock',
  fields: {
    postId: f.ref(['岗位', 'Post'], () => Post, { required: true }),
    unitId: f.ref(['单位', 'Unit'], () => 'unit', { index: false, help: ['空着表示全公司；写了就用于它和下级', 'Empty: everywhere; else this unit and what is below'] }),
    hourly: f.money(['每小时', 'An hour'], { required: true, min: 0, help: ['公司承担的成本，不是向客户收的', 'What it costs the company, not what customers pay'] }),
    validFrom: f.date(['生效日', 'Valid from'], { required: true }),
  },
  display: ['postId', 'hourly'],
  list: ['postId', 'unitId', 'hourly', 'validFrom'],
  sort: '-validFrom',
  hooks: {
    async before(ctx, c) {
      const now = { ...c.before, ...c.draft }
      // the index lets two rates for everywhere stand beside each other
      const same = await ctx.query('select 1 from labour_rate where tenant_id = $1 and post_id = $2 and unit_id is not distinct from $3 and valid_from = $4 and id <> $5', [ctx.tenant.id, now.postId ?? null, now.unitId ?? null, now.validFrom ?? null, c.id])
      if (same.length) throw new AppError('INVALID', { summary: '这个岗位这一天已有费率', fields: [{ field: 'validFrom', code: 'TAKEN', message: '这个岗位这一天已有费率' }] })
    },
  },
  indexes: [{ on: ['postId', 'unitId', 'validFrom'], unique: true }],
})

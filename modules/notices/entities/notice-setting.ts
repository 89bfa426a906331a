import { defineEntity, f, fail } from '@quancheng/kernel'
import { minuteOf } from '../rules/quiet.ts'

export const QUIET_FROM = '21:00'
export const QUIET_TO = '08:00'

/** 通知设置: one row a company. */
export const NoticeSetting = defineEntity('noticeSetting', {
  label: ['通知设置', 'Notice setting'],
  fields: {
    quietFrom: f.text(['免打扰开始', 'Quiet from'], { required: true, default: QUIET_FROM, max: 5 }),
    quietTo: f.text(['免打扰结束', 'Quiet until'], { required: true, default: QUIET_TO, max: 5 }),
    baseUrl: f.text(['客户打开的网址', 'Address for customers'], { max: 200, help: ['通知里的链接以它开头，如 https://fw.example.com', 'Links in notices begin with it'] }),
  },
  display: ['quietFrom', 'quietTo'],
  list: ['quietFrom', 'quietTo', 'baseUrl', 'updatedAt'],
  managed: ['create', 'remove'],
  affectsMeta: true,
  hooks: {
    async before(ctx, c) {
      for (const name of ['quietFrom', 'quietTo']) if (c.draft[name] !== undefined && minuteOf(String(c.draft[name])) === null) fail('NOTICE_TIME', { value: String(c.draft[name]) })
      if (c.draft.baseUrl && !/^https?:\/\/[^\s/?#]+$/.test(String(c.draft.baseUrl))) fail('NOTICE_BASE', { value: String(c.draft.baseUrl) })
      if (c.before?.baseUrl && 'baseUrl' in c.draft && !c.draft.baseUrl) {
        const [on] = await ctx.query<{ n: number }>('select count(*)::int as n from notice_channel where tenant_id = $1 and not coalesce(off, false)', [ctx.tenant.id])
        if (on!.n) fail('NOTICE_ADDRESS_IN_USE', { n: on!.n })
      }
    },
  },
})

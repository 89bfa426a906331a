import { defineEntity, f, fail } from '@quancheng/kernel'

/** A base address without path: what follows is ours. */
const BASE = /^https?:\/\/[^\s/?#]+$/

/** What stands on every paper of the company beside the record. One row a tenant, made with it; an administrator changes it. */
export const PaperSetting = defineEntity('paperSetting', {
  label: ['单据文字', 'Words on papers'],
  icon: 'ticket',
  fields: {
    name: f.text(['适用', 'For'], { required: true, immutable: true, unique: true, max: 40 }),
    company: f.text(['单据抬头', 'Company on papers'], { max: 60, help: ['空着时用企业名称', 'Empty: the name of the company'] }),
    website: f.text(['客户打开的网址', 'Address for customers'], { max: 200, help: ['二维码以它开头，如 https://fw.example.com；空着时用打印的人正在用的网址', 'QR codes begin with it'] }),
    voucherTerms: f.text(['凭证条款', 'Terms on the voucher'], { multiline: true, max: 2000 }),
    orderTerms: f.text(['维修单条款', 'Terms on the repair order'], { multiline: true, max: 4000 }),
    voucherPhone: f.choice(['打凭证前验证手机号', 'Phone proven before the voucher'], { none: ['不要求', 'Not asked'], remind: ['提醒', 'Remind'], must: ['必须', 'Must'] }, { required: true, default: 'remind', help: ['用短信验证码；没有启用短信渠道时不会拦住前台', 'By a code; nobody is held up where no SMS channel is on'] }),
    slipText: f.text(['取号单上的话', 'Words on the number slip'], { multiline: true, max: 500 }),
  },
  display: ['name'],
  list: ['name', 'company', 'website', 'updatedAt'],
  managed: ['create', 'remove'],
  affectsMeta: true,
  hooks: {
    before(_ctx, c) {
      const website = c.draft.website as string | null | undefined
      if (!website) return
      c.draft.website = website.replace(/\/+$/, '')
      if (!BASE.test(String(c.draft.website))) fail('INVALID', { summary: '网址应像 https://fw.example.com，后面不带路径', fields: [{ field: 'website', code: 'URL', message: '网址应像 https://fw.example.com，后面不带路径' }] })
    },
  },
})

import { defineEntity, f } from '@quancheng/kernel'

/** Whom promises are made to: a person, a company, or a group of companies. */
export const Customer = defineEntity('customer', {
  label: ['客户', 'Customer'],
  icon: 'contacts',
  fields: {
    name: f.text(['名称', 'Name'], { required: true, search: 'name', personal: true, max: 100 }),
    kind: f.choice(['类型', 'Kind'], { person: ['个人', 'Person'], company: ['企业', 'Company'], group: ['集团', 'Group'] }, { default: 'person', index: true }),
    phone: f.phone(['电话', 'Phone'], { personal: true, search: 'code', index: true }),
    phoneProvenAt: f.datetime(['手机号验证', 'Phone proven'], { readOnly: true, help: ['客户把短信验证码告诉前台的时间；换了电话就要重新验证', 'When the customer told the code; another phone has to be proven anew'] }),
    phoneProvenById: f.ref(['验证人', 'Proven by'], () => 'user', { readOnly: true, index: false, onDelete: 'setNull' }),
    tier: f.choice(['等级', 'Tier'], {
      ordinary: ['普通', 'Ordinary', 'default'], silver: ['银卡', 'Silver', 'blue'], gold: ['金卡', 'Gold', 'gold'], diamond: ['钻石', 'Diamond', 'purple'],
    }, { default: 'ordinary', index: true }),
    unitId: f.ref(['登记单位', 'Registered at'], () => 'unit', { required: true }),
    ownerId: f.ref(['负责人', 'Owner'], () => 'user', { onDelete: 'setNull' }),
    address: f.text(['地址', 'Address'], { personal: true, search: 'text', max: 200 }),
    mail: f.mail(['邮箱', 'Mail'], { personal: true, search: 'code' }),
    source: f.choice(['来源', 'Source'], {
      walkIn: ['到店', 'Walk-in'], hotline: ['热线', 'Hotline'], web: ['官网', 'Web'], referral: ['转介绍', 'Referral'], contract: ['合同单位', 'Contract'],
    }),
    note: f.text(['备注', 'Note'], { multiline: true, max: 2000 }),
  },
  scope: { owner: 'ownerId', unit: 'unitId' },
  travels: 'both',
  display: ['name'],
  list: ['name', 'kind', 'phone', 'tier', 'unitId', 'createdAt'],
  tenantFields: true,
  watchable: true,
  hooks: {
    before(ctx, c) {
      // whoever registers a customer does so for the unit they stand in
      if (c.act === 'create' && !c.draft.unitId) c.draft.unitId = ctx.user?.unitId ?? null
      // it was the other telephone that was shown to be theirs (SP-22)
      if (c.before?.phoneProvenAt && c.draft.phone !== undefined && c.draft.phone !== c.before.phone) Object.assign(c.draft, { phoneProvenAt: null, phoneProvenById: null })
    },
  },
})

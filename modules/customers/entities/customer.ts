import { defineEntity, f, fail, type Ctx } from '@quancheng/kernel'
import { requirePast } from '../rules/past.ts'
import { requireNoCycle } from '../store/tree.ts'

export const ACCOUNT_TYPES = { government: ['政府', 'Government'], enterprise: ['企事业', 'Enterprise'], global500: ['全球500强', 'Global 500'], china500: ['国内500强', 'China 500'], general: ['一般', 'General'] } as const

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
    tier: f.choice(['服务等级', 'Service tier'], {
      ordinary: ['普通', 'Ordinary', 'default'], silver: ['银卡', 'Silver', 'blue'], gold: ['金卡', 'Gold', 'gold'], diamond: ['钻石', 'Diamond', 'purple'],
    }, { default: 'ordinary', index: true }),
    unitId: f.ref(['登记单位', 'Registered at'], () => 'unit', { required: true }),
    ownerId: f.ref(['负责人', 'Owner'], () => 'user', { onDelete: 'setNull' }),
    address: f.text(['地址', 'Address'], { personal: true, search: 'text', max: 200 }),
    mail: f.mail(['邮箱', 'Mail'], { personal: true, search: 'code' }),
    source: f.choice(['来源', 'Source'], {
      walkIn: ['到店', 'Walk-in'], hotline: ['热线', 'Hotline'], web: ['官网', 'Web'], referral: ['转介绍', 'Referral'], contract: ['合同单位', 'Contract'],
    }),
    standing: f.choice(['关系', 'Standing'], { prospect: ['潜在客户', 'Prospect', 'orange'], customer: ['客户', 'Customer', 'green'], former: ['已流失', 'Former', 'default'] }, { default: 'customer', index: true }),
    accountType: f.choice(['客户类型', 'Account type'], ACCOUNT_TYPES, { default: 'general', index: true }),
    parentId: f.ref(['上级客户', 'Parent'], () => 'customer', { onDelete: 'setNull' }),
    taxNumber: f.code(['统一社会信用代码', 'Tax number'], { search: 'code', index: true, max: 20 }),
    industry: f.text(['行业', 'Industry'], { max: 40 }),
    province: f.text(['省', 'Province'], { max: 20, index: true }),
    city: f.text(['市', 'City'], { max: 20, index: true }),
    staffCount: f.integer(['员工人数', 'Staff'], { min: 0, max: 10_000_000 }),
    birthday: f.date(['生日', 'Birthday'], { personal: true }),
    potential: f.choice(['潜力', 'Potential'], { a: ['A 高', 'A high', 'red'], b: ['B 中', 'B middle', 'orange'], c: ['C 低', 'C low', 'default'] }),
    serviceOwnerId: f.ref(['专属服务人', 'Served by'], () => 'user', { onDelete: 'setNull' }),
    level: f.integer(['客户分级', 'Level'], { readOnly: true, min: 1, max: 10, index: true, help: ['一级最高、十级最低，由分级规则得出；空着表示没有参加重点客户计划', 'One is the highest of ten; empty: not in the programme'] }),
    annualPurchase: f.money(['年采购总量（元）', 'Purchases a year'], { min: 0, help: ['客户一年在同类产品上花的全部，不只是在我们这里的', 'All that the customer spends on such things in a year, with us and with others'] }),
    creditLimit: f.money(['信用额度', 'Credit limit'], { min: 0 }),
    mergedIntoId: f.ref(['并入', 'Merged into'], () => 'customer', { readOnly: true, onDelete: 'setNull' }),
    note: f.text(['备注', 'Note'], { multiline: true, max: 2000 }),
  },
  scope: { owner: 'ownerId', unit: 'unitId' },
  travels: 'both',
  mergedInto: 'mergedIntoId',
  display: ['name'],
  list: ['name', 'kind', 'phone', 'tier', 'unitId', 'createdAt'],
  tenantFields: true,
  watchable: true,
  shareable: true,
  hooks: {
    async before(ctx, c) {
      if (c.act === 'update' && c.before?.mergedIntoId && !ctx.access.system) await tellSurvivor(ctx, String(c.before.mergedIntoId))
      if (c.draft.parentId && c.draft.parentId !== c.before?.parentId) await requireNoCycle(ctx, c.id, String(c.draft.parentId))
      requirePast(ctx, c.draft, 'birthday', '生日')
      // whoever registers a customer does so for the unit they stand in
      if (c.act === 'create' && !c.draft.unitId) c.draft.unitId = ctx.user?.unitId ?? null
      // it was the other telephone that was shown to be theirs (SP-22)
      if (c.before?.phoneProvenAt && c.draft.phone !== undefined && c.draft.phone !== c.before.phone) Object.assign(c.draft, { phoneProvenAt: null, phoneProvenById: null })
    },
  },
})

/** Who changes a customer that was merged is told where it is now. */
async function tellSurvivor(ctx: Ctx, id: string): Promise<void> {
  const [row] = await ctx.query<{ name: string }>('select name from customer where tenant_id = $1 and id = $2', [ctx.tenant.id, id])
  fail('CUSTOMER_MERGED', { name: row?.name ?? '', id })
}

import { defineEntity, f, fail } from '@quancheng/kernel'
import { Customer } from './customer.ts'
import { Device } from './device.ts'
import { ProductLine } from './product-line.ts'

/** 服务合同: what we promised to do for a customer's devices, from one day to another, and what of it is paid already (CE-03). */
export const ServiceContract = defineEntity('serviceContract', {
  label: ['服务合同', 'Service contract'],
  icon: 'safety-certificate',
  fields: {
    number: f.serial(['合同号', 'Number'], 'FW{yyyy}-{0000}', { search: 'code', unique: true }),
    customerId: f.ref(['客户', 'Customer'], () => Customer, { required: true }),
    title: f.text(['名称', 'Title'], { required: true, max: 80, search: 'name' }),
    validFrom: f.date(['生效日', 'From'], { required: true }),
    validUntil: f.date(['到期日（含当天）', 'Until and with'], { required: true, index: true }),
    covers: f.choices(['包含', 'Covers'], { labour: ['工时', 'Labour'], parts: ['配件', 'Parts'], onSite: ['上门', 'On site'] }, { required: true, default: ['labour'] }),
    responseMinutes: f.integer(['响应时间（分钟）', 'Response minutes'], { min: 1, max: 100_000, help: ['报修后多久有人接手', 'How soon somebody takes it up'] }),
    deviceIds: f.refs(['覆盖的设备', 'Devices'], () => Device, { help: ['空着表示这个客户的全部设备', 'Empty: all of the customer’s'] }),
    productLineIds: f.refs(['覆盖的产品线', 'Product lines'], () => ProductLine, { help: ['没有写设备时按产品线', 'Counts where no device is named'] }),
    off: f.boolean(['提前终止', 'Ended early'], { default: false }),
    note: f.text(['备注', 'Note'], { multiline: true, max: 1000 }),
  },
  scope: { via: 'customerId' },
  watchable: true,
  display: ['number', 'title'],
  list: ['number', 'title', 'customerId', 'validFrom', 'validUntil', 'covers', 'responseMinutes', 'off'],
  sort: '-validUntil',
  hooks: {
    async before(ctx, c) {
      if (c.act === 'remove') return
      const next = { ...c.before, ...c.draft }
      const refuse = (field: string, message: string): never => fail('INVALID', { summary: message, fields: [{ field, code: 'CONTRACT', message }] })
      if (next.validFrom && next.validUntil && String(next.validUntil) < String(next.validFrom)) refuse('validUntil', '到期日不能早于生效日')
      const devices = c.draft.deviceIds as string[] | null | undefined
      if (!devices?.length) return
      const [other] = await ctx.query<{ model: string }>('select model from device where tenant_id = $1 and id = any($2) and customer_id <> $3 limit 1', [ctx.tenant.id, devices, next.customerId ?? null])
      if (other) refuse('deviceIds', `“${other.model}”不是这个客户的设备`)
    },
  },
})

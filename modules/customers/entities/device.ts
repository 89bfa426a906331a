import { defineEntity, f, type Ctx } from '@quancheng/kernel'
import { lastWarrantyDay } from '../rules/warranty.ts'
import { Customer } from './customer.ts'
import { ProductLine } from './product-line.ts'
import { Product } from './product.ts'

/** One thing that a customer has, known by its serial number at every later visit (SP-27). */
export const Device = defineEntity('device', {
  label: ['设备', 'Device'],
  icon: 'laptop',
  fields: {
    customerId: f.ref(['客户', 'Customer'], () => Customer, { required: true }),
    productLineId: f.ref(['产品线', 'Product line'], () => ProductLine, { required: true }),
    productId: f.ref(['产品', 'Product'], () => Product),
    model: f.text(['型号', 'Model'], { required: true, search: 'name', max: 60, help: ['选了产品会自动带出', 'Filled from the product'] }),
    serialNo: f.code(['序列号', 'Serial number'], { unique: true, search: 'code', max: 40 }),
    color: f.text(['颜色', 'Colour'], { max: 20 }),
    purchasedOn: f.date(['购买日期', 'Purchased on']),
    warrantyUntil: f.date(['保修至', 'Warranty until'], { help: ['按购买日期和产品线自动算出，可修改', 'Computed from the purchase, may be changed'] }),
    note: f.text(['备注', 'Note'], { multiline: true, max: 1000 }),
  },
  scope: { via: 'customerId' },
  display: ['model', 'serialNo'],
  list: ['model', 'serialNo', 'customerId', 'productLineId', 'warrantyUntil'],
  tenantFields: true,
  watchable: true,
  hooks: {
    async before(ctx, c) {
      if (c.act === 'remove') return
      const before = { ...c.before } as Values
      await fillFromProduct(ctx, c.draft, before)
      await fillWarranty(ctx, c.draft, before)
    },
  },
})

type Values = Record<string, unknown>

/** A product brings its line, and its name as the model unless somebody wrote another. */
async function fillFromProduct(ctx: Ctx, draft: Values, before: Values): Promise<void> {
  if (!draft.productId || draft.productId === before.productId || (draft.model && draft.productLineId)) return
  const [product] = await ctx.query<{ name: string; line: string }>('select name, product_line_id as line from product where tenant_id = $1 and id = $2', [ctx.tenant.id, draft.productId])
  if (!product) return // the reference itself is refused a moment later
  draft.model ||= product.name
  draft.productLineId ||= product.line
}

async function fillWarranty(ctx: Ctx, draft: Values, before: Values): Promise<void> {
  const known = draft.warrantyUntil === undefined ? before.warrantyUntil : draft.warrantyUntil
  if (!draft.purchasedOn || draft.purchasedOn === before.purchasedOn || known) return
  const [line] = await ctx.query<{ days: number }>('select warranty_days as days from product_line where tenant_id = $1 and id = $2', [ctx.tenant.id, draft.productLineId ?? before.productLineId])
  if (line) draft.warrantyUntil = lastWarrantyDay(String(draft.purchasedOn), line.days)
}

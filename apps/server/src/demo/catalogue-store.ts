import { storeNew, type Ctx } from '@quancheng/kernel'
import { LINES } from './catalogue.ts'
import type { Random } from './random.ts'
import type { DemoLine } from './world.ts'

/** Product lines with their models. Returns them by code. */
export async function storeCatalogue(ctx: Ctx, r: Random): Promise<Record<string, DemoLine>> {
  const lines: Record<string, DemoLine> = {}
  for (const [position, { products, serial: _serial, ...line }] of LINES.entries()) {
    const id = r.id(ctx.now())
    await storeNew(ctx, ctx.entities.get('productLine'), { ...line, position }, { id })
    const stored = products.map(([code, name]) => ({ id: r.id(ctx.now()), code, name }))
    for (const { id: productId, ...p } of stored) await storeNew(ctx, ctx.entities.get('product'), { ...p, productLineId: id }, { id: productId })
    lines[line.code] = { id, ...line, products: stored }
  }
  return lines
}

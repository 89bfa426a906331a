import assert from 'node:assert/strict'
import { test } from 'node:test'
import { create } from '@quancheng/kernel'
import { station } from './station.ts'
import { take } from './walk.ts'

const s = await station()
const other = await s.app.system(async ctx => (await create(ctx, ctx.entities.get('productLine'), { code: 'PR', name: '打印机' })).id)
const category = async (name: string, productLineId: string | null, off = false) => {
  const r = await s.wuzong.post('/api/fault-categories', { name, off, ...(productLineId ? { productLineId } : {}) })
  assert.equal(r.status, 201, JSON.stringify(r.body))
  return r.body.id as string
}
const desk = async (faultCategoryId: string, productLineId = s.lineId) => s.lijie.post('/api/service/desk/register', {
  customer: { name: '张三', phone: '13800000001' }, device: { productLineId, model: 'X1', serialNo: `F${Math.round(performance.now() * 1000)}` }, request: { id: (await take(s)).id, productLineId, faultDescription: '开不了机', faultCategoryId },
})

test('the fault category is chosen at the counter from the list of the product line; another line’s and one out of use are refused at their field', async () => {
  const [screen, paper, liquid, old] = [await category('屏幕显示', s.lineId), await category('卡纸走纸', other), await category('进液', null), await category('软驱', s.lineId, true)]
  const taken = await desk(screen)
  assert.deepEqual([taken.status, taken.body.request.faultCategoryId, taken.body.request.$labels.faultCategoryId], [201, screen, '屏幕显示'])
  assert.equal((await desk(liquid)).body.request.faultCategoryId, liquid)
  for (const [id, message] of [[paper, '不是这条产品线的故障类别'], [old, '这个故障类别已停用']] as const) {
    const refused = await desk(id)
    assert.deepEqual([refused.status, refused.body.code, refused.body.details.fields[0].field, refused.body.details.fields[0].message], [400, 'INVALID', 'faultCategoryId', message])
  }
  const { id, version } = taken.body.request
  const moved = await s.zhouzhan.patch(`/api/service-requests/${id}`, { productLineId: other, version })
  assert.deepEqual([moved.status, moved.body.faultCategoryId], [200, null], 'the printer has no such fault')
  assert.equal((await s.lijie.post('/api/fault-categories', { name: '自己加的' })).status, 403)
})

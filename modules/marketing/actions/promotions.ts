import { defineAction } from '@quancheng/kernel'
import { z } from 'zod'
import { offersFor, offersOfCustomer } from '../store/offers.ts'
import { judgeUse, settlePromotion, usePromotion } from '../store/promotions.ts'

const REASON = z.string('请写明原因').trim().min(1, '请写明原因').max(300)

export const promotionActions = [
  defineAction({ name: 'usePromotion', label: ['使用促销', 'Use'], method: 'POST', path: '/api/promotions/:id/use', permission: 'promotion:use', status: 201, input: z.object({ id: z.uuid(), customerId: z.uuid('请选择客户'), voucher: z.string().trim().max(60).nullish() }), run: (ctx, { id, customerId, voucher }) => usePromotion(ctx, id, { customerId, voucher: voucher || null }) }),
  defineAction({ name: 'settlePromotion', label: ['结算促销', 'Settle'], method: 'POST', path: '/api/promotions/:id/settle', permission: 'promotion:settle', status: 200, input: z.object({ id: z.uuid() }), run: (ctx, { id }) => settlePromotion(ctx, id) }),
  defineAction({ name: 'judgePromotionUse', label: ['处理促销争议', 'Judge a use'], method: 'POST', path: '/api/promotion-uses/:id/judge', permission: 'promotion:settle', status: 200, input: z.object({ id: z.uuid(), to: z.enum(['disputed', 'used', 'rejected']), reason: REASON }), async run(ctx, { id, to, reason }) { await judgeUse(ctx, id, to, reason); return { id } } }),
  defineAction({ name: 'requestOffers', label: ['搭配推荐', 'Offers'], method: 'GET', path: '/api/service-requests/:id/offers', permission: 'serviceRequest:read', readOnly: true, input: z.object({ id: z.uuid() }), run: async (ctx, { id }) => ({ items: await offersFor(ctx, id) }) }),
  defineAction({ name: 'customerOffers', label: ['对客户的推荐', 'Offers for a customer'], method: 'GET', path: '/api/customers/:id/offers', permission: 'customer:read', readOnly: true, input: z.object({ id: z.uuid() }), run: (ctx, { id }) => offersOfCustomer(ctx, id) }),
]

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chinaCalendar, compileCalendar } from '@quancheng/kernel'
import { addDays, ageingOf, ageOf, BUCKETS, bucketDays } from './ageing.ts'
import { executionOf } from './execution.ts'
import { lastDayFor, workingDaysAfter } from './entry.ts'
import { contractAfter, contractMay, orderAfter, orderMay } from './machine.ts'
import { planOf, settleOf, sumOfPercent, USUAL_TERMS } from './plan.ts'
import { abovePrice, beyondVolume } from './price.ts'
import { fillText, inline, longDate, unknownWords } from './text.ts'

test('CE-01 100 000 agreed, 30 000 paid, 50 000 delivered: executed 50 %, 20 000 receivable; a change counts when it is approved', () => {
  const e = executionOf({ amount: '100000', paid: '30000', delivered: '50000' })
  assert.deepEqual([e.percent, e.receivable, e.inForce], ['50.0', '20000.00', '100000.00'])
  assert.deepEqual([executionOf({ amount: '100000', changes: ['25000', '-5000'], paid: '0', delivered: '40000' }).percent, executionOf({ amount: '0', paid: '0', delivered: '0' }).percent], ['33.3', '0.0'])
})

test('CE-02 due 08-31 and today 11-22: 83 days, 61–90; a bucket’s days are exactly those whose age lies in it', () => {
  assert.deepEqual(ageOf('2026-08-31', '2026-11-22'), { days: 83, bucket: 'd90' })
  assert.deepEqual(['2026-11-23', '2026-11-22', '2026-10-23', '2026-10-22', '2026-09-23', '2026-09-22', '2026-08-24', '2026-08-23'].map(d => ageOf(d, '2026-11-22').bucket), ['notDue', 'd30', 'd30', 'd60', 'd60', 'd90', 'd90', 'over'])
  for (let i = -20; i < 120; i++) {
    const day = addDays('2026-11-22', -i), inside = BUCKETS.filter(b => { const s = bucketDays(b, '2026-11-22'); return (!s.from || day >= s.from) && (!s.to || day <= s.to) })
    assert.deepEqual(inside, [ageOf(day, '2026-11-22').bucket], day)
  }
  const [first, second] = ageingOf([{ key: 'b', name: '乙', dueOn: '2026-11-30', open: '0.10' }, { key: 'a', name: '甲', dueOn: '2026-08-31', open: '10000' }, { key: 'b', name: '乙', dueOn: '2026-11-01', open: '0.20' }], '2026-11-22')
  assert.deepEqual([first!.name, first!.d90, first!.total, second!.notDue, second!.d30, second!.total, second!.count], ['甲', '10000.00', '10000.00', '0.10', '0.20', '0.30', 2])
})

test('CE-02 30/60/10 of any amount adds up to it; a receipt settles the chosen instalment, then the oldest, and keeps what is over', () => {
  const plan = planOf('100000.01', USUAL_TERMS, { sign: '2026-09-30', delivery: '2026-10-31' })
  assert.deepEqual(plan.map(p => [p.label, p.dueOn, p.amount]), [['预付款', '2026-09-30', '30000.00'], ['到货款', '2026-10-31', '60000.01'], ['质保金', '2027-01-29', '10000.00']])
  assert.equal(sumOfPercent(USUAL_TERMS), '100')
  const open = [{ id: 'a', dueOn: '2026-10-31', amount: '60000', received: '0' }, { id: 'b', dueOn: '2026-09-30', amount: '30000', received: '10000' }, { id: 'c', dueOn: '2027-01-29', amount: '10000', received: '0' }]
  assert.deepEqual(settleOf('30000', open), { shares: [{ id: 'b', amount: '20000.00' }, { id: 'a', amount: '10000.00' }], rest: '0.00' })
  assert.deepEqual(settleOf('95000.50', open, 'c'), { shares: [{ id: 'c', amount: '10000.00' }, { id: 'b', amount: '20000.00' }, { id: 'a', amount: '60000.00' }], rest: '5000.50' })
})

test('RU-11 signed 09-30, entered 10-10: three working days (8, 9, 10 October)', () => {
  const cal = compileCalendar(chinaCalendar())
  assert.deepEqual(workingDaysAfter(cal, '2026-09-30', '2026-10-10'), ['2026-10-08', '2026-10-09', '2026-10-10'])
  assert.equal(lastDayFor(cal, '2026-09-30', 3), '2026-10-10')
})

test('SA-06 a price above the contract’s is told with both, an equal or a lower one is fine, and so is what the contract does not name', () => {
  const lines = [{ productId: 'p', item: '显示器', unitPrice: '1000.00', quantity: '10' }, { productId: null, item: '上门服务', unitPrice: '200', quantity: null }]
  assert.deepEqual(abovePrice(lines, { productId: 'p', item: '显示器 A', unitPrice: '1000.01', quantity: '1' }), { item: '显示器 A', price: '1000.01', contractPrice: '1000.00' })
  assert.equal(abovePrice(lines, { productId: 'p', item: '显示器', unitPrice: '1000', quantity: '1' }), null)
  assert.ok(abovePrice(lines, { productId: null, item: ' 上门服务 ', unitPrice: '200.01', quantity: '1' }))
  assert.equal(abovePrice(lines, { productId: 'q', item: '键盘', unitPrice: '9999', quantity: '1' }), null)
  assert.deepEqual([beyondVolume('10', '8', '2'), beyondVolume('10', '8', '2.001'), beyondVolume(null, '8', '99')], [false, true, false])
})

test('SA-05, SA-06 the states: signed only after approval, nothing back from the end, an order is approved or confirmed, never both from nowhere', () => {
  assert.deepEqual([contractAfter('draft', 'sign'), contractAfter('approved', 'sign'), contractAfter('terminated', 'sign'), contractAfter('approving', 'terminate'), contractAfter('active', 'expire')], [null, 'active', null, null, 'expired'])
  assert.deepEqual([contractMay('draft', 'active'), contractMay('approving', 'approved'), contractMay('done', 'draft'), orderMay('approving', 'confirmed'), orderMay('done', 'draft')], [false, true, false, true, false])
  assert.deepEqual([orderAfter('draft', 'deliver'), orderAfter('confirmed', 'deliver'), orderAfter('delivering', 'cancel')], [null, 'delivering', null])
})

test('SA-05 a template tells what it does not know, leaves a line where nothing is known, and what a customer is called stays in its place', () => {
  assert.deepEqual(unknownWords('{{甲方}} {{金 额}} {{bank}}'), ['金 额', 'bank'])
  assert.deepEqual(fillText('甲方：{{甲方}}，税号：{{ 甲方税号 }}', { 甲方: '云河' }), { text: '甲方：云河，税号：＿＿＿＿＿＿', missing: ['甲方税号'] })
  assert.equal(inline('a|b\n# c'), 'a\\|b \\# c')
  assert.equal(longDate('2026-11-02'), '2026年11月2日')
})

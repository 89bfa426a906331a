import assert from 'node:assert/strict'
import { test } from 'node:test'
import { heldOut } from './control.ts'
import { columnsOf } from './list.ts'
import { personalise, unknownPlaces } from './personalise.ts'
import { rfmGroup } from './rfm.ts'
import { roiOf } from './roi.ts'

test('MK-01 who is held out: half up to whole people, one at least, never all', () => {
  assert.deepEqual([[37, 10], [35, 10], [34, 10], [3, 10], [2, 50], [1, 50], [100, 0], [0, 10]].map(([n, p]) => heldOut(n!, p!)), [4, 4, 3, 1, 1, 0, 0, 0])
})

test('MK-06 cost 5 000, revenue 18 000, control 10 000 scaled → lift 8 000, ROI 60 %; without cost no ROI, without control all is lift', () => {
  assert.deepEqual(roiOf({ cost: '5000', revenue: '18000', controlRevenue: '1000', target: 90, control: 9 }), { expected: '10000.00', lift: '8000.00', percent: 60 })
  assert.deepEqual(roiOf({ cost: '0', revenue: '10', controlRevenue: '0', target: 5, control: 0 }), { expected: null, lift: '10.00', percent: null })
  assert.deepEqual(roiOf({ cost: '5000', revenue: '1000', controlRevenue: '1000', target: 30, control: 10 }), { expected: '3000.00', lift: '-2000.00', percent: -140 })
})

test('MK-05 texts: names, preferences, choices by preference; what nobody fills is named', () => {
  const who = { name: '张三', owner: '李四', offer: null, preferences: [{ topic: '座位', value: '前排靠窗' }] }
  assert.equal(personalise('{{客户}}，{{座位=靠窗：留好靠窗|任选}}，{{偏好.座位}}{{特价}}，{{ 负责人 }}', who), '张三，留好靠窗，前排靠窗，李四')
  assert.equal(personalise('{{座位=过道:A|B}}{{口味=辣：A|}}', who), 'B')
  assert.deepEqual(unknownPlaces('{{客户}}{{年龄}}{{偏好.x}}{{座位=a：b|c}}'), ['年龄'])
  assert.deepEqual(unknownPlaces('{{客户'), ['{{'])
})

test('MK-04 a bought list calls its columns as it likes; MK-01 fifths make eight groups', () => {
  assert.deepEqual(columnsOf(['序号', '联系人 *', 'Mobile', '电子邮箱', '手机号']), { name: 1, phone: 2, mail: 3 })
  assert.deepEqual([rfmGroup(5, 4, 4), rfmGroup(1, 3, 5), rfmGroup(4, 1, 1)], ['HHH', 'LLH', 'HLL'])
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { coreOf, LIKE, likeness } from './likeness.ts'

test('CU-07 a company’s own part is what is left without place and legal form', () => {
  for (const [name, core] of [['深圳市远帆计算机系统有限公司', '远帆计算机系统'], ['华能集团', '华能'], ['中国华能集团有限公司', '华能'], ['（杭州）云启科技股份有限公司', '云启科技'], ['Acme Trading Co., Ltd.', 'acmetrading']] as const) assert.equal(coreOf(name), core, name)
})

test('CU-07 names that are one: legal form, brackets, a word typed by ear; names that are two: another place, another number, another word', () => {
  for (const [a, b] of [['华能集团', '中国华能集团有限公司'], ['深圳市远帆计算机系统有限公司', '深圳远帆计算机系统'], ['云启科技有限公司', '云起科技股份有限公司'], ['杭州云启信息技术有限公司', '云启信息技术（杭州）有限公司']] as const) assert.ok(likeness(a, b) >= LIKE, `${a} / ${b}: ${likeness(a, b)}`)
  for (const [a, b] of [['江苏华能有限公司', '浙江华能有限公司'], ['第一中学', '第二中学'], ['云启科技有限公司', '恒川科技有限公司'], ['杭州远岫汽车零部件有限公司', '杭州星屿汽车零部件有限公司'], ['云启科技有限公司', '云启科技分公司'], ['华能集团', '华润集团']] as const) assert.ok(likeness(a, b) < LIKE, `${a} / ${b}: ${likeness(a, b)}`)
})

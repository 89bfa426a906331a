import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { wordsFor } from './words.ts'

const Form = z.object({ name: z.string().min(1).max(4), count: z.number().int().min(1).max(9), tags: z.array(z.string()).min(1).max(2), done: z.boolean() })
const said = (input: unknown, locale: 'zh-CN' | 'en' = 'zh-CN') => Object.fromEntries(Form.safeParse(input, wordsFor(locale)).error?.issues.map(i => [i.path.join('.'), i.message]) ?? [])

test('what is wrong with an input is said as a clerk would say it, not with the types of a program', () => {
  assert.deepEqual(said({}), { name: '没有填写', count: '没有填写', tags: '没有填写', done: '没有填写' })
  assert.deepEqual(said({ name: '', count: 0, tags: [], done: 'ja' }), { name: '没有填写', count: '不能小于 1', tags: '至少 1 项', done: '应为是或否' })
  assert.deepEqual(said({ name: '一二三四五', count: 10, tags: ['a', 'b', 'c'], done: true }), { name: '最多 4 个字', count: '不能大于 9', tags: '最多 2 项' })
  assert.deepEqual(said({ name: 5, count: 1.5, tags: {}, done: true }), { name: '应为文字', count: '应为整数', tags: '应为列表' })
})

test('a caller who reads English is told in English', () => {
  assert.match(said({}, 'en').name!, /expected string/)
})

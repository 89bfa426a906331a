import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { FUNCTIONS } from '../feel/functions/index.ts'
import { HIT_POLICIES, checkTable, compileDecisionTable, decide } from './index.ts'
import type { DecisionTable } from './index.ts'

const read = (path: string) => readFile(new URL(path, import.meta.url), 'utf8')

test('the example in the DMN README does what the README says', async () => {
  const readme = await read('README.md')
  const code = /: DecisionTable = (\{\n[\s\S]*?\n\})\n/.exec(readme)![1]!
  const json = code.replace(/(\w+): /g, '"$1": ').replace(/'((?:[^'])*)'/g, (_, text: string) => JSON.stringify(text)).replace(/,(\s*[\]}])/g, '$1')
  const table = JSON.parse(json) as DecisionTable
  const said = /warnings\.map.*\n\/\/ \[(.*)\]/.exec(readme)![1]!
  assert.equal(checkTable(table).warnings.map((w) => `'${w.message}'`).join(', '), said)
  const result = decide(compileDecisionTable(table).decisions!, 'tier', { yearlySpend: 6000, channel: '门店' })
  assert.deepEqual([result.value, result.matched, result.inputs[0], result.problems], ['金卡', ['r2'], { id: 'spend', label: '年消费', value: 6000 }, []])
  for (const policy of HIT_POLICIES) assert.ok(readme.includes(`\`${policy}\``), policy)
})

test('the FEEL README lists every built-in function and no other', async () => {
  const readme = await read('../feel/README.md')
  const section = /## 内置函数\n([\s\S]*?)\n\n参数名/.exec(readme)![1]!
  const listed = [...section.matchAll(/`([a-z ]+)`/g)].map((match) => match[1]!)
  assert.deepEqual(listed.toSorted(), [...FUNCTIONS.keys()].toSorted())
})

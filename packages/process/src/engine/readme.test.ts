import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { missingForCompletion, nextMoves } from './index.ts'
import { bpmn, play } from './testing.ts'

test('the example in the README does what the README says', async () => {
  const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8')
  const process = /```xml\n([\s\S]*?)```/.exec(readme)![1]!
  const player = await play(bpmn('').replace(/<bpmn:process[\s\S]*<\/bpmn:process>/, process), { days: 3 })
  const node = player.process.nodes['approve']
  assert.ok(node?.type === 'userTask')
  assert.deepEqual(player.process.warnings, [])
  assert.deepEqual(nextMoves(player.process, 'approve', {})[0]?.target, { nodeId: 'done', name: '已同意', end: true })
  assert.deepEqual(missingForCompletion(node.task, { fields: {}, ticked: [], outcome: 'yes' }), ['已安排代班'])
  assert.deepEqual(player.complete('approve', 'yes').end, { how: 'completed', nodeId: 'done', name: '已同意' })
})

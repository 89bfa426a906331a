import assert from 'node:assert/strict'
import { test } from 'node:test'
import { entryOf, groupsOf, runsAlone } from './test-groups.ts'

test('test files of a package share a process, six at the most, and every file runs once', () => {
  const files = [...Array.from({ length: 7 }, (_, i) => `modules/sales/test/${i}.test.ts`), 'modules/quotes/rules/a.test.ts']
  const groups = groupsOf(files, () => false)
  assert.deepEqual(groups.map((group) => group.files.length), [6, 1, 1])
  assert.deepEqual(groups.flatMap((group) => group.files).toSorted(), files.toSorted())
  assert.equal(new Set(groups.map((group) => group.name)).size, 3)
})

test('a file that changes what its process shares runs alone', () => {
  assert.deepEqual(groupsOf(['modules/a/1.test.ts', 'modules/a/2.test.ts', 'modules/a/3.test.ts'], (file) => file.includes('2')).map((group) => group.files), [
    ['modules/a/1.test.ts', 'modules/a/3.test.ts'], ['modules/a/2.test.ts'],
  ])
  assert.ok(runsAlone('packages/kernel/src/store/backup/backup.test.ts'))
  assert.ok(!runsAlone('scripts/test-groups.test.ts'))
})

test('the entry of a group imports its files in turn, and no test begins before all of them are there', () => {
  const entry = entryOf({ name: 'x', files: ['a/1.test.ts', 'a/2.test.ts'] })
  assert.match(entry, /^ {2}await import\("file:.*\/a\/1\.test\.ts"\)\n {2}await import\("file:.*\/a\/2\.test\.ts"\)$/m)
  assert.ok(entry.indexOf('before(') < entry.indexOf('await import'))
  assert.ok(entry.indexOf('loaded.resolve()') > entry.lastIndexOf('await import'))
})

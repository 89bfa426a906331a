import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cyclesBetween } from './cycles.ts'
import { houseRules } from './house-rules.ts'
import { importsOf } from './imports.ts'

const packages = new Map([
  ['@quancheng/kernel', 'packages/kernel'],
  ['@quancheng/process', 'packages/process'],
  ['@quancheng/ui', 'packages/ui'],
  ['@quancheng/a', 'modules/a'],
  ['@quancheng/b', 'modules/b'],
  ['@quancheng/server', 'apps/server'],
])

function findings(files: Record<string, string>, allowed: { file: string; reason: string }[] = []): string[] {
  return houseRules(new Map(Object.entries(files)), packages, allowed).map((f) => `${f.file}:${f.line} ${f.message}`)
}

test('arrows run from apps to modules to process and ui to kernel, and not back', () => {
  assert.deepEqual(
    findings({
      'apps/server/src/index.ts': `import { a } from '@quancheng/a'\nimport '@quancheng/kernel'`,
      'modules/a/index.ts': `import { x } from '@quancheng/process'\nimport { k } from '@quancheng/kernel/calendar'`,
      'modules/a/web.ts': `export { Page } from './pages/page.tsx'\nimport { ui } from '@quancheng/ui'`,
      'packages/ui/src/x.tsx': `import type { E } from '@quancheng/kernel'`,
      'scripts/x.ts': `import '../packages/kernel/src/a.ts'`,
    }),
    [],
  )
  const [found, ...rest] = findings({ 'packages/kernel/src/x.ts': `\nimport {\n  a,\n} from '@quancheng/a'` })
  assert.match(found ?? '', /^packages\/kernel\/src\/x.ts:4 .*kernel must not import modules/)
  assert.deepEqual(rest, [])
  assert.match(findings({ 'packages/ui/src/x.ts': `await import('@quancheng/process')` })[0] ?? '', /ui must not import process/)
  assert.match(findings({ 'modules/a/index.ts': `import '../../packages/kernel/src/x.ts'` })[0] ?? '', /by its package name/)
})

test('a module is entered only through its face, and its server side never loads the browser', () => {
  assert.deepEqual(findings({ 'modules/a/index.ts': `import { b } from '@quancheng/b'`, 'modules/a/pages/x.tsx': `import '@quancheng/b/web'` }), [])
  assert.match(findings({ 'modules/a/index.ts': `import { b } from '@quancheng/b/entities/x.ts'` })[0] ?? '', /only through its face/)
  assert.match(findings({ 'modules/a/index.ts': `import { b } from '@quancheng/b/testing'` })[0] ?? '', /only through its face/)
  assert.deepEqual(findings({ 'modules/a/test/x.test.ts': `import { b } from '@quancheng/b/testing'` }), [], 'a test may stand on another module’s fixture')
  assert.match(findings({ 'modules/a/actions/x.ts': `import { Page } from '../pages/page.tsx'` })[0] ?? '', /server file/)
  assert.match(findings({ 'modules/a/index.ts': `import '@quancheng/ui'` })[0] ?? '', /server file/)
})

test('two modules that need each other are a cycle, reported once with its way', () => {
  const found = findings({ 'modules/a/index.ts': `import '@quancheng/b'`, 'modules/b/index.ts': `\nimport { a } from '@quancheng/a'` })
  assert.deepEqual(found, ['modules/a/index.ts:1 循环依赖 / cycle: modules/a → modules/b → modules/a'])
  assert.deepEqual(cyclesBetween(new Map([['x', new Set(['y'])], ['y', new Set(['z'])], ['z', new Set(['y'])]])), [['y', 'z', 'y']])
})

test('a file above 400 lines needs an entry with a reason, and the entry goes when the file shrinks', () => {
  const long = 'x\n'.repeat(401)
  assert.match(findings({ 'packages/kernel/src/x.ts': long })[0] ?? '', /^packages\/kernel\/src\/x.ts:401 401 行/)
  assert.deepEqual(findings({ 'packages/kernel/src/x.ts': 'x\n'.repeat(400) }), [])
  const entry = { file: 'packages/kernel/src/x.ts', reason: 'one catalogue of all texts' }
  assert.deepEqual(findings({ 'packages/kernel/src/x.ts': long }, [entry]), [])
  assert.match(findings({ 'packages/kernel/src/x.ts': 'x' }, [entry])[0] ?? '', /no longer long/)
  assert.equal(findings({ 'packages/kernel/src/x.ts': long }, [{ ...entry, reason: '' }]).length, 1)
})

test('a test that is left out or runs alone is found', () => {
  const dot = '.' // so that this file itself passes
  assert.equal(findings({ 'modules/a/a.test.ts': `test${dot}only('x', () => {})\ntest('y', {${' '}skip: true }, f)\nt${dot}skip()` }).length, 3)
  assert.deepEqual(findings({ 'modules/a/a.test.ts': `// test${dot}only(\nconst o = { skip: ['x'] }`, 'modules/a/x.ts': `test${dot}only(` }), [])
})

test('imports are read from code, not from comments and strings', () => {
  assert.deepEqual(
    importsOf(`// import 'a'\n/* import 'b' */\nconst s = "import 'c'"\nimport type { D } from 'd'\nexport * from 'e'\nconst f = await import('f')\nconst u = 'https://x' // import 'g'`),
    [
      { from: 'd', line: 4, typeOnly: true },
      { from: 'e', line: 5, typeOnly: false },
      { from: 'f', line: 6, typeOnly: false },
    ],
  )
})

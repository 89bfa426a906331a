import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { ensureWebBuilt } from './web-build.ts'

test('the web app is built once by two callers, again after a change of any file it reads, and not otherwise', async (t) => {
  const root = await mkdtemp(path.join(tmpdir(), 'qc-web-'))
  t.after(() => rm(root, { recursive: true, force: true }))
  await mkdir(path.join(root, 'app'))
  await mkdir(path.join(root, 'rules'))
  await writeFile(path.join(root, 'app', 'index.html'), '<!doctype html><script type="module" src="./main.js"></script>')
  await writeFile(path.join(root, 'app', 'main.js'), `import { price } from '../rules/price.js'\ndocument.title = price`)
  await writeFile(path.join(root, 'rules', 'price.js'), `export const price = 'first-price'`)
  const target = { root, app: 'app', inputs: ['app/**/*'] }
  const said: string[] = []
  const build = (): Promise<string> => ensureWebBuilt((line) => said.push(line), target)

  const [dist] = await Promise.all([build(), build()])
  assert.equal(said.filter((line) => line.startsWith('正在构建')).length, 1)
  assert.match(await bundle(dist), /first-price/)
  await build()
  assert.equal(said.length, 2, 'nothing to do')

  await writeFile(path.join(root, 'rules', 'price.js'), `export const price = 'second-price'`)
  await build()
  assert.match(await bundle(dist), /second-price/)
  await writeFile(path.join(root, 'app', 'main.js'), `import '../rules/missing.js'`)
  await assert.rejects(build(), /网页构建失败[\s\S]*missing\.js/)
  assert.match(await bundle(dist), /second-price/, 'a failed build leaves the pages that were there')
  assert.deepEqual((await readdir(path.join(root, 'app'))).sort(), ['dist', 'index.html', 'main.js'], 'nothing is left lying about')
})

async function bundle(dist: string): Promise<string> {
  const assets = path.join(dist, 'assets')
  return (await Promise.all((await readdir(assets)).map((name) => readFile(path.join(assets, name), 'utf8')))).join('')
}

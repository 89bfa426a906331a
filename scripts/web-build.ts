import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { globSync } from 'node:fs'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { withLock } from './lock.ts'
import { isMain, root } from './root.ts'

/** Beside the built pages: of what they were built, so that we know when to build again. */
interface Stamp {
  hash: string
  /** further source files that the build read, such as a module's rules; relative to the repository */
  files: string[]
}

/** Where the build and its stamp are, and what it is made of; a test uses a small one of its own. */
export interface WebBuild {
  root: string
  /** the folder of index.html, relative to root */
  app: string
  /** source files that always count, as globs relative to root */
  inputs: string[]
}

/** The order to build here and now, which this file gives to itself. */
const BUILD = '--build'

const web: WebBuild = {
  root,
  app: 'apps/web',
  inputs: [
    'apps/web/**/*',
    'packages/ui/**/*',
    'modules/*/web.ts',
    'modules/*/pages/**/*',
    'package-lock.json',
    'scripts/web-build.ts',
  ],
}

/**
 * Builds the web app unless `apps/web/dist` is up to date, and returns that folder. Another process never sees half a build,
 * and two at once build once.
 */
export async function ensureWebBuilt(log: (line: string) => void, target: WebBuild = web): Promise<string> {
  const app = path.join(target.root, target.app)
  const dist = path.join(app, 'dist')
  if (await isCurrent(target, dist)) return dist
  return withLock(path.join(app, '.build.lock'), async () => {
    if (await isCurrent(target, dist)) return dist // built by the process we waited for
    log('正在构建网页(首次启动或有改动)…')
    const began = performance.now()
    await buildApart(target)
    log(`网页已构建,用时 ${((performance.now() - began) / 1000).toFixed(1)} 秒。`)
    return dist
  })
}

/**
 * In a process of its own: the bundler takes hundreds of megabytes that a server which goes on for months would never give back, and sets
 * NODE_ENV for the whole process.
 */
async function buildApart(target: WebBuild): Promise<void> {
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), BUILD, JSON.stringify(target)], { stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => { said = (said + chunk.toString()).slice(-4000) })
  const [code] = await once(child, 'close') as [number | null]
  if (code === 0) return
  await rm(path.join(target.root, target.app, 'dist.new'), { recursive: true, force: true })
  throw new Error(`网页构建失败\n${said}`)
}

async function build(target: WebBuild): Promise<void> {
  const dist = path.join(target.root, target.app, 'dist')
  const fresh = `${dist}.new`
  const old = `${dist}.old`
  const read = new Set<string>()
  const before = await hashOf(target, [])
  const vite = await import('vite')
  await rm(fresh, { recursive: true, force: true })
  await vite.build({
    root: path.dirname(dist),
    logLevel: 'error',
    build: { outDir: fresh, emptyOutDir: true, chunkSizeWarningLimit: 4000 },
    plugins: [
      {
        name: 'quancheng-inputs',
        moduleParsed(info) {
          const file = info.id.split('?')[0] ?? ''
          const relative = path.relative(target.root, file)
          if (path.isAbsolute(file) && !relative.startsWith('..') && !relative.includes('node_modules')) read.add(relative)
        },
      },
    ],
  })
  const always = new Set(inputFiles(target))
  const files = [...read].filter((file) => !always.has(file)).sort()
  // a file changed while it was being built: let the next start build again
  const unchanged = (await hashOf(target, [])) === before
  const stamp: Stamp = { hash: unchanged ? await hashOf(target, files) : '', files }
  await mkdir(fresh, { recursive: true })
  await writeFile(stampFile(fresh), JSON.stringify(stamp))
  await rm(old, { recursive: true, force: true })
  await rename(dist, old).catch(() => undefined) // there was none
  await rename(fresh, dist)
  await rm(old, { recursive: true, force: true })
}

async function isCurrent(target: WebBuild, dist: string): Promise<boolean> {
  const text = await readFile(stampFile(dist), 'utf8').catch(() => undefined)
  if (text === undefined) return false
  const stamp = JSON.parse(text) as Stamp
  return stamp.hash === (await hashOf(target, stamp.files))
}

function stampFile(dist: string): string {
  return path.join(dist, '.quancheng-build.json')
}

function inputFiles(target: WebBuild): string[] {
  return globSync(target.inputs, { cwd: target.root, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(target.root, path.join(entry.parentPath, entry.name)))
    .filter((file) => !/(^|\/)(node_modules|dist[^/]*)\/|\.test\.tsx?$|\.build\.lock$/.test(file))
}

async function hashOf(target: WebBuild, further: string[]): Promise<string> {
  const hash = createHash('sha256')
  for (const file of [...inputFiles(target), ...further].sort()) {
    hash.update(`\0${file}\0`)
    hash.update(await readFile(path.join(target.root, file)).catch(() => ''))
  }
  return hash.digest('hex')
}

if (isMain(import.meta)) {
  const [order, target] = process.argv.slice(2)
  if (order === BUILD && target !== undefined) await build(JSON.parse(target) as WebBuild)
  else await ensureWebBuilt(console.log)
}

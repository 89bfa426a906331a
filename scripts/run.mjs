// The entry of every npm script. Plain JavaScript for Node 20 and up, without dependencies, because it runs before they are
// installed: it installs what package-lock.json names, then hands over to the pinned Node.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { constants, tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..')
const modules = path.join(root, 'node_modules')
const stamp = path.join(modules, '.quancheng-install')

const commands = {
  start: ['apps/server/src/cli.ts', 'start'],
  cli: ['apps/server/src/cli.ts'],
  'demo:play': ['apps/server/src/cli.ts', 'demo', 'play'],
  test: ['scripts/test.ts'],
  check: ['scripts/check.ts'],
  bench: ['bench/run.ts'],
  'bench:statistics': ['bench/statistics.ts'],
  'bench:timers': ['bench/timers.ts'],
  'bench:search': ['bench/search.ts'],
  'bench:process': ['bench/process.ts'],
  'bench:customer': ['bench/customer-page.ts'],
  'bench:tiers': ['bench/tiers.ts'],
  'bench:sales': ['bench/sales.ts'],
  'bench:soak': ['bench/soak.ts'],
  'bench:station': ['bench/station.ts'],
  'accuracy:remaining-time': ['scripts/accuracy-remaining-time.ts'],
  'web:build': ['scripts/web-build.ts'],
}

const [name = '', ...args] = process.argv.slice(2)
const command = commands[name]
if (command === undefined) stop(`用法 / usage: node scripts/run.mjs ${Object.keys(commands).join(' | ')} [参数 / arguments]`)

try {
  await ensureInstalled()
} catch (error) {
  stop(error instanceof Error ? error.message : String(error))
}
await runPinned([path.join(root, command[0]), ...command.slice(1), ...args])

async function ensureInstalled() {
  if (isInstalled()) return
  const lock = path.join(tmpdir(), `quancheng-install-${hash(root).slice(0, 12)}.lock`)
  await locked(lock, async () => {
    if (isInstalled()) return // by the process we waited for
    console.error('正在安装依赖(首次运行或依赖有更新),约需一分钟…')
    await install()
    writeFileSync(stamp, lockHash())
    console.error('依赖已安装。')
  })
}

function lockHash() {
  return hash(readFileSync(path.join(root, 'package-lock.json')))
}

function isInstalled() {
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lockHash()) return true
  // someone ran npm himself: npm's own record says what is there
  const record = path.join(modules, '.package-lock.json')
  if (!existsSync(record)) return false
  const wanted = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')).packages
  const present = JSON.parse(readFileSync(record, 'utf8')).packages
  const same = (a, b) => a.version === b.version && a.integrity === b.integrity && a.resolved === b.resolved
  let all = true
  for (const [at, entry] of Object.entries(wanted)) {
    if (!at.startsWith('node_modules/')) continue
    const found = present[at]
    if (found !== undefined ? same(entry, found) : entry.optional && !isForHere(entry)) continue
    // a production install leaves development tools out, and these two do without them
    if (found === undefined && entry.dev && (name === 'start' || name === 'cli' || name === 'demo:play')) all = false
    else return false
  }
  if (all) tryWrite(stamp, lockHash())
  return true
}

/** Of the optional packages, those for this system are wanted. */
function isForHere(entry) {
  return entry.os?.includes(process.platform) && entry.cpu?.includes(process.arch) && entry.libc === undefined
}

async function install() {
  const npm = process.env.npm_execpath
  const options = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error', '--progress=false']
  const windows = process.platform === 'win32'
  const [file, before] = npm?.endsWith('.js') || npm?.endsWith('.cjs') ? [process.execPath, [npm]] : ['npm', []]
  const child = spawn(file, [...before, ...options], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], shell: windows && file === 'npm' })
  let output = ''
  const collect = (chunk) => (output = (output + chunk).slice(0, 20_000))
  child.stdout.on('data', collect)
  child.stderr.on('data', collect)
  const code = await new Promise((resolve) => {
    child.on('error', (error) => resolve(error.message))
    child.on('close', resolve)
  })
  if (code === 0) return
  const offline = /ENOTFOUND|ETIMEDOUT|ECONNREFUSED|ECONNRESET|EAI_AGAIN|network/i.test(output)
  throw new Error(
    [
      output.trim().split('\n').slice(0, 30).join('\n'), // npm says why first, and then how to use it
      offline
        ? '依赖安装失败:无法连接 npm 仓库。请检查网络或代理,或用 npm config set registry <地址> 换一个镜像,然后重试。'
        : '依赖安装失败,原因见上。修正后重试;也可以手动执行 npm ci 查看详情。',
      offline ? 'Installing failed: the npm registry cannot be reached. Check the network, then try again.' : 'Installing failed (npm ci).',
    ].join('\n'),
  )
}

/** Runs `work` in one process at a time; a lock whose process has died is taken over. */
async function locked(file, work) {
  let told = false
  for (;;) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' })
      break
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
    }
    const holder = Number(tryRead(file))
    if (holder > 0 && !isAlive(holder)) {
      rmSync(file, { force: true })
      continue
    }
    if (!told) console.error('另一个进程正在安装依赖,请稍候…')
    told = true
    await delay(300)
  }
  const release = () => rmSync(file, { force: true })
  const interrupted = () => {
    release()
    process.exit(130)
  }
  process.once('exit', release)
  process.once('SIGINT', interrupted)
  process.once('SIGTERM', interrupted)
  try {
    await work()
  } finally {
    release()
    process.off('exit', release)
    process.off('SIGINT', interrupted)
    process.off('SIGTERM', interrupted)
  }
}

/** The pinned Node of package.json's optionalDependencies, or the running one when it is new enough. */
function findNode() {
  const windows = process.platform === 'win32'
  const os = windows ? 'win' : process.platform
  const pinned = path.join(modules, `node-${os}-${process.arch}`, 'bin', windows ? 'node.exe' : 'node')
  for (const file of [pinned, path.join(modules, '.bin', windows ? 'node.exe' : 'node')]) {
    if (existsSync(file) && spawnSync(file, ['--version']).status === 0) return file
  }
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath
  return stop(
    `没有适合本机(${process.platform}-${process.arch})的内置 Node。请安装 Node.js 24 或更高版本后重试(当前 ${process.versions.node})。\n` +
      `There is no bundled Node for ${process.platform}-${process.arch}. Install Node.js 24 or later (this is ${process.versions.node}).`,
  )
}

async function runPinned(target) {
  const cache = path.join(modules, '.cache', 'node')
  if (process.env.NODE_COMPILE_CACHE === undefined) {
    try {
      mkdirSync(cache, { recursive: true })
      process.env.NODE_COMPILE_CACHE = cache
    } catch {
      // node_modules is read-only: slower starts, nothing else
    }
  }
  // children started by name (vite, test files) must get the same Node
  process.env.PATH = [path.join(modules, '.bin'), process.env.PATH ?? ''].join(path.delimiter)
  const nodeArgs = ['--disable-warning=ExperimentalWarning', ...target]
  const node = findNode()
  // newer Nodes can become the other program, which then has our process id and gets all signals itself
  if (typeof process.execve === 'function' && process.platform !== 'win32') process.execve(node, [node, ...nodeArgs], process.env)
  const child = spawn(node, nodeArgs, { stdio: 'inherit' })
  child.on('error', (error) => stop(error.message))

  // Ctrl-C in a terminal reaches the child by itself; a second one would mean "at once"
  const passed = new Set(process.stdin.isTTY ? ['SIGINT'] : [])
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      if (!passed.has(signal)) child.kill(signal)
      passed.add(signal)
    })
  }
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 128 + (constants.signals[signal] ?? 0)
  })
}

function hash(data) {
  return createHash('sha256').update(data).digest('hex')
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

function tryRead(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

function tryWrite(file, text) {
  try {
    writeFileSync(file, text)
  } catch {
    // not ours to write; the next run looks again
  }
}

function stop(message) {
  console.error(message)
  process.exit(1)
}

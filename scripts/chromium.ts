import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import path from 'node:path'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** A Chromium on this machine, or undefined. */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const given = env['CHROMIUM_PATH']
  const folders = [...(env['PATH'] ?? '').split(path.delimiter), '/usr/bin', '/usr/local/bin', '/snap/bin'].filter((dir) => dir !== '')
  const known = [
    ...names.flatMap((name) => folders.map((dir) => path.join(dir, name))),
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  ]
  return (given === undefined || given === '' ? known : [given]).find(isProgram)
}

/** Finds a Chromium or, as root where apt-get is, installs one with Chinese fonts. @throws with what to do otherwise */
export function ensureChromium(log: (line: string) => void): string {
  const found = findChromium()
  if (found !== undefined) return found
  if (process.env['CHROMIUM_PATH']) throw new Error(`CHROMIUM_PATH 指向的程序不存在 / no program at ${process.env['CHROMIUM_PATH']}`)
  if (process.getuid?.() === 0 && isProgram('/usr/bin/apt-get')) {
    log('正在安装浏览器 Chromium(端到端测试需要)…')
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    spawnSync('apt-get', ['update', '-q'], { stdio: 'ignore', env })
    const done = spawnSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium', 'fonts-noto-cjk'], { encoding: 'utf8', env })
    const installed = findChromium()
    if (installed !== undefined) return installed
    log(`${done.stdout ?? ''}${done.stderr ?? ''}`.slice(-2000))
  }
  throw new Error(
    '端到端测试需要 Chromium 或 Chrome。请安装它(Debian/Ubuntu: apt-get install chromium fonts-noto-cjk),或用环境变量 CHROMIUM_PATH 指明位置。\n' +
      'The end-to-end tests need Chromium or Chrome: install it, or name it in CHROMIUM_PATH.',
  )
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

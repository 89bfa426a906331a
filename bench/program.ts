import { spawn, type ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'

export const root = path.join(import.meta.dirname, '..')

export interface Program { port: number; pid: number; stop(): Promise<void> }

/** Starts a program of this repository and waits for the line that tells its port. */
export function startProgram(file: string, args: readonly string[], o: { env: Record<string, string>; ready: RegExp; profile?: string | null }): Promise<Program> {
  const node = ['--disable-warning=ExperimentalWarning', ...(o.profile ? ['--cpu-prof', `--cpu-prof-dir=${o.profile}`] : [])]
  const child = spawn(process.execPath, [...node, path.join(root, file), ...args], { cwd: root, env: { ...process.env, ...o.env }, stdio: ['ignore', 'pipe', 'pipe'] })
  // whoever ends the measurement ends what it started
  const orphan = (): void => { child.kill('SIGTERM') }
  process.once('exit', orphan)
  child.once('exit', () => process.off('exit', orphan))
  for (const signal of ['SIGINT', 'SIGTERM'] as const) if (!process.listenerCount(signal)) process.once(signal, () => process.exit(1))
  const gone = new Promise<void>(resolve => child.once('exit', () => resolve()))
  const stop = async (): Promise<void> => { if (child.exitCode === null) child.kill('SIGTERM'); await gone }
  return new Promise((resolve, reject) => {
    let text = ''
    const read = (chunk: Buffer): void => {
      text = (text + chunk.toString()).slice(-20_000)
      const found = o.ready.exec(text)
      if (found) resolve({ port: Number(found[1]), pid: child.pid!, stop })
    }
    child.stdout!.on('data', read)
    child.stderr!.on('data', (chunk: Buffer) => { read(chunk); process.stderr.write(chunk) })
    failed(child, reject, () => text)
  })
}

function failed(child: ChildProcess, reject: (e: Error) => void, output: () => string): void {
  child.once('error', reject)
  child.once('exit', code => reject(new Error(`程序已退出（${code}）\n${output()}`)))
}

/** The whole product, as `npm start` starts it, with an empty company in a folder of its own. */
export const startQuancheng = (dataDir: string, profile: string | null): Promise<Program> =>
  startProgram('apps/server/src/cli.ts', ['start'], { env: { QUANCHENG_DATA: dataDir, QUANCHENG_DEMO: 'off', PORT: '0', HOST: '127.0.0.1', DATABASE_URL: '' }, ready: /http:\/\/localhost:(\d+)/, profile })

export const postmasterOf = (dataDir: string): number => Number(readFileSync(path.join(dataDir, 'pg', 'postmaster.pid'), 'utf8').split('\n')[0])

import { randomBytes } from 'node:crypto'
import { chmod, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { codeOf, EmbeddedError } from './problem.ts'

/** A lock left by a process that died is taken over after this time, in ms; writing a small file takes far less. */
const staleLock = 10_000

/**
 * One named secret in `<dataDir>/secrets.json` (mode 0600), made on first use. Other keys in the file are kept, and several
 * processes asking at once get the same value.
 */
export async function secretOf(dataDir: string, name: string, create: () => string = randomSecret): Promise<string> {
  const file = path.join(dataDir, 'secrets.json')
  const present = (await readSecrets(file))[name]
  if (typeof present === 'string') return present
  return withLock(`${file}.lock`, async () => {
    const all = await readSecrets(file)
    const now = all[name]
    if (typeof now === 'string') return now
    const value = create()
    const temporary = `${file}.${process.pid}.tmp`
    const handle = await open(temporary, 'w', 0o600)
    try {
      await handle.writeFile(`${JSON.stringify({ ...all, [name]: value }, null, 2)}\n`)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await chmod(temporary, 0o600)
    await rename(temporary, file)
    return value
  })
}

function randomSecret(): string {
  return randomBytes(24).toString('base64url')
}

async function readSecrets(file: string): Promise<Record<string, unknown>> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return '{}'
    throw error
  })
  try {
    return JSON.parse(text) as Record<string, unknown>
  } catch (cause) {
    throw new EmbeddedError(
      'EMBEDDED_FOLDER',
      `密钥文件 ${file} 已损坏,请从备份恢复它。`,
      `The secrets file ${file} is damaged; restore it from a backup.`,
      cause,
    )
  }
}

async function withLock<T>(lock: string, work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      await mkdir(lock)
      break
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error
      const age = await stat(lock).then((s) => Date.now() - s.mtimeMs, () => 0)
      if (age > staleLock) await rm(lock, { recursive: true, force: true })
      else await delay(20)
    }
  }
  try {
    return await work()
  } finally {
    await rm(lock, { recursive: true, force: true })
  }
}

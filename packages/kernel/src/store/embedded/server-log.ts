import { open, readdir, stat } from 'node:fs/promises'
import path from 'node:path'

/** Sizes of the log files of a folder at one moment, in bytes. */
export type LogMark = ReadonlyMap<string, number>

/** At most this much of the end of a log is shown, in bytes and in lines; the folder is named for the rest. */
const shownBytes = 8192
const shownLines = 20

export async function markLogs(logDir: string): Promise<LogMark> {
  const sizes = new Map<string, number>()
  for (const file of await logFiles(logDir)) sizes.set(file, (await stat(file).catch(() => undefined))?.size ?? 0)
  return sizes
}

/** The last lines written to the logs of a folder since the mark; empty when there are none. */
export async function linesSince(logDir: string, mark: LogMark): Promise<string> {
  let text = ''
  for (const file of await logFiles(logDir)) text += await end(file, mark.get(file) ?? 0).catch(() => '')
  return text.trim().split('\n').slice(-shownLines).join('\n')
}

async function logFiles(logDir: string): Promise<string[]> {
  const names = await readdir(logDir).catch((): string[] => [])
  return names.filter((name) => name.endsWith('.log')).sort().map((name) => path.join(logDir, name))
}

async function end(file: string, since: number): Promise<string> {
  const handle = await open(file)
  try {
    const { size } = await handle.stat()
    const grown = size < since ? 0 : since // begun anew when its weekday came round
    const from = Math.max(grown, size - shownBytes)
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(size - from), 0, size - from, from)
    const text = buffer.toString('utf8', 0, bytesRead)
    return from > grown ? text.slice(text.indexOf('\n') + 1) : text
  } finally {
    await handle.close()
  }
}

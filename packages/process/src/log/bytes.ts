import { createReadStream } from 'node:fs'
import { Readable, pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { StopReading } from './problems.ts'

export type ByteSource = AsyncIterable<Uint8Array> | Iterable<Uint8Array> | string

export interface OpenedBytes {
  gzip: boolean
  /** Bytes handed out so far, after unzipping. */
  readonly bytes: number
  chunks: AsyncIterable<Uint8Array>
}

/** Enough to know a format by its first bytes. */
const HEAD = 4

/**
 * Opens a file path or a stream; unzips when the first two bytes are those of gzip (RFC 1952), whatever the file is called.
 * @param maxBytes the most that may come out; beyond it reading stops with TOO_LARGE
 */
export async function openBytes(source: ByteSource, maxBytes: number): Promise<OpenedBytes> {
  const raw = iterate(source)
  const head = await takeHead(raw)
  const gzip = head.length >= 2 && head[0] === 0x1f && head[1] === 0x8b
  const state = { bytes: 0 }
  const whole = chain(head, raw)
  return {
    gzip,
    get bytes() { return state.bytes },
    chunks: counted(gzip ? gunzip(whole) : whole, maxBytes, state),
  }
}

async function* iterate(source: ByteSource): AsyncGenerator<Uint8Array> {
  try {
    yield* typeof source === 'string' ? createReadStream(source) : source
  } catch (error) {
    if (typeof source !== 'string') throw error
    const code = (error as NodeJS.ErrnoException).code ?? ''
    const why = code === 'ENOENT' ? '找不到该文件' : code === 'EISDIR' ? '这是一个文件夹，不是文件' : code === 'EACCES' ? '没有读取该文件的权限' : `读取文件时出错（${code}）`
    throw new StopReading({ row: 0, line: 0, code: 'FILE', message: `${why}，请检查路径后重试。` })
  }
}

async function takeHead(raw: AsyncGenerator<Uint8Array>): Promise<Uint8Array> {
  let head: Uint8Array = new Uint8Array(0)
  while (head.length < HEAD) {
    const { value, done } = await raw.next()
    if (done) break
    head = head.length === 0 ? value : Buffer.concat([head, value])
  }
  return head
}

async function* chain(head: Uint8Array, rest: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (head.length > 0) yield head
  yield* rest
}

async function* gunzip(zipped: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let taken = 0
  async function* counting() {
    for await (const chunk of zipped) {
      taken += chunk.length
      yield chunk
    }
  }
  const unzip = createGunzip({ chunkSize: 64 * 1024 })
  pipeline(Readable.from(counting(), { objectMode: false }), unzip, () => {})
  try {
    yield* unzip
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? ''
    if (!code.startsWith('Z_')) throw error
    const what = code === 'Z_BUF_ERROR' ? `压缩文件不完整，在第 ${taken} 字节处中断` : `压缩文件已损坏（读到第 ${taken} 字节附近）`
    throw new StopReading({ row: 0, line: 0, code: 'GZIP', message: `${what}，请重新导出或重新上传。` })
  }
}

async function* counted(chunks: AsyncIterable<Uint8Array>, maxBytes: number, state: { bytes: number }): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    state.bytes += chunk.length
    if (state.bytes > maxBytes) {
      throw new StopReading({ row: 0, line: 0, code: 'TOO_LARGE', message: `文件解压后超过 ${Math.round(maxBytes / 1024 ** 2)} MB 的上限，请按时间段拆分后分别导入。` })
    }
    yield chunk
  }
}

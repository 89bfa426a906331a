import { StopReading } from './problems.ts'
import type { LogEncoding } from './types.ts'

export interface DecodedText {
  /** Known for sure once the first text beyond ASCII has been read. */
  readonly encoding: LogEncoding
  /** Lines completed in the text handed out so far. */
  readonly lines: number
  chunks: AsyncIterable<string>
}

/** Bytes beyond the first non-ASCII one that are looked at to tell UTF-8 from GB18030. */
const WINDOW = 8 * 1024

const DECLARED: Record<string, LogEncoding> = {
  'utf-8': 'utf-8', utf8: 'utf-8', 'us-ascii': 'utf-8', gb2312: 'gb18030', gbk: 'gb18030', gb18030: 'gb18030',
  'iso-8859-1': 'iso-8859-1', 'windows-1252': 'windows-1252',
}

/**
 * Decodes bytes: `forced`, else the byte order mark, else the encoding an XML declaration names, else UTF-8 where the
 * first stretch beyond ASCII is valid UTF-8, and GB18030 (what spreadsheets in China save) where not. Characters cut
 * by chunk borders come out whole; a byte that is not text in the encoding stops reading with ENCODING and its line.
 */
export function decodeText(bytes: AsyncIterable<Uint8Array>, forced?: LogEncoding): DecodedText {
  const state: { encoding: LogEncoding; lines: number } = { encoding: forced ?? 'utf-8', lines: 0 }
  return {
    get encoding() { return state.encoding },
    get lines() { return state.lines },
    chunks: run(bytes, forced, state),
  }
}

async function* run(bytes: AsyncIterable<Uint8Array>, forced: LogEncoding | undefined, state: { encoding: LogEncoding; lines: number }) {
  let decoder: TextDecoder | null = forced ? new TextDecoder(forced, { fatal: true }) : null
  let first = true
  let held: Uint8Array = new Uint8Array(0)
  const take = (chunk: Uint8Array, stream: boolean): string => {
    const text = decode(decoder!, chunk, stream, state)
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) state.lines++
    return text
  }
  for await (const chunk of bytes) {
    if (decoder) {
      yield take(chunk, true)
      continue
    }
    held = held.length ? Buffer.concat([held, chunk]) : chunk
    if (first && held.length < 256) continue
    decoder = choose(held, first, false)
    first = false
    if (decoder) {
      state.encoding = decoder.encoding as LogEncoding
      yield take(held, true)
      held = new Uint8Array(0)
      continue
    }
    // Pure ASCII up to here reads the same in both candidates: hand it on and decide later.
    const ascii = firstBeyondAscii(held)
    const sure = held.subarray(0, ascii)
    held = held.subarray(ascii)
    if (sure.length) {
      decoder = new TextDecoder('utf-8')
      yield take(sure, false)
      decoder = null
    }
  }
  if (!decoder) {
    decoder = choose(held, first, true) ?? new TextDecoder('utf-8', { fatal: true })
    state.encoding = decoder.encoding as LogEncoding
  }
  const last = take(held, false)
  if (last) yield last
}

/** Null while nothing beyond ASCII, or too little of it, has been seen. */
function choose(bytes: Uint8Array, first: boolean, end: boolean): TextDecoder | null {
  const fatal = { fatal: true }
  if (first) {
    const [a, b, c] = bytes
    if (a === 0xef && b === 0xbb && c === 0xbf) return new TextDecoder('utf-8', fatal)
    if (a === 0xff && b === 0xfe) return new TextDecoder('utf-16le', fatal)
    if (a === 0xfe && b === 0xff) return new TextDecoder('utf-16be', fatal)
    const head = Buffer.from(bytes.subarray(0, 256)).toString('latin1')
    const declared = DECLARED[/^\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.-]+)["']/.exec(head)?.[1]?.toLowerCase() ?? '']
    if (declared) return new TextDecoder(declared, fatal)
  }
  const from = firstBeyondAscii(bytes)
  if (from === bytes.length || (!end && bytes.length - from < WINDOW)) return null
  try {
    new TextDecoder('utf-8', fatal).decode(bytes.subarray(from, from + WINDOW), { stream: !end || bytes.length - from > WINDOW })
    return new TextDecoder('utf-8', fatal)
  } catch {
    return new TextDecoder('gb18030', fatal)
  }
}

function firstBeyondAscii(bytes: Uint8Array): number {
  const at = bytes.findIndex(byte => byte > 0x7f)
  return at < 0 ? bytes.length : at
}

function decode(decoder: TextDecoder, chunk: Uint8Array, stream: boolean, state: { encoding: LogEncoding; lines: number }): string {
  try {
    return decoder.decode(chunk, { stream })
  } catch {
    const line = state.lines + 1
    throw new StopReading({ row: line, line, code: 'ENCODING', message: `第 ${line} 行之后有不是 ${state.encoding.toUpperCase()} 编码的文字，请另存为 UTF-8 后重试，或指定正确的编码。` })
  }
}

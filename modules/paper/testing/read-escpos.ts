/** What a receipt printer would make of bytes: a small reader for tests. Throws for a command that it does not know. */
export interface Printed { lines: string[]; qr: string[]; barcodes: string[]; cuts: number; initialised: boolean; chinese: boolean }

const ESC = 0x1b, GS = 0x1d, FS = 0x1c
/** how many bytes of arguments follow the two of the command */
const LENGTHS: Record<string, number> = { '1b:61': 1, '1b:45': 1, '1b:64': 1, '1d:21': 1, '1c:57': 1, '1d:68': 1, '1d:77': 1, '1d:48': 1, '1d:56': 1 }

export function readEscPos(data: Buffer): Printed {
  const out: Printed = { lines: [], qr: [], barcodes: [], cuts: 0, initialised: false, chinese: false }
  let line: number[] = [], stored = ''
  const flush = (): void => { out.lines.push(new TextDecoder('gb18030', { fatal: true }).decode(Uint8Array.from(line))); line = [] }
  for (let i = 0; i < data.length;) {
    const a = data[i]!, b = data[i + 1]
    if (a === 0x0a) { flush(); i++; continue }
    if (![ESC, GS, FS].includes(a)) {
      if (a < 0x20) throw new Error(`control byte ${a} at ${i}`)
      line.push(a)
      i++
      continue
    }
    if (a === ESC && b === 0x40) { out.initialised = true; i += 2; continue }
    if (a === FS && b === 0x26) { out.chinese = true; i += 2; continue }
    if (a === GS && b === 0x28 && data[i + 2] === 0x6b) {
      const length = data[i + 3]! + 256 * data[i + 4]!, body = data.subarray(i + 5, i + 5 + length)
      if (body[1] === 0x50) stored = body.subarray(3).toString('utf8')
      if (body[1] === 0x51) out.qr.push(stored)
      i += 5 + length
      continue
    }
    if (a === GS && b === 0x6b && data[i + 2] === 73) {
      const length = data[i + 3]!
      out.barcodes.push(barcode(data.subarray(i + 4, i + 4 + length)))
      i += 4 + length
      continue
    }
    const length = LENGTHS[`${a.toString(16)}:${b!.toString(16)}`]
    if (length === undefined) throw new Error(`unknown command ${a.toString(16)} ${b?.toString(16)} at ${i}`)
    if (a === GS && b === 0x56) out.cuts++
    i += 2 + length
  }
  return out
}

function barcode(data: Buffer): string {
  let set = '', text = ''
  for (let i = 0; i < data.length; i++) {
    const c = data[i]!
    if (c === 0x7b && data[i + 1] !== 0x7b) { set = String.fromCharCode(data[++i]!); continue }
    if (c === 0x7b) i++
    text += set === 'C' ? String(c).padStart(2, '0') : String.fromCharCode(c)
  }
  return text
}

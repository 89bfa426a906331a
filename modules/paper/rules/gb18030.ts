/*
 * GB 18030, the character set of Chinese receipt printers. The platform only decodes it; the table for the other way is made once, by
 * decoding every code there is. Two bytes: lead 81–FE, trail 40–7E and 80–FE. Four bytes: the rest of the BMP in rising order, then the
 * planes above it in rising order from 90 30 81 30.
 */

const TRAILS = [...Array.from({ length: 0x3f }, (_, i) => 0x40 + i), ...Array.from({ length: 0x7f }, (_, i) => 0x80 + i)]
/** four-byte codes of the BMP: 81 30 81 30 to 84 31 A4 39 */
const FOUR_BYTE_BMP = 39_420
const PLANES_FROM = 189_000

/** by UTF-16 unit: the code as a number, of two bytes or four; 0 where there is none */
let table: Uint32Array | null = null

const fourBytes = (linear: number): number =>
  (((0x81 + Math.floor(linear / 12_600)) << 24) | ((0x30 + (Math.floor(linear / 1260) % 10)) << 16) | ((0x81 + (Math.floor(linear / 10) % 126)) << 8) | (0x30 + (linear % 10))) >>> 0

function tableOf(): Uint32Array {
  if (table) return table
  const made = new Uint32Array(0x10000), decoder = new TextDecoder('gb18030')
  const enter = (codes: readonly number[], bytes: Uint8Array): void => {
    const text = decoder.decode(bytes)
    // one unit a code, or the table would shift without being noticed
    if (text.length !== codes.length) throw new Error('the platform decodes GB 18030 in another way')
    for (const [i, code] of codes.entries()) {
      const unit = text.charCodeAt(i)
      if (unit !== 0xfffd && !made[unit]) made[unit] = code
    }
  }
  const two = Array.from({ length: 126 }, (_, i) => 0x81 + i).flatMap(lead => TRAILS.map(trail => (lead << 8) | trail))
  enter(two, Uint8Array.from(two.flatMap(c => [c >> 8, c & 0xff])))
  const four = Array.from({ length: FOUR_BYTE_BMP }, (_, i) => fourBytes(i))
  const fourText = Uint8Array.from(four.flatMap(c => [c >>> 24, (c >> 16) & 0xff, (c >> 8) & 0xff, c & 0xff]))
  enter(four, fourText)
  return (table = made)
}

/** The bytes of a text. Every assigned character has a code; a lone surrogate and a few places of private use become a question mark. */
export function encodeGb18030(text: string): Buffer {
  const codes = tableOf(), out: number[] = []
  for (const char of text) {
    const point = char.codePointAt(0)!
    if (point < 0x80) { out.push(point); continue }
    const code = point > 0xffff ? fourBytes(PLANES_FROM + point - 0x10000) : codes[point]!
    if (!code) out.push(0x3f)
    else if (code > 0xffff) out.push(code >>> 24, (code >> 16) & 0xff, (code >> 8) & 0xff, code & 0xff)
    else out.push(code >> 8, code & 0xff)
  }
  return Buffer.from(out)
}

/*
 * Code 128 (ISO/IEC 15417), sets B (text) and C (pairs of digits). A symbol is three bars and three spaces over eleven modules; the stop
 * symbol has a bar more.
 */

/** widths of bar, space, bar, space, bar, space by symbol value; 103–105 start A, B, C; 106 stop */
const WIDTHS = (
  '212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 ' +
  '212123 212321 232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 ' +
  '314111 221411 431111 111224 111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 ' +
  '214121 412121 111143 111341 131141 114113 114311 411113 411311 113141 114131 311141 411131 211412 211214 211232 2331112'
).split(' ')

const TO_C = 99, TO_B = 100, START_B = 104, START_C = 105, STOP = 106

/** `B`: characters, `C`: pairs of digits */
export interface Chunk { set: 'B' | 'C'; text: string }
export interface Code128 { chunks: Chunk[]; values: number[]; /** widths in modules, bar first, then space, bar … */ bars: number[]; modules: number }

/** Runs of digits go two to a symbol where that is shorter: four at either end, six in between; an odd one out stays in set B. */
function chunksOf(text: string): Chunk[] {
  const chunks: Chunk[] = []
  const add = (set: Chunk['set'], piece: string): void => {
    if (!piece) return
    const last = chunks.at(-1)
    if (last?.set === set) last.text += piece
    else chunks.push({ set, text: piece })
  }
  for (const run of text.match(/\d+|\D+/g) ?? []) {
    const atEnd = text.startsWith(run) || text.endsWith(run)
    if (!/^\d/.test(run) || run.length < (atEnd ? 4 : 6)) { add('B', run); continue }
    const odd = run.length % 2
    add('B', run.slice(0, odd))
    add('C', run.slice(odd))
  }
  return chunks
}

/** The symbols of a text in printable ASCII; throws for any other character. The check symbol is the weighted sum of the values modulo 103. */
export function code128(text: string): Code128 {
  if (!/^[\x20-\x7e]+$/.test(text)) throw new Error('Code 128 takes printable ASCII here')
  const chunks = chunksOf(text), values: number[] = []
  for (const [i, { set, text: piece }] of chunks.entries()) {
    values.push(i === 0 ? (set === 'B' ? START_B : START_C) : set === 'B' ? TO_B : TO_C)
    if (set === 'B') for (const c of piece) values.push(c.charCodeAt(0) - 32)
    else for (let k = 0; k < piece.length; k += 2) values.push(Number(piece.slice(k, k + 2)))
  }
  const check = values.reduce((sum, v, i) => sum + v * Math.max(1, i), 0) % 103
  values.push(check, STOP)
  const bars = values.flatMap(v => [...WIDTHS[v]!].map(Number))
  return { chunks, values, bars, modules: bars.reduce((a, b) => a + b, 0) }
}

/** The bars as an SVG path one module a unit wide and one unit high. */
export function barPath({ bars }: Pick<Code128, 'bars'>): string {
  let at = 0, path = ''
  for (const [i, width] of bars.entries()) {
    if (i % 2 === 0) path += `M${at} 0h${width}v1h-${width}z`
    at += width
  }
  return path
}

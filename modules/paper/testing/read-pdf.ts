import { inflateSync } from 'node:zlib'

/**
 * The text of a PDF as our documents are made: compressed streams, one embedded font whose ToUnicode map says what each glyph stands for.
 * For tests; what it finds is what a reader can copy and search. One piece a line.
 */
export function readPdf(file: Buffer): { text: string; pages: number } {
  const streams = streamsOf(file)
  const map = new Map<string, string>()
  for (const cmap of streams.filter(s => s.includes('begincmap'))) readMap(cmap, map)
  const pieces = streams.filter(s => /\bTJ\b|\bTj\b/.test(s)).flatMap(content => [...content.matchAll(/\[([^\]]*)\]\s*TJ|<([0-9a-fA-F]+)>\s*Tj/g)].map(m => glyphs(m[1] ?? `<${m[2]}>`, map)))
  return { text: pieces.join('\n'), pages: (file.toString('latin1').match(/\/Type \/Page\b/g) ?? []).length }
}

function streamsOf(file: Buffer): string[] {
  const out: string[] = []
  for (let at = file.indexOf('stream\n'); at >= 0; at = file.indexOf('stream\n', at + 7)) {
    if (file.subarray(at - 3, at).toString('latin1') === 'end') continue
    try { out.push(inflateSync(file.subarray(at + 7, file.indexOf('endstream', at))).toString('latin1')) } catch { /* not compressed, or an image */ }
  }
  return out
}

const utf16 = (hex: string): string => Buffer.from(hex, 'hex').swap16().toString('utf16le')

function readMap(cmap: string, into: Map<string, string>): void {
  for (const [, body] of cmap.matchAll(/beginbfrange([\s\S]*?)endbfrange/g)) {
    for (const [, from, , list] of body!.matchAll(/<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>\s*\[([^\]]*)\]/g)) {
      for (const [i, target] of [...list!.matchAll(/<([0-9a-fA-F ]+)>/g)].entries()) into.set((parseInt(from!, 16) + i).toString(16).padStart(4, '0'), utf16(target[1]!.replaceAll(' ', '')))
    }
  }
}

const glyphs = (array: string, map: Map<string, string>): string =>
  [...array.matchAll(/<([0-9a-fA-F]+)>/g)].flatMap(m => m[1]!.match(/.{4}/g) ?? []).map(g => map.get(g.toLowerCase()) ?? '\ufffd').join('')

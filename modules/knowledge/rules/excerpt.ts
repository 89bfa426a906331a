export interface Piece { text: string; hit: boolean }

/** Markdown as it reads aloud: without marks, in one line. */
export const plainText = (markdown: string): string =>
  markdown.replace(/!\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/\[([^\]]+)\]\([^)]*\)/g, '$1').replace(/^(#{1,6} |> ?|[-*] |\d+[.)、] )/gm, '').replace(/[*`|]/g, '').replace(/\s+/g, ' ').trim()

const escape = (word: string): string => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
const matcher = (words: readonly string[]): RegExp | null => {
  const useful = [...new Set(words.filter(w => w.length > 0))].toSorted((a, b) => b.length - a.length)
  return useful.length ? new RegExp(useful.map(escape).join('|'), 'giu') : null
}

/** The text in pieces, those that were looked for marked. */
export function marked(text: string, words: readonly string[]): Piece[] {
  const find = matcher(words)
  if (!find) return text ? [{ text, hit: false }] : []
  const pieces: Piece[] = []
  let last = 0
  for (const m of text.matchAll(find)) {
    if (m.index > last) pieces.push({ text: text.slice(last, m.index), hit: false })
    pieces.push({ text: m[0], hit: true })
    last = m.index + m[0].length
  }
  if (last < text.length) pieces.push({ text: text.slice(last), hit: false })
  return pieces
}

const BEFORE = 24

/** So many characters of a text around what was looked for. */
export function excerpt(markdown: string, words: readonly string[], length = 120): Piece[] {
  const text = plainText(markdown)
  const at = matcher(words)?.exec(text)?.index ?? 0
  const from = at > BEFORE ? at - BEFORE : 0
  return marked(`${from > 0 ? '…' : ''}${text.slice(from, from + length)}${from + length < text.length ? '…' : ''}`, words)
}

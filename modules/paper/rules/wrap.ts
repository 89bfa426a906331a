/** East Asian wide and fullwidth characters take two columns of a receipt printer, all others one. */
const WIDE = /[\u1100-\u115F\u2010-\u2027\u2030-\u205E\u2460-\u24FF\u2500-\u257F\u25A0-\u25FF\u2600-\u26FF\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE10-\uFE1F\uFE30-\uFE6F\uFF01-\uFF60\uFFE0-\uFFE6\u{1F000}-\u{3FFFD}]/u
/** what must not begin a line */
const CLOSING = new Set('，。、；：？！）】》」』”’…,.;:?!)]}%')

export const widthOf = (text: string): number => [...text].reduce((n, c) => n + (WIDE.test(c) ? 2 : 1), 0)

/**
 * Breaks a text into lines of at most so many columns: between any two Chinese characters, Latin words as a whole where they fit, a closing
 * mark never at the start of a line (the character before it goes down with it).
 */
export function wrap(text: string, columns: number): string[] {
  const lines: string[] = []
  let line = ''
  const put = (piece: string): void => {
    if (widthOf(line) + widthOf(piece) <= columns) { line += piece; return }
    if (CLOSING.has(piece)) {
      const last = [...line].at(-1) ?? ''
      const rest = line.slice(0, line.length - last.length)
      if (rest) { lines.push(rest.trimEnd()); line = last + piece; return }
    }
    if (line.trim()) lines.push(line.trimEnd())
    line = ''
    if (widthOf(piece) <= columns) { line = piece.trimStart(); return }
    for (const c of piece) { // a word longer than the paper
      if (widthOf(line) + widthOf(c) > columns) { lines.push(line); line = '' }
      line += c
    }
  }
  for (const piece of piecesOf(text)) put(piece)
  if (line.trim()) lines.push(line.trimEnd())
  return lines
}

/** Words of Latin letters and digits stay together; everything else stands by itself. */
const piecesOf = (text: string): string[] => text.match(/[A-Za-z0-9_@#&/+\-.]*[A-Za-z0-9]|[\s\S]/gu) ?? []

/** One import, export-from or dynamic import of a file. */
export interface Import {
  from: string
  /** from 1 */
  line: number
  typeOnly: boolean
}

const statement = /(?:^|[\n;])\s*(?:import|export)\s+(?:(type)\s)?[^;'"`()=]*?\bfrom\s*(['"])([^'"\n]+)\2/g
const sideEffect = /(?:^|[\n;])\s*import\s*(['"])([^'"\n]+)\1/g
const dynamic = /\bimport\s*\(\s*(['"])([^'"\n]+)\1/g

/** The imports of a TypeScript source, found by their text; good enough for a house whose imports are written plainly. */
export function importsOf(source: string): Import[] {
  const text = withoutComments(source)
  const found: Import[] = []
  for (const match of text.matchAll(statement)) {
    found.push({ from: match[3] ?? '', line: lineOf(text, match.index + match[0].length), typeOnly: match[1] !== undefined })
  }
  for (const pattern of [sideEffect, dynamic]) {
    for (const match of text.matchAll(pattern)) {
      found.push({ from: match[2] ?? '', line: lineOf(text, match.index + match[0].length), typeOnly: false })
    }
  }
  return found
}

/** Blanks out comments, keeping line numbers. Strings are passed over, so that `'https://…'` survives. */
export function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|(['"`])(?:\\[\s\S]|(?!\1)[^\\\n])*\1|\/\/[^\n]*/g, (match, quote: string | undefined) =>
    quote === undefined ? match.replace(/[^\n]/g, ' ') : match,
  )
}

export function lineOf(text: string, index: number): number {
  return text.slice(0, index).split('\n').length
}

/** Cells as spreadsheet programs put them on the clipboard: tabs and line ends, quotes around what contains one of these. */
export function toTsv(rows: readonly (readonly string[])[]): string {
  return rows.map(row => row.map(cell => (/["\t\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join('\t')).join('\n')
}

export function fromTsv(text: string): string[][] {
  const rows: string[][] = [[]]
  let cell = '', i = 0
  const end = () => { rows.at(-1)!.push(cell); cell = '' }
  while (i < text.length) {
    const sign = text[i]!
    if (sign === '"' && cell === '') {
      const closed = quotedCell(text, i)
      if (closed) { cell = closed.cell; i = closed.next; continue }
    }
    if (sign === '\t') end()
    else if (sign === '\n' || sign === '\r') {
      end()
      rows.push([])
      if (sign === '\r' && text[i + 1] === '\n') i += 1
    } else cell += sign
    i += 1
  }
  end()
  // programs end the last row with a line end too
  if (rows.length > 1 && rows.at(-1)!.length === 1 && rows.at(-1)![0] === '') rows.pop()
  return rows
}

/** A cell in quotes that ends before a tab or line end; `"a", "b"` is no such cell but FEEL, and is taken as it stands. */
function quotedCell(text: string, from: number): { cell: string; next: number } | null {
  let cell = ''
  for (let i = from + 1; i < text.length; i += 1) {
    if (text[i] !== '"') { cell += text[i]!; continue }
    if (text[i + 1] === '"') { cell += '"'; i += 1; continue }
    const after = text[i + 1]
    return after === undefined || after === '\t' || after === '\n' || after === '\r' ? { cell, next: i + 1 } : null
  }
  return null
}

import type PDFDocument from 'pdfkit'

/** A document of running text for A4: headings, paragraphs and tables, plain data so that it can be handed to another thread. */
export interface TextDocument { kind: 'text'; company: string; title: string; number: string; blocks: readonly TextBlock[]; made: string }
export type TextBlock = { kind: 'heading'; level: 1 | 2 | 3; text: string } | { kind: 'paragraph'; text: string } | { kind: 'item'; mark: string; text: string } | { kind: 'table'; rows: ReadonlyArray<readonly string[]>; right: readonly boolean[]; widths?: readonly number[] }

const LEFT = 60, WIDTH = 475, BOTTOM = 780
const plain = (text: string): string => text.replace(/\\([\\`*_[\]<>|#])/g, '$1').replace(/\*\*(.+?)\*\*/g, '$1')
const cells = (line: string): string[] => line.trim().replace(/^\||\|$/g, '').split(/(?<!\\)\|/).map(c => plain(c.trim()))

/** The part of Markdown that contracts use: `#` headings, lists, tables, paragraphs; a line break in a paragraph stays one. */
export function blocksOf(markdown: string): TextBlock[] {
  const blocks: TextBlock[] = [], lines = markdown.split(/\r?\n/)
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i]!.trimEnd(), heading = /^(#{1,6})\s+(.*)$/.exec(line), item = /^\s*([-*]|\d+[.)])\s+(.*)$/.exec(line)
    if (!line.trim()) continue
    if (heading) { blocks.push({ kind: 'heading', level: Math.min(3, heading[1]!.length) as 1 | 2 | 3, text: plain(heading[2]!) }); continue }
    if (line.startsWith('|') && /^\|[\s:|-]+\|$/.test(lines[i + 1]?.trim() ?? '')) {
      const rows = [cells(line)], right = cells(lines[i + 1]!).map(c => c.endsWith('-:'))
      for (i += 2; i < lines.length && lines[i]!.trim().startsWith('|'); i++) rows.push(cells(lines[i]!))
      i--
      blocks.push({ kind: 'table', rows, right })
      continue
    }
    if (item) { blocks.push({ kind: 'item', mark: /\d/.test(item[1]!) ? item[1]! : '•', text: plain(item[2]!) }); continue }
    const last = blocks.at(-1), before = lines[i - 1]?.trim()
    if (last?.kind === 'paragraph' && before && !before.startsWith('#') && !before.startsWith('|')) blocks[blocks.length - 1] = { kind: 'paragraph', text: `${last.text}\n${plain(line)}` }
    else blocks.push({ kind: 'paragraph', text: plain(line) })
  }
  return blocks
}

export function drawText(doc: PDFDocument, d: TextDocument): void {
  doc.fillColor('#000000')
  doc.y = 56
  for (const b of d.blocks) {
    if (b.kind === 'table') { drawTable(doc, b); continue }
    const size = b.kind === 'heading' ? [19, 13, 11][b.level - 1]! : 10.5, gap = b.kind === 'heading' ? 10 : 5, title = b.kind === 'heading' && b.level === 1, indent = b.kind === 'item' ? 20 : 0
    doc.fontSize(size)
    const height = Math.min(doc.heightOfString(b.text, { width: WIDTH - indent, lineGap: 4 }), 120)
    if (doc.y + gap + height > BOTTOM) { doc.addPage(); doc.y = 56 }
    doc.y += gap
    const top = doc.y
    if (b.kind === 'item') doc.text(b.mark, LEFT, top, { width: indent, lineBreak: false })
    doc.text(b.text, LEFT + indent, top, { width: WIDTH - indent, align: title ? 'center' : 'left', lineGap: 4 })
  }
  const { count } = doc.bufferedPageRange()
  for (let i = 0; i < count; i++) {
    doc.switchToPage(i)
    doc.fontSize(8).fillColor('#555555').text(`${d.number}　${d.made}　第 ${i + 1} 页，共 ${count} 页`, LEFT, 806, { width: WIDTH, align: 'center', lineBreak: false })
  }
}

/** Columns as wide as their longest cell asks for, within bounds. */
function drawTable(doc: PDFDocument, t: Extract<TextBlock, { kind: 'table' }>): void {
  const columns = t.rows[0]?.length ?? 0
  doc.fontSize(9.5)
  const asked = Array.from({ length: columns }, (_, c) => Math.min(220, Math.max(36, ...t.rows.map(r => doc.widthOfString(r[c] ?? '') + 12)))), sum = asked.reduce((a, b) => a + b, 0), widths = t.widths ?? asked.map(w => w * WIDTH / sum)
  doc.y += 6
  for (const [i, row] of t.rows.entries()) {
    doc.fontSize(9.5)
    const height = Math.max(...row.map((cell, c) => doc.heightOfString(cell || ' ', { width: (widths[c] ?? 40) - 10 }))) + 8
    if (doc.y + height > BOTTOM) { doc.addPage(); doc.y = 56 }
    const top = doc.y
    let x = LEFT
    for (const [c, cell] of row.entries()) {
      const w = widths[c] ?? 40
      if (i === 0) doc.rect(x, top, w, height).fill('#f2f2f2')
      doc.lineWidth(0.5).rect(x, top, w, height).stroke('#999999')
      doc.fontSize(9.5).fillColor('#000000').text(cell, x + 5, top + 4, { width: w - 10, align: t.right[c] ? 'right' : 'left' })
      x += w
    }
    doc.y = top + height
  }
  doc.y += 4
}

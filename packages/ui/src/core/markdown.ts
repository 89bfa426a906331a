/** A small Markdown: headings, paragraphs, lists, code, quotes, bold, code spans, links, and images that are attached. Everything else, HTML too, is text. */
export type Inline = { kind: 'text' | 'bold' | 'code', text: string } | { kind: 'link', text: string, href: string } | { kind: 'image', text: string, file: string }
export type Block =
  | { kind: 'heading', level: 1 | 2 | 3, text: Inline[] }
  | { kind: 'paragraph' | 'quote', text: Inline[] }
  | { kind: 'list', ordered: boolean, items: Inline[][] }
  | { kind: 'table', head: Inline[][], rows: Inline[][][] }
  | { kind: 'code', text: string }

export function parseMarkdown(source: string): Block[] {
  const lines = source.replace(/\r\n/g, '\n').split('\n')
  const blocks: Block[] = []
  for (let i = 0; i < lines.length;) {
    const line = lines[i]!
    if (line.trim() === '') { i++; continue }
    const heading = /^(#{1,6}) +(.*)$/.exec(line)
    if (heading) { blocks.push({ kind: 'heading', level: Math.min(3, heading[1]!.length) as 1 | 2 | 3, text: inline(heading[2]!) }); i++; continue }
    if (line.startsWith('```')) {
      const end = lines.findIndex((each, at) => at > i && each.startsWith('```'))
      const stop = end < 0 ? lines.length : end
      blocks.push({ kind: 'code', text: lines.slice(i + 1, stop).join('\n') })
      i = stop + 1
      continue
    }
    const block = take(lines, i)
    blocks.push(block.block)
    i = block.next
  }
  return blocks
}

const bullet = /^\s*(?:[-*]|\d+[.)、]) +/

function take(lines: string[], from: number): { block: Block, next: number } {
  const first = lines[from]!
  const run = (test: (line: string) => boolean) => { let end = from; while (end < lines.length && test(lines[end]!)) end++; return end }
  if (first.startsWith('|')) {
    const end = run(line => line.startsWith('|'))
    const rows = lines.slice(from, end).filter(line => !/^\|[\s:|-]+$/.test(line)).map(line => line.replace(/^\||\|\s*$/g, '').split('|').map(cell => inline(cell.trim())))
    return { block: { kind: 'table', head: rows[0] ?? [], rows: rows.slice(1) }, next: end }
  }
  if (bullet.test(first)) {
    const end = run(line => bullet.test(line) || (/^\s{2,}\S/.test(line)))
    const items: string[] = []
    for (const line of lines.slice(from, end)) if (bullet.test(line)) items.push(line.replace(bullet, '')); else items[items.length - 1] += ' ' + line.trim()
    return { block: { kind: 'list', ordered: /^\s*\d/.test(first), items: items.map(inline) }, next: end }
  }
  if (first.startsWith('>')) {
    const end = run(line => line.startsWith('>'))
    return { block: { kind: 'quote', text: inline(lines.slice(from, end).map(line => line.replace(/^> ?/, '')).join(' ')) }, next: end }
  }
  const end = Math.max(from + 1, run(line => line.trim() !== '' && !/^(#{1,6} |```|>|\|)/.test(line) && !bullet.test(line)))
  return { block: { kind: 'paragraph', text: inline(lines.slice(from, end).join(' ')) }, next: end }
}

export function inline(text: string): Inline[] {
  const parts: Inline[] = []
  let last = 0
  for (const match of text.matchAll(/\*\*(.+?)\*\*|`([^`]+)`|(?<!!)\[([^\]]+)\]\(([^)\s]+)\)|!\[([^\]]*)\]\(attachment:([0-9a-f-]{36})\)/g)) {
    if (match.index > last) parts.push({ kind: 'text', text: text.slice(last, match.index) })
    if (match[1] !== undefined) parts.push({ kind: 'bold', text: match[1] })
    else if (match[2] !== undefined) parts.push({ kind: 'code', text: match[2] })
    else if (match[6] !== undefined) parts.push({ kind: 'image', text: match[5] ?? '', file: match[6] })
    else parts.push(safeHref(match[4]!) ? { kind: 'link', text: match[3]!, href: match[4]! } : { kind: 'text', text: match[3]! })
    last = match.index + match[0].length
  }
  if (last < text.length) parts.push({ kind: 'text', text: text.slice(last) })
  return parts
}

/** Links inside the product, to the web, or by mail; nothing that runs. */
export function safeHref(href: string): boolean {
  return /^(https?:\/\/|mailto:|\/(?!\/)|#|[\w.-]+\.md(#.*)?$)/.test(href)
}

export function titleOfMarkdown(source: string): string | undefined {
  return /^# +(.+)$/m.exec(source)?.[1]
}

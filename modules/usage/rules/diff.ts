export interface DiffLine { how: 'same' | 'out' | 'in'; text: string }

/** Two texts line by line: the longest common run of lines stays, the rest went out or came in. */
export function diffLines(before: string, after: string): DiffLine[] {
  const a = before.split(/\r?\n/), b = after.split(/\r?\n/)
  let head = 0, tail = 0
  while (head < a.length && head < b.length && a[head] === b[head]) head++
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++
  const x = a.slice(head, a.length - tail), y = b.slice(head, b.length - tail)
  const same = (lines: readonly string[]): DiffLine[] => lines.map(text => ({ how: 'same', text }))
  return [...same(a.slice(0, head)), ...middle(x, y), ...same(a.slice(a.length - tail))]
}

const MOST_CELLS = 4_000_000

function middle(x: readonly string[], y: readonly string[]): DiffLine[] {
  // two long texts without a line in common at either end: comparing each with each would take more memory than the answer is worth
  if (x.length * y.length > MOST_CELLS) return [...x.map(text => ({ how: 'out', text }) as const), ...y.map(text => ({ how: 'in', text }) as const)]
  const width = y.length + 1, best = new Uint16Array((x.length + 1) * width)
  for (let i = x.length - 1; i >= 0; i--) for (let j = y.length - 1; j >= 0; j--) best[i * width + j] = x[i] === y[j] ? best[(i + 1) * width + j + 1]! + 1 : Math.max(best[(i + 1) * width + j]!, best[i * width + j + 1]!)
  const lines: DiffLine[] = []
  let i = 0, j = 0
  while (i < x.length || j < y.length) {
    if (i < x.length && j < y.length && x[i] === y[j]) { lines.push({ how: 'same', text: x[i]! }); i++; j++ }
    else if (j >= y.length || (i < x.length && best[(i + 1) * width + j]! >= best[i * width + j + 1]!)) lines.push({ how: 'out', text: x[i++]! })
    else lines.push({ how: 'in', text: y[j++]! })
  }
  return lines
}

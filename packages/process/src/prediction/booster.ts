/**
 * Gradient-boosted regression trees for one quantile (pinball loss), grown leaf by leaf on histograms.
 *
 * Method: Friedman, "Greedy function approximation: a gradient boosting machine" (2001), with the leaf value set to the quantile of the
 * residuals in the leaf, as for its least-absolute-deviation trees; histograms and best-first growth as is usual for large tables.
 * The gradient of pinball loss knows only above and below, and rows on one side are never told apart; so a cut is chosen by the residual itself,
 * bounded at a high quantile of all residuals (that book's M-regression), and far ones still count as much as any.
 */

export interface BoosterOptions {
  /** the quantile that is fitted: 0.5 the median, 0.8 what four in five stay below */
  quantile: number
  trees: number
  learningRate: number
  leaves: number
  /** fewest rows of a leaf */
  leafRows: number
  /** share of rows, and of columns, that a tree sees */
  rows: number
  columns: number
  seed: number
}

export const BOOSTER: BoosterOptions = { quantile: 0.5, trees: 250, learningRate: 0.07, leaves: 31, leafRows: 20, rows: 0.7, columns: 0.7, seed: 1 }

/** A tree in five arrays, plain data: node i asks `values[feature[i]] <= threshold[i]` (missing goes left), leaves have feature −1. */
export interface Tree { feature: number[]; threshold: number[]; left: number[]; right: number[]; value: number[] }
export interface Booster { base: number; trees: Tree[] }

/** Columns of numbers, NaN where unknown; all of one length. */
export type Columns = readonly Float64Array[]

const BINS = 64
/** Residuals beyond this share of all count as the residual there. */
const FAR = 0.7

/** Upper edges of at most 63 bins with about as many rows each; bin 0 is for the unknown. */
function edgesOf(column: Float64Array): Float64Array {
  const known = column.filter(v => !Number.isNaN(v)).toSorted()
  const edges: number[] = []
  for (let b = 1; b < BINS && known.length; b++) {
    const at = known[Math.min(known.length - 1, Math.floor((b * known.length) / (BINS - 1)))]!
    if (edges.length === 0 || at > edges.at(-1)!) edges.push(at)
  }
  return Float64Array.from(edges)
}

function binOf(edges: Float64Array, v: number): number {
  if (Number.isNaN(v)) return 0
  let lo = 0, hi = edges.length - 1
  while (lo < hi) { const mid = (lo + hi) >> 1; if (edges[mid]! >= v) hi = mid; else lo = mid + 1 }
  return lo + 1
}

/** mulberry32: small, good enough to draw rows and columns, and the same everywhere. */
export function randomOf(seed: number): () => number {
  let s = seed >>> 0
  return () => {
    s = (s + 0x6d2b79f5) >>> 0
    let t = Math.imul(s ^ (s >>> 15), 1 | s)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** The q-quantile of the first n values, which are put out of order: the smallest value that at least q of them do not exceed. */
export function quantileOf(values: Float64Array, n: number, q: number): number {
  if (n === 0) return Number.NaN
  const k = Math.min(n - 1, Math.max(0, Math.ceil(q * n) - 1))
  let lo = 0, hi = n - 1
  while (lo < hi) {
    const pivot = values[(lo + hi) >> 1]!
    let i = lo, j = hi
    while (i <= j) {
      while (values[i]! < pivot) i++
      while (values[j]! > pivot) j--
      if (i <= j) { const t = values[i]!; values[i] = values[j]!; values[j] = t; i++; j-- }
    }
    if (k <= j) hi = j
    else if (k >= i) lo = i
    else break
  }
  return values[k]!
}

interface Leaf { node: number; from: number; to: number; count: Int32Array; pull: Float64Array; gain: number; feature: number; bin: number }

/** What growing a tree needs besides its rows; made once for a booster. */
interface Ground { bins: Uint8Array[]; edges: Float64Array[]; pull: Float32Array; order: Int32Array; scratch: Int32Array; o: BoosterOptions }

function histogram(g: Ground, features: number[], from: number, to: number): { count: Int32Array; pull: Float64Array } {
  const count = new Int32Array(features.length * BINS), pull = new Float64Array(features.length * BINS)
  const { order } = g
  for (let f = 0; f < features.length; f++) {
    const bins = g.bins[features[f]!]!, base = f * BINS
    for (let i = from; i < to; i++) { const row = order[i]!, at = base + bins[row]!; count[at]!++; pull[at]! += g.pull[row]! }
  }
  return { count, pull }
}

/** The best cut of a leaf: largest drop of the squared gradient, (ΣL)²/nL + (ΣR)²/nR − (Σ)²/n. */
function bestCut(leaf: Leaf, features: number[], g: Ground): void {
  const { leafRows } = g.o
  const n = leaf.to - leaf.from
  leaf.gain = 0
  if (n < 2 * leafRows) return
  let total = 0
  for (let b = 0; b < BINS; b++) total += leaf.pull[b]!
  const whole = (total * total) / n
  for (let f = 0; f < features.length; f++) {
    let rows = 0, l = 0
    const last = g.edges[features[f]!]!.length
    for (let b = 0; b < last; b++) {
      rows += leaf.count[f * BINS + b]!
      l += leaf.pull[f * BINS + b]!
      if (rows < leafRows) continue
      if (n - rows < leafRows) break
      const r = total - l
      const gain = (l * l) / rows + (r * r) / (n - rows) - whole
      if (gain > leaf.gain + 1e-7) { leaf.gain = gain; leaf.feature = features[f]!; leaf.bin = b }
    }
  }
}

function partition(g: Ground, leaf: Leaf): number {
  const bins = g.bins[leaf.feature]!
  let left = leaf.from, right = 0
  for (let i = leaf.from; i < leaf.to; i++) {
    const row = g.order[i]!
    if (bins[row]! <= leaf.bin) g.order[left++] = row
    else g.scratch[right++] = row
  }
  g.order.set(g.scratch.subarray(0, right), left)
  return left
}

function growTree(g: Ground, rows: number, features: number[], residual: Float64Array, buffer: Float64Array): Tree {
  const tree: Tree = { feature: [-1], threshold: [0], left: [0], right: [0], value: [0] }
  const grown = (node: number, from: number, to: number, h: { count: Int32Array; pull: Float64Array }): Leaf => {
    const leaf: Leaf = { node, from, to, ...h, gain: 0, feature: -1, bin: 0 }
    bestCut(leaf, features, g)
    return leaf
  }
  const leaves = [grown(0, 0, rows, histogram(g, features, 0, rows))]
  while (leaves.length < g.o.leaves) {
    let best = leaves[0]!
    for (const l of leaves) if (l.gain > best.gain) best = l
    if (best.gain <= 0) break
    const middle = partition(g, best)
    const l = tree.feature.length, r = l + 1
    tree.feature[best.node] = best.feature
    // bin 0 is the unknown: a cut behind it has every number on the right
    tree.threshold[best.node] = best.bin === 0 ? -Infinity : g.edges[best.feature]![best.bin - 1]!
    tree.left[best.node] = l
    tree.right[best.node] = r
    for (let i = 0; i < 2; i++) { tree.feature.push(-1); tree.threshold.push(0); tree.left.push(0); tree.right.push(0); tree.value.push(0) }
    // only the smaller side is counted; the other is what remains of the parent
    const leftSmaller = middle - best.from <= best.to - middle
    const small = leftSmaller ? histogram(g, features, best.from, middle) : histogram(g, features, middle, best.to)
    for (let i = 0; i < small.count.length; i++) { best.count[i]! -= small.count[i]!; best.pull[i]! -= small.pull[i]! }
    const large = { count: best.count, pull: best.pull }
    leaves[leaves.indexOf(best)] = grown(l, best.from, middle, leftSmaller ? small : large)
    leaves.push(grown(r, middle, best.to, leftSmaller ? large : small))
  }
  for (const leaf of leaves) {
    for (let i = leaf.from; i < leaf.to; i++) buffer[i - leaf.from] = residual[g.order[i]!]!
    tree.value[leaf.node] = quantileOf(buffer, leaf.to - leaf.from, g.o.quantile) * g.o.learningRate
  }
  return tree
}

function treeValue(t: Tree, columns: Columns, row: number): number {
  let n = 0
  while (t.feature[n]! >= 0) {
    const v = columns[t.feature[n]!]![row]!
    n = Number.isNaN(v) || v <= t.threshold[n]! ? t.left[n]! : t.right[n]!
  }
  return t.value[n]!
}

/** Fits the quantile of `target` given the columns. With `watch` (rows of the same columns) it keeps the number of trees that served those best. */
export function fitBooster(columns: Columns, target: Float64Array, options: Partial<BoosterOptions> = {}, watch?: { columns: Columns; target: Float64Array; patience: number }): Booster {
  const o = { ...BOOSTER, ...options }
  const n = target.length, random = randomOf(o.seed)
  const edges = columns.map(edgesOf)
  const bins = columns.map((c, f) => Uint8Array.from(c, v => binOf(edges[f]!, v)))
  const g: Ground = { bins, edges, pull: new Float32Array(n), order: new Int32Array(n), scratch: new Int32Array(n), o }
  const buffer = Float64Array.from(target), residual = new Float64Array(n)
  const base = quantileOf(buffer, n, o.quantile)
  const fitted = new Float64Array(n).fill(base), seen = watch ? new Float64Array(watch.target.length).fill(base) : null
  const usable = edges.flatMap((e, f) => (e.length > 1 || (e.length === 1 && columns[f]!.some(Number.isNaN)) ? [f] : []))
  const trees: Tree[] = []
  let best = Infinity, keep = 0
  for (let t = 0; t < o.trees && usable.length && n >= 2 * o.leafRows; t++) {
    const features = usable.filter(() => random() < o.columns)
    if (features.length === 0) features.push(usable[Math.floor(random() * usable.length)]!)
    let rows = 0
    for (let i = 0; i < n; i++) {
      residual[i] = target[i]! - fitted[i]!
      buffer[i] = Math.abs(residual[i]!)
    }
    const bound = quantileOf(buffer, n, FAR) || 1
    for (let i = 0; i < n; i++) {
      // a row above its prediction pulls with up to q, one below with up to 1 − q
      const pull = Math.max(-1, Math.min(1, residual[i]! / bound))
      g.pull[i] = pull > 0 ? o.quantile * pull : (1 - o.quantile) * pull
      if (random() < o.rows) g.order[rows++] = i
    }
    const tree = growTree(g, rows, features, residual, buffer)
    trees.push(tree)
    for (let i = 0; i < n; i++) fitted[i]! += treeValue(tree, columns, i)
    if (!watch || !seen) continue
    let loss = 0
    for (let i = 0; i < seen.length; i++) {
      seen[i]! += treeValue(tree, watch.columns, i)
      const d = watch.target[i]! - seen[i]!
      loss += d > 0 ? o.quantile * d : (o.quantile - 1) * d
    }
    if (loss < best - 1e-12) { best = loss; keep = trees.length }
    else if (trees.length - keep >= watch.patience) break
  }
  return { base, trees: watch ? trees.slice(0, keep) : trees }
}

/** One prediction a row of the columns. */
export function boosted(b: Booster, columns: Columns): Float64Array {
  const n = columns[0]?.length ?? 0
  const out = new Float64Array(n).fill(b.base)
  for (const tree of b.trees) for (let i = 0; i < n; i++) out[i]! += treeValue(tree, columns, i)
  return out
}

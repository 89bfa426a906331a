/** What comes first lies on top: a binary heap in an array (Williams 1964). */
export interface Heap<T> {
  readonly size: number
  push: (item: T) => void
  pop: () => T | undefined
  peek: () => T | undefined
}

export function heapOf<T>(before: (a: T, b: T) => boolean): Heap<T> {
  const items: T[] = []
  const swap = (i: number, j: number): void => { [items[i], items[j]] = [items[j]!, items[i]!] }
  return {
    get size() { return items.length },
    peek: () => items[0],
    push(item) {
      let i = items.push(item) - 1
      while (i > 0) {
        const parent = (i - 1) >> 1
        if (!before(items[i]!, items[parent]!)) return
        swap(i, parent)
        i = parent
      }
    },
    pop() {
      const top = items[0], last = items.pop()
      if (items.length === 0 || last === undefined) return top
      items[0] = last
      for (let i = 0; ;) {
        const left = 2 * i + 1, right = left + 1
        let first = i
        if (left < items.length && before(items[left]!, items[first]!)) first = left
        if (right < items.length && before(items[right]!, items[first]!)) first = right
        if (first === i) return top
        swap(i, first)
        i = first
      }
    },
  }
}

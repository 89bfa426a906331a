import { FOLDED_AT_FIRST } from '../modules.ts'

const KEY = 'qc.menu.folded'

/** Names of the menu groups that this browser keeps folded. */
export function readFolded(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? 'null')
    return Array.isArray(kept) ? kept.filter(name => typeof name === 'string') : [...FOLDED_AT_FIRST]
  } catch { return [...FOLDED_AT_FIRST] }
}

export function keepFolded(name: string, folded: boolean): void {
  const others = readFolded().filter(each => each !== name)
  localStorage.setItem(KEY, JSON.stringify(folded ? [...others, name] : others))
}

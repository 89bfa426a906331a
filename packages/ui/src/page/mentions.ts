/** A text in pieces, those that call somebody by name marked: the longest name counts, so that 李接 is not found in @李接班. */
export function piecesOf(text: string, names: readonly string[]): Array<{ text: string, named: boolean }> {
  if (names.length === 0) return text ? [{ text, named: false }] : []
  const any = names.toSorted((a, b) => b.length - a.length).map(name => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')
  return text.split(new RegExp(`(@(?:${any}))`)).filter(part => part !== '').map(part => ({ text: part, named: part.startsWith('@') && names.includes(part.slice(1)) }))
}

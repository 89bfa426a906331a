/** Cuts a text to so many bytes of UTF-8, between two characters as people see them, with an ellipsis where something is missing. */
export function cutBytes(text: string, most: number): string {
  if (Buffer.byteLength(text) <= most) return text
  const room = most - Buffer.byteLength('…')
  let out = '', bytes = 0
  for (const { segment } of new Intl.Segmenter('zh', { granularity: 'grapheme' }).segment(text)) {
    bytes += Buffer.byteLength(segment)
    if (bytes > room) break
    out += segment
  }
  return `${out}…`
}

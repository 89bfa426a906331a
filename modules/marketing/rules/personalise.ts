/** What a text may say of the person it goes to. */
export interface Person { name: string; owner: string | null; offer: string | null; preferences: ReadonlyArray<{ topic: string; value: string }> }

const PLACE = /\{\{\s*([^{}|:：=]{1,40}?)\s*(?:=\s*([^{}|:：]{1,60}?)\s*[:：]([^{}|]*)\|([^{}]*))?\s*\}\}/gu

/**
 * Fills `{{客户}}`, `{{负责人}}`, `{{特价}}`, `{{偏好.座位}}`, and chooses by preference: `{{座位=靠窗：为您留好靠窗的座位|为您安排座位}}` says the first where the
 * newest preference of that topic contains the word, else the second (MK-05). `{{链接}}` and `{{退订}}` stay for who knows the addresses.
 */
export function personalise(text: string, who: Person, links: { 链接?: string; 退订?: string } = {}): string {
  const preference = (topic: string): string | undefined => who.preferences.find(p => p.topic === topic)?.value
  return text.replaceAll(PLACE, (_, name: string, value?: string, then?: string, otherwise?: string) => {
    if (value !== undefined) return (preference(name)?.includes(value) ? then : otherwise)?.trim() ?? ''
    if (name.startsWith('偏好.')) return preference(name.slice(3)) ?? ''
    const said: Record<string, string | null | undefined> = { 客户: who.name, 负责人: who.owner, 特价: who.offer, ...links }
    return said[name] ?? ''
  })
}

const KNOWN = new Set(['客户', '负责人', '特价', '链接', '退订'])
/** Places that nobody would fill: told while the text is written. */
export const unknownPlaces = (text: string): string[] => {
  const wrong = [...text.matchAll(PLACE)].filter(m => m[2] === undefined && !KNOWN.has(m[1]!) && !m[1]!.startsWith('偏好.')).map(m => m[1]!)
  const rest = text.replaceAll(PLACE, '')
  return [...new Set([...wrong, ...(rest.includes('{{') || rest.includes('}}') ? ['{{'] : [])])]
}

/** `{字段}` and `{field}` in a text. A doubled brace is a brace. */
const PLACE = /\{\{|\}\}|\{([^{}]{1,80})\}/g

export const placesOf = (text: string): string[] => [...text.matchAll(PLACE)].flatMap(m => (m[1] === undefined ? [] : [m[1].trim()]))

/** Puts values in place; what is empty reads （空）. */
export const fill = (text: string, valueOf: (name: string) => string | null): string =>
  text.replace(PLACE, (whole, name: string | undefined) => (name === undefined ? whole[0]! : valueOf(name.trim()) || '（空）'))

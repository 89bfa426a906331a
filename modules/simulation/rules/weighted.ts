type Weighted = { value: unknown, weight: number }[]

/** `500:7；9000:3` as weighted values; what is no number, true or false is a text. */
export function parseWeighted(text: string): Weighted {
  return text.split(/[;；\n]/).map(part => part.trim()).filter(Boolean).map(part => {
    const [, value = part, weight] = /^(.*?)(?:[:：]\s*([\d.]+)%?)?$/.exec(part) ?? []
    return { value: plain(value.trim()), weight: weight === undefined ? 1 : Number(weight) }
  })
}

export function plain(text: string): unknown {
  try { return JSON.parse(text) as unknown } catch { return text }
}

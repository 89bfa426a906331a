/** Nobody reads and fills in a form faster than this. */
export const FASTEST_MS = 2000

/** A field that no person sees is filled in, or the form came back at once. `shownAt`: milliseconds, as the page was made; absent where another site's own form sends. */
export function notFilledByPerson(body: Readonly<Record<string, unknown>>, now: Date): boolean {
  if (typeof body.website === 'string' && body.website.trim() !== '') return true
  const shown = Number(body.shownAt)
  return body.shownAt !== undefined && (!Number.isFinite(shown) || now.getTime() - shown < FASTEST_MS)
}

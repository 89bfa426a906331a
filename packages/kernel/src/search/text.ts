/** Full-width forms become ordinary ones, lone surrogates harmless, letters small: what is indexed and what is asked for meet here. */
export function normalise(text: string, limit: number): string {
  return text.slice(0, limit).toWellFormed().normalize('NFKC').toLowerCase().slice(0, limit * 2).toWellFormed()
}

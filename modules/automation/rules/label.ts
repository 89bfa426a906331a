import type { CompiledEntity } from '@quancheng/kernel'

/** What a record is called where its name is kept beyond it: by its number, or by what is nobody's personal data, for that could not be erased there. */
export const labelOf = (entity: CompiledEntity, row: Readonly<Record<string, unknown>> | null): string =>
  (String(row?.number ?? '') || entity.display.filter(n => !entity.fields.get(n)?.personal).map(n => row?.[n] ?? '').join(' ').trim()).slice(0, 120)

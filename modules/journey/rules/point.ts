import type { TouchChannel } from './choices.ts'

/** One contact point of a template. `must`: it is missed when a later one came without it. `source`: the records of this program that feed it. */
export interface PointDraft { code: string; phase: string; name: string; department: string; standard: string; measure: string; channels: TouchChannel[]; must: boolean; topics?: string; source?: string }
export interface TemplateDraft { key: string; name: string; note: string; days: number; target: string; points: readonly PointDraft[] }

type Line = readonly [code: string, name: string, department: string, channels: string, standard: string, measure: string, more?: { may?: true; topics?: string; source?: string }]

/** The lines of one phase; `may`: not everybody comes by. */
export const phase = (name: string, lines: readonly Line[]): PointDraft[] =>
  lines.map(([code, title, department, channels, standard, measure, more]) => ({ code, phase: name, name: title, department, standard, measure, channels: channels.split(' ') as TouchChannel[], must: !more?.may, ...(more?.topics ? { topics: more.topics } : {}), ...(more?.source ? { source: more.source } : {}) }))

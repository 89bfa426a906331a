import type { EntityMeta } from '@quancheng/ui'
import type { ReactNode } from 'react'
import type { Choices, Draft } from '../api.ts'

export interface BlockProps { draft: Draft, set: (more: Partial<Draft>) => void, choices: Choices, entity: EntityMeta | undefined, disabled: boolean }

/** A part of the sentence with its word in front. */
export const Block = ({ word, children }: { word: string, children: ReactNode }) => (
  <section className="qc-panel au-block" aria-label={word}><h2 className="au-word">{word}</h2><div className="au-part">{children}</div></section>
)

export const fieldOptions = (entity: EntityMeta | undefined, only: (field: EntityMeta['fields'][number]) => boolean = () => true): Array<{ value: string, label: string }> =>
  (entity?.fields ?? []).filter(f => f.access !== 'mask' && f.type !== 'json' && f.name !== 'id' && f.name !== 'version' && only(f)).map(f => ({ value: f.name, label: f.label }))

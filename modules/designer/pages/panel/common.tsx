import { documentationOf, type Plain } from '../studio/elements.ts'
import type { Studio } from '../studio/studio.ts'
import type { Bo, Catalogue, CatalogueEntity, Shape } from '../studio/types.ts'
import { Area, Line } from './inputs.tsx'
import { tp } from './texts.ts'

/** What every part of the panel works with. `entity`: the object that the process is bound to, if there is one. */
export type PanelProps = { studio: Studio, shape: Shape, bo: Bo, process: Bo | null, catalogue: Catalogue, entity: CatalogueEntity | null, disabled: boolean }

export function NameLine({ studio, shape, bo, disabled }: PanelProps) {
  return <Line label={tp('name')} value={bo.name ?? ''} maxLength={100} disabled={disabled} onCommit={name => studio.services.modeling.updateLabel(shape, name)} />
}

export function AboutArea({ studio, shape, bo, disabled }: PanelProps) {
  return <Area label={tp('about')} value={documentationOf(bo)} rows={2} disabled={disabled} onCommit={about => studio.setInner(shape, bo, { documentation: about ? [bo.$model.create('bpmn:Documentation', { text: about })] : [] })} />
}

export const str = (v: Plain[string]): string => (v === undefined ? '' : String(v))

import { documentationOf, type Plain } from '../studio/elements.ts'
import type { Studio } from '../studio/studio.ts'
import type { Bo, Catalogue, CatalogueEntity, Problem, Shape } from '../studio/types.ts'
import { Area, Line } from './inputs.tsx'
import { tp } from './texts.ts'

/** What every part of the panel works with. `entity`: the object that the process is bound to, if there is one. `said`: what the check has found wrong with this element. */
export type PanelProps = { studio: Studio, shape: Shape, bo: Bo, process: Bo | null, catalogue: Catalogue, entity: CatalogueEntity | null, disabled: boolean, said: readonly Problem[] }

export function NameLine({ studio, shape, bo, disabled }: PanelProps) {
  return <Line label={tp('name')} value={bo.name ?? ''} maxLength={100} disabled={disabled} onCommit={name => studio.services.modeling.updateLabel(shape, name)} />
}

export function AboutArea({ studio, shape, bo, disabled }: PanelProps) {
  return <Area label={tp('about')} value={documentationOf(bo)} rows={2} disabled={disabled} onCommit={about => studio.setInner(shape, bo, { documentation: about ? [bo.$model.create('bpmn:Documentation', { text: about })] : [] })} />
}

/** The fields that show a complaint themselves; every other complaint stands at the head of the panel. */
const AT_FIELD: Readonly<Record<string, readonly string[]>> = {
  timer: ['TIMER_INVALID'], loop: ['LOOP_INVALID', 'MULTI_INVALID'], handler: ['HANDLER_MISSING', 'HANDLER_UNKNOWN'], call: ['CALL_INVALID'], mapping: ['MAPPING_INVALID'], script: ['SCRIPT_LANGUAGE'], name: ['NAME_MISSING', 'LINK_INVALID'], assign: ['ASSIGN_INVALID'], target: ['OUTCOME_TARGET'],
}

/** What the check says of one field of the element, as one sentence; null where it says nothing. */
export function saidOf(said: readonly Problem[], field: keyof typeof AT_FIELD | 'approval'): string | null {
  const mine = field === 'approval' ? said.filter(aboutApproval) : said.filter(p => AT_FIELD[field]!.includes(p.code))
  return mine.length ? mine.map(p => p.message).join('；') : null
}
const aboutApproval = (p: Problem): boolean => p.code === 'QC_INVALID' && /的审批/.test(p.message)
export const elsewhere = (said: readonly Problem[]): Problem[] => said.filter(p => !aboutApproval(p) && !p.code.startsWith('FEEL_') && !Object.values(AT_FIELD).some(codes => codes.includes(p.code)))

/** A FormalExpression of `owner`, or none where there is nothing to say. */
export function expression(owner: Bo, body: string): Bo | undefined {
  if (!body.trim()) return undefined
  const made = owner.$model.create('bpmn:FormalExpression', { body: body.trim() })
  made.$parent = owner
  return made
}

export const str = (v: Plain[string]): string => (v === undefined ? '' : String(v))

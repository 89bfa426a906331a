import { pick } from '@quancheng/ui'
import { ACTS, ALARM, ALARM_KINDS, CASE_KINDS, RECORD_KINDS } from '../rules/event-names.ts'
import type { Choices, Subject } from './api.ts'

const option = ([value, label]: [string, readonly [string, string]]) => ({ value, label: pick([label[0], label[1]]) })
const acts = (names: typeof ACTS.all) => Object.entries(names).map(([act, label]) => option([`act:${act}`, label]))

/** What may be chosen of one kind of record. */
export function eventOptions(entity: string, choices: Choices): Array<{ value: string, label: string }> {
  if (entity === choices.case.name) return Object.entries(CASE_KINDS).map(option)
  if (entity === ALARM) return Object.entries(ALARM_KINDS).map(option)
  const of = choices.entities.find(e => e.name === entity)
  return [...Object.entries(RECORD_KINDS).map(option), ...(of?.staged ? acts(ACTS.staged) : []), ...(of?.personal ? acts(ACTS.all) : [])]
}

export const labelOf = (entity: string, choices: Choices | undefined): string => (entity === choices?.case.name ? choices.case.label : choices?.entities.find(e => e.name === entity)?.label) ?? entity

/** 客户（新建、修改）；报警（发生） */
export const sentence = (subjects: readonly Subject[], choices: Choices | undefined): string => !choices ? '' : subjects.map(s => {
  const options = eventOptions(s.entity, choices)
  return `${labelOf(s.entity, choices)}（${s.events.map(e => options.find(o => o.value === e)?.label ?? e.replace('act:', '')).join('、')}）`
}).join('；')

import { durationText, moneyText } from '@quancheng/ui'
import type { ReactNode } from 'react'
import { hours } from './Analysis.tsx'
import { ta } from './texts.ts'
import type { AnalysisView, Asked } from './types.ts'

/** The whole in eight figures; each opens the requests that it is made of. */
export function Summary({ view, onOpen }: { view: AnalysisView, onOpen: (asked: Asked) => void }) {
  const t = view.total
  const figures: Array<[label: string, value: ReactNode, small: string, asked: Omit<Asked, 'title'>]> = [
    [ta('requests'), t.requests, '', { sort: 'startedAt' }], [ta('p50'), t.p50 === null ? '—' : durationText(t.p50), '', {}], [ta('p80'), t.p80 === null ? '—' : durationText(t.p80), '', {}],
    [ta('onTime'), t.onTimeRate === null ? '—' : `${t.onTimeRate}%`, `${t.onTime} / ${t.requests}`, { only: 'onTime' }], [ta('late'), t.requests - t.onTime, '', { only: 'late' }], [ta('cameBack'), t.cameBackRate === null ? '—' : `${t.cameBackRate}%`, `${t.cameBack} / ${t.requests}`, { only: 'cameBack' }],
    [ta('labour'), ta('hours', { n: hours(t.labourMinutes) }), moneyText(t.labourCost), { only: 'labour', sort: 'cost' }], [ta('partsCost'), moneyText(t.partsCost), '', { only: 'parts', sort: 'cost' }], [ta('perRequest'), t.costPerRequest === null ? '—' : moneyText(t.costPerRequest), `${ta('cost')} ${moneyText(t.cost)}`, { sort: 'cost' }],
  ]
  return <div className="ia-sums">{figures.map(([label, value, small, asked]) => <button key={label} type="button" onClick={() => onOpen({ title: label, ...asked })}><span>{label}</span><b>{value}</b>{small && <small>{small}</small>}</button>)}</div>
}

import { durationText, moneyText } from '@quancheng/ui'
import { ta } from './texts.ts'
import { DIMENSIONS, FILTER, type AnalysisView, type Asked, type Dimension, type Group, type Only } from './types.ts'

type Props = { view: AnalysisView, by: Dimension, onBy: (by: Dimension) => void, onNarrow: (group: Group) => void, onOpen: (asked: Asked) => void }

/** The same figures split by one thing; a name narrows the page to it, a figure opens its requests. */
export function Groups({ view, by, onBy, onNarrow, onOpen }: Props) {
  const stage = view.stages.find(each => each.nodeId === view.stage)
  const name = (group: Group) => group.name ?? ta('none')
  const rows = (group: Group, label: string, only?: Only, sort?: Asked['sort'], of?: string) => onOpen({ title: `${name(group)} · ${label}`, more: { [FILTER[by]]: group.key ?? 'none' }, ...(only ? { only } : {}), ...(sort ? { sort } : {}), ...(of ? { stage: of } : {}) })
  const link = (group: Group, text: string | number, label: string, only?: Only, sort?: Asked['sort'], of?: string) => <button type="button" className="qc-link" aria-label={`${name(group)} ${label}`} onClick={() => rows(group, label, only, sort, of)}>{text}</button>
  const t = view.total
  return (
    <section className="qc-panel">
      <header className="ia-split"><h2>{ta('split')}</h2><div className="ia-tabs" role="tablist">{DIMENSIONS.map(each => <button key={each} type="button" role="tab" aria-selected={by === each} onClick={() => onBy(each)}>{ta(each)}</button>)}</div></header>
      <div className="ia-wrap"><table className="ia-table ia-groups">
        <thead><tr><th>{ta(by)}</th><th className="ia-right">{ta('requests')}</th><th className="ia-right">{ta('p50')}</th><th className="ia-right">{ta('p80')}</th><th className="ia-right">{stage ? ta('stageTime', { name: stage.name }) : ''}</th><th>{ta('longest')}</th><th className="ia-right">{ta('onTime')}</th><th className="ia-right">{ta('cameBack')}</th><th className="ia-right">{ta('labourCost')}</th><th className="ia-right">{ta('partsCost')}</th><th className="ia-right">{ta('perRequest')}</th></tr></thead>
        <tbody>{view.groups.map(group => (
          <tr key={group.key ?? 'none'}>
            <th scope="row"><button type="button" className="qc-link" title={ta('narrow', { name: name(group) })} onClick={() => onNarrow(group)}>{name(group)}</button></th>
            <td className="ia-right" data-label={ta('requests')}>{link(group, group.requests, ta('requests'))}</td>
            <td className="ia-right" data-label={ta('p50')}>{group.p50 === null ? '—' : durationText(group.p50)}</td><td className="ia-right" data-label={ta('p80')}>{group.p80 === null ? '—' : durationText(group.p80)}</td>
            <td className="ia-right" data-label={stage?.name}>{group.stage && stage ? link(group, `${durationText(group.stage.p50)} / ${durationText(group.stage.p80)}`, stage.name, undefined, undefined, stage.nodeId) : '—'}</td>
            <td data-label={ta('longest')}>{group.longest ?? '—'}</td>
            <td className="ia-right" data-label={ta('onTime')}>{link(group, `${group.onTimeRate ?? '—'}%`, ta('onTime'), 'onTime')}</td>
            <td className="ia-right" data-label={ta('cameBack')}>{group.cameBack === 0 ? '0' : link(group, `${group.cameBack}（${group.cameBackRate}%）`, ta('cameBack'), 'cameBack')}</td>
            <td className="ia-right" data-label={ta('labourCost')}>{link(group, moneyText(group.labourCost), ta('labourCost'), 'labour', 'cost')}</td>
            <td className="ia-right" data-label={ta('partsCost')}>{link(group, moneyText(group.partsCost), ta('partsCost'), 'parts', 'cost')}</td>
            <td className="ia-right" data-label={ta('perRequest')}>{group.costPerRequest === null ? '—' : link(group, moneyText(group.costPerRequest), ta('perRequest'), undefined, 'cost')}</td>
          </tr>
        ))}</tbody>
        <tfoot><tr><th scope="row">{ta('total')}</th><td className="ia-right" data-label={ta('requests')}>{t.requests}</td><td className="ia-right" data-label={ta('p50')}>{t.p50 === null ? '—' : durationText(t.p50)}</td><td className="ia-right" data-label={ta('p80')}>{t.p80 === null ? '—' : durationText(t.p80)}</td><td className="ia-right" data-label={stage?.name}>{stage ? `${durationText(stage.p50)} / ${durationText(stage.p80)}` : '—'}</td><td data-label={ta('longest')}>{view.bottleneck?.name ?? '—'}</td><td className="ia-right" data-label={ta('onTime')}>{t.onTimeRate ?? '—'}%</td><td className="ia-right" data-label={ta('cameBack')}>{t.cameBack}（{t.cameBackRate ?? 0}%）</td><td className="ia-right" data-label={ta('labourCost')}>{moneyText(t.labourCost)}</td><td className="ia-right" data-label={ta('partsCost')}>{moneyText(t.partsCost)}</td><td className="ia-right" data-label={ta('perRequest')}>{t.costPerRequest === null ? '—' : moneyText(t.costPerRequest)}</td></tr></tfoot>
      </table></div>
    </section>
  )
}

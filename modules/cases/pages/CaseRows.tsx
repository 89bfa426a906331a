import { CaseEtaText, EtaText, Icon, Lateness, shortText, usePhone, When } from '@quancheng/ui'
import { Checkbox } from 'antd'
import { useRef, type KeyboardEvent, type MouseEvent } from 'react'
import { Link, useNavigate } from 'react-router'
import { between } from './range.ts'
import { marksOf, whoText, workText } from './shown.ts'
import { tc } from './texts.ts'
import type { CaseLine } from './types.ts'

type Props = { rows: CaseLine[], day: number, ended: boolean, selected: ReadonlyMap<string, CaseLine>, onSelect: (ids: string[], on: boolean) => void }

const nameOf = (row: CaseLine): string => row.label || tc('theCase')

/** The cases. At a desk a table for mouse and keyboard, on a phone a card each. */
export function CaseRows(props: Props) {
  return usePhone() ? <Cards {...props} /> : <Table {...props} />
}

function Table({ rows, day, ended, selected, onSelect }: Props) {
  const navigate = useNavigate()
  const last = useRef<string | null>(null)
  const ids = rows.map(row => row.id)
  const foreseen = !ended && rows.some(row => row.eta || row.caseEta)
  const all = rows.length > 0 && rows.every(row => selected.has(row.id))
  const go = (from: HTMLElement, by: 1 | -1): HTMLElement | null => {
    const to = (by > 0 ? from.nextElementSibling : from.previousElementSibling) as HTMLElement | null
    to?.focus()
    return to
  }
  const onKey = (event: KeyboardEvent<HTMLTableRowElement>, row: CaseLine) => {
    if (event.target !== event.currentTarget) return
    const { key, shiftKey } = event
    if (key === 'ArrowDown' || key === 'ArrowUp') {
      const to = go(event.currentTarget, key === 'ArrowDown' ? 1 : -1)
      if (shiftKey && to?.dataset['id']) { last.current ??= row.id; onSelect([row.id, to.dataset['id']], true) }
    } else if (key === ' ') { onSelect([row.id], !selected.has(row.id)); last.current = row.id }
    else if (key === 'Enter') void navigate(`/cases/${row.caseId}`)
    else if (key === 'a' && (event.ctrlKey || event.metaKey)) onSelect(ids, true)
    else return
    event.preventDefault()
  }
  const pick = (event: MouseEvent, row: CaseLine) => {
    const on = !selected.has(row.id)
    onSelect(event.shiftKey && last.current ? between(ids, last.current, row.id) : [row.id], on)
    last.current = row.id
  }
  return (
    <div className="cs-wrap">
      <table className="cs-rows" role="grid" aria-multiselectable>
        <thead><tr>
          <th className="cs-check">{!ended && <Checkbox aria-label={tc('selectAll')} checked={all} indeterminate={!all && selected.size > 0} onChange={event => onSelect(ids, event.target.checked)} />}</th>
          <th>{tc('theCase')}</th><th>{ended ? tc('result') : tc('step')}</th>{!ended && <th>{tc('who')}</th>}<th>{ended ? tc('lasted') : tc('sinceWhen')}</th>{!ended && <th>{tc('promise')}</th>}{foreseen && <th>{tc('foreseen')}</th>}<th>{tc('where2')}</th>{!ended && <th>{tc('marks')}</th>}
        </tr></thead>
        <tbody>{rows.map(row => (
          <tr key={row.id} data-id={row.id} tabIndex={0} aria-selected={selected.has(row.id)} aria-label={`${nameOf(row)} ${row.step ?? ''}`} className={`cs-row cs-row-${row.lateness}`} onKeyDown={event => onKey(event, row)}>
            <td className="cs-check">{!ended && <Checkbox tabIndex={-1} aria-label={tc('selectRow', { name: nameOf(row) })} checked={selected.has(row.id)} onClick={event => pick(event, row)} />}</td>
            <td><Link to={`/cases/${row.caseId}`} tabIndex={-1}>{nameOf(row)}</Link>{row.starterName && <span className="qc-faint cs-sub">{tc('begunBy', { name: row.starterName })}</span>}</td>
            <td>{ended ? <>{tc(row.state as 'completed')}{row.endName && <span className="qc-faint cs-sub">{row.endName}</span>}</> : row.step ?? <span className="qc-faint">{tc('nowhere')}</span>}</td>
            {!ended && <td className={row.unassigned ? 'qc-soft' : undefined}>{whoText(row)}</td>}
            <td className="cs-number" title={shortText(row.enteredAt ?? row.startedAt)}>{workText(row.ageMinutes, day)}<span className="qc-faint cs-sub"><When at={row.endedAt ?? row.enteredAt ?? row.startedAt} form="absolute" /></span></td>
            {!ended && <td><Due row={row} /></td>}
            {foreseen && <td><Foreseen row={row} /></td>}
            <td className="qc-soft">{row.unitName ?? '—'}</td>
            {!ended && <td><Marks row={row} /></td>}
          </tr>
        ))}</tbody>
      </table>
    </div>
  )
}

export function Due({ row }: { row: CaseLine }) {
  if (!row.dueAt || row.pausedFor !== null) return <span className="qc-faint">{row.pausedFor === null ? tc('noPromise') : '—'}</span>
  return <Lateness lateness={row.lateness} dueAt={row.dueAt} minutesLeft={row.minutesLeft} tentative={row.tentative} />
}

/** When the step, and below it the whole case, is expected to be done. */
function Foreseen({ row }: { row: CaseLine }) {
  return <><EtaText eta={row.eta} />{row.caseEta && <span className="qc-faint cs-sub">{tc('wholeCase')} <CaseEtaText eta={row.caseEta} /></span>}</>
}

function Marks({ row }: { row: CaseLine }) {
  return <span className="cs-marks">{marksOf(row).map(mark => <span key={mark.text} className={`cs-mark cs-mark-${mark.tone}`}><Icon name={mark.icon} size={13} />{mark.text}</span>)}</span>
}

function Cards({ rows, day, ended, selected, onSelect }: Props) {
  return (
    <ul className="cs-cards">{rows.map(row => (
      <li key={row.id} className={`cs-card cs-row-${row.lateness}`}>
        {!ended && <Checkbox aria-label={tc('selectRow', { name: nameOf(row) })} checked={selected.has(row.id)} onChange={event => onSelect([row.id], event.target.checked)} />}
        <Link to={`/cases/${row.caseId}`}>
          <span className="cs-card-top"><b>{nameOf(row)}</b>{!ended && <Due row={row} />}</span>
          <span>{ended ? `${tc(row.state as 'completed')} ${row.endName ?? ''}` : `${row.step ?? tc('nowhere')} · ${whoText(row)}`}</span>
          {!ended && (row.eta || row.caseEta) && <span><Foreseen row={row} /></span>}
          <span className="cs-card-foot qc-faint">{ended ? tc('lasted') : tc('sinceWhen')} {workText(row.ageMinutes, day)}<span>{row.unitName}</span></span>
          <Marks row={row} />
        </Link>
      </li>
    ))}</ul>
  )
}

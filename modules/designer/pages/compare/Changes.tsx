import type { Change, Detail, Difference } from '../api.ts'
import { td } from '../texts.ts'

/** The differences of two versions in words; a click shows the element. */
export function Changes({ difference, onSelect }: { difference: Pick<Difference, 'changes' | 'moved'>, onSelect?: (id: string) => void }) {
  const { changes, moved } = difference
  if (changes.length === 0) return <p className="qc-soft">{moved.length ? td('onlyMoved') : td('same')}</p>
  return (
    <>
      <ul className="qd-changes">{changes.map(change => <Line key={`${change.what}-${change.id}`} change={change} onSelect={onSelect} />)}</ul>
      {moved.length > 0 && <p className="qc-faint">{td('moved', { n: moved.length })}</p>}
    </>
  )
}

function Line({ change, onSelect }: { change: Change, onSelect: ((id: string) => void) | undefined }) {
  const name = <>{change.name && <b>{change.name} </b>}<span className={change.name ? 'qc-faint' : undefined}>{change.kind}</span></>
  return (
    <li data-what={change.what}>
      <span className="qd-what">{td(change.what)}</span>
      <div>
        {onSelect ? <button type="button" className="qd-change-name" onClick={() => onSelect(change.id)}>{name}</button> : <span>{name}</span>}
        {change.details.length > 0 && <ul className="qd-details">{change.details.map((detail, i) => <li key={i}><Words detail={detail} /></li>)}</ul>}
      </div>
    </li>
  )
}

function Words({ detail: { text, before, after } }: { detail: Detail }) {
  if (before === null && after === null) return text
  if (before === null) return after ? <>{text}：<ins>{after}</ins></> : <ins>{text}</ins>
  if (after === null) return before ? <>{text}：<del>{before}</del></> : <del>{text}</del>
  return <>{text}：<del>{before}</del> → <ins>{after}</ins></>
}

import type { ReactNode } from 'react'

export const percent = (share: number): string => `${Math.round(share * 1000) / 10}%`

export function Section({ title, hint, plain = false, children }: { title: string, hint?: ReactNode, plain?: boolean, children: ReactNode }) {
  return <section className="qc-panel"><header><h2>{title}</h2>{hint && <span className="qc-faint">{hint}</span>}</header>{plain ? children : <div className="qc-panel-pad">{children}</div>}</section>
}

/** A table of names and figures; the second column too is a name where there are three. */
export function Table({ head, children }: { head: string[], children: ReactNode }) {
  return <div className="sv-table-wrap"><table className="sv-table"><thead><tr>{head.map((each, i) => <th key={each} className={i === 0 || (i === 1 && head.length === 3) ? '' : 'sv-right'}>{each}</th>)}</tr></thead><tbody>{children}</tbody></table></div>
}

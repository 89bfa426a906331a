import { durationText } from '@quancheng/ui'
import { tp } from './texts.ts'
import type { Statistics } from './types.ts'

/** The courses that cases took, the most frequent first. */
export function Variants({ variants }: { variants: Statistics['variants']['variants'] }) {
  const most = variants[0]?.share ?? 1
  return (
    <ol className="sv-plain">{variants.map(variant => (
      <li key={variant.rank} className="sp-variant">
        <span className="sp-share"><b>{Math.round(variant.share * 1000) / 10}%</b><i aria-hidden><s style={{ width: `${(variant.share / most) * 100}%` }} /></i><span className="qc-faint">{variant.cases} {tp('cases')}</span></span>
        <span className="sp-way">{variant.activities.map((activity, i) => <span key={i}>{activity}</span>)}</span>
        <span className="sp-median">{variant.medianMinutes === null ? '' : tp('median2', { d: durationText(variant.medianMinutes) })}</span>
      </li>
    ))}</ol>
  )
}

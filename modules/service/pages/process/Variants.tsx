import { durationText } from '@quancheng/ui'
import { tp } from './texts.ts'
import type { Statistics } from './types.ts'

type Variant = Statistics['variants']['variants'][number]

/** The courses that cases took, the most frequent first. */
export function Variants({ variants, onCases }: { variants: Variant[], onCases: (variant: Variant) => void }) {
  const most = variants[0]?.share ?? 1
  return (
    <ol className="sv-plain">{variants.map(variant => (
      <li key={variant.rank} className="sp-variant">
        <span className="sp-share"><b>{Math.round(variant.share * 1000) / 10}%</b><i aria-hidden><s style={{ width: `${(variant.share / most) * 100}%` }} /></i><button type="button" className="qc-link" onClick={() => onCases(variant)}>{variant.cases} {tp('cases')}</button></span>
        <span className="sp-way">{variant.activities.map((activity, i) => <span key={i}>{activity}</span>)}</span>
        <span className="sp-median">{variant.medianMinutes === null ? '' : tp('median2', { d: durationText(variant.medianMinutes) })}</span>
      </li>
    ))}</ol>
  )
}

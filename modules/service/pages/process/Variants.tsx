import { durationText } from '@quancheng/ui'
import { tp } from './texts.ts'
import type { Statistics } from './types.ts'

type Variant = Statistics['variants']['variants'][number]

/** The courses that cases took, the most frequent first, with how much they cover together; one can be looked at alone in every panel. */
export function Variants({ variants, total, chosen, onCases, onOnly, onMore }: { variants: Variant[], total: number, chosen: string | null, onCases: (variant: Variant) => void, onOnly: (variant: Variant) => void, onMore: () => void }) {
  const most = variants[0]?.share ?? 1
  return (
    <>
      <ol className="sv-plain">{variants.map(variant => (
        <li key={variant.rank} className="sp-variant">
          <span className="sp-share"><b>{percent(variant.share)}</b><i aria-hidden><s style={{ width: `${(variant.share / most) * 100}%` }} /></i><button type="button" className="qc-link" onClick={() => onCases(variant)}>{variant.cases} {tp('cases')}</button></span>
          <span className="sp-way">{variant.activities.map((activity, i) => <span key={i}>{activity}</span>)}</span>
          <span className="sp-median">{variant.medianMinutes === null ? '' : tp('median2', { d: durationText(variant.medianMinutes) })}<br />{tp('together', { share: percent(variant.cumulativeShare) })}<br />{chosen === variant.exampleCase ? tp('onlyThis') : <button type="button" className="qc-link" onClick={() => onOnly(variant)}>{tp('only')}</button>}</span>
        </li>
      ))}</ol>
      {variants.length < total && variants.length < 200 && <p className="sv-more"><button type="button" className="qc-button" onClick={onMore}>{tp('moreWays')}</button></p>}
    </>
  )
}

const percent = (share: number): string => `${Math.round(share * 1000) / 10}%`

import { api, durationText, EmptyState, ErrorState, findEntity, Skeleton, usePhone, useMeta, When } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Drawer } from 'antd'
import { Link } from 'react-router'
import { tp } from './texts.ts'
import type { CaseLine, CaseQuestion } from './types.ts'

type Props = { processKey: string, filter: Record<string, string | null>, question: CaseQuestion | null, onClose: () => void }

/** The cases behind a figure; each leads to its record. */
export function CaseDrawer({ processKey, filter, question, onClose }: Props) {
  const phone = usePhone()
  return (
    <Drawer open={question !== null} onClose={onClose} title={question?.title} placement={phone ? 'bottom' : 'right'} {...(phone ? { height: '80%' } : { width: 520 })} styles={{ body: { padding: 0 } }}>
      {question && <Cases processKey={processKey} filter={filter} question={question} />}
    </Drawer>
  )
}

function Cases({ processKey, filter, question }: { processKey: string, filter: Record<string, string | null>, question: CaseQuestion }) {
  const meta = useMeta()
  const { title: _, ...asked } = question
  const read = useQuery({
    queryKey: ['processes', processKey, 'cases', filter, asked], queryFn: ({ signal }) => api.get<{ total: number, items: CaseLine[] }>(`/processes/${encodeURIComponent(processKey)}/cases`, { query: { ...filter, ...asked, limit: 100 }, signal }),
  })
  if (read.isError) return <ErrorState error={read.error} onRetry={() => void read.refetch()} />
  if (!read.data) return <Skeleton lines={8} />
  const { total, items } = read.data
  if (total === 0) return <EmptyState icon="list" title={tp('noCases')} />
  return (
    <>
      <p className="sp-cases-head qc-soft">{tp('casesShown', { n: total, shown: items.length })}{question.by && `；${tp('longestFirst')}`}</p>
      <ul className="sv-plain">{items.map(each => {
        const plural = each.entity && each.recordId ? findEntity(meta, each.entity)?.plural : undefined
        return (
          <li key={each.id} className="sp-case">
            <b>{plural ? <Link to={`/e/${plural}/${each.recordId}`}>{each.label}</Link> : each.label}</b>
            <span className="sp-case-time">{each.minutes === null ? '' : durationText(each.minutes)}</span>
            <span className="qc-faint"><When at={each.startedAt} form="absolute" /> – {each.endedAt ? <When at={each.endedAt} form="absolute" /> : tp('stillOpen')}</span>
          </li>
        )
      })}</ul>
    </>
  )
}

import { api, can, When } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { migrateApi, type Problem } from './api.ts'
import { tm } from './texts.ts'

type Move = { at: string, from: number, to: number, byName: string | null, state: 'done' | 'refused', problems: Problem[] }

/** The way to another version, where there is one and the person may. */
export function MigrateLink({ caseId, process }: { caseId: string, process: { key: string, version: number } }) {
  const may = can('process:migrate')
  const read = useQuery({ queryKey: ['design', 'versions', process.key], queryFn: ({ signal }) => migrateApi.versions(process.key, signal), enabled: may })
  if (!may || !read.data?.items.some(each => each.version !== process.version)) return null
  return <Link className="qc-button" to={`/cases/migrate?process=${encodeURIComponent(process.key)}&from=${process.version}&case=${caseId}`}>{tm('toOther')}</Link>
}

/** From which version to which the case has gone, and where it was refused. */
export function CaseMoves({ caseId, version }: { caseId: string, version: number }) {
  const may = can('process:migrate')
  const read = useQuery({ queryKey: ['migrations', 'case', caseId, version], queryFn: ({ signal }) => api.get<{ items: Move[] }>(`/cases/${caseId}/migrations`, { signal }), enabled: may })
  const items = read.data?.items ?? []
  if (items.length === 0) return null
  return (
    <section className="qc-panel"><header><h2>{tm('runs')}</h2></header><ul className="cs-plain">{items.map(each => (
      <li key={each.at + each.to}>{tm('version', { n: each.from })} → {tm('version', { n: each.to })}{each.state === 'refused' && <> · {tm('stayed')}</>} <span className="qc-soft">{each.byName}</span> <span className="qc-faint"><When at={each.at} form="absolute" /></span>
        {each.problems.length > 0 && <div className="qc-soft">{each.problems.map(p => p.message).join('；')}</div>}</li>
    ))}</ul></section>
  )
}

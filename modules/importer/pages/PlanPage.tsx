import './importer.css'
import { ErrorState, PageFrame, Skeleton } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { useParams } from 'react-router'
import { importApi } from './api.ts'
import { Editor } from './Editor.tsx'
import { ti } from './texts.ts'

/** the address of one that is not there yet */
const NEW = '0'

export default function PlanPage() {
  const { id = NEW } = useParams()
  const read = useQuery({ queryKey: ['entity', 'importPlan', id], queryFn: ({ signal }) => importApi.plan(id, signal), enabled: id !== NEW, refetchOnWindowFocus: false })
  if (read.error) return <PageFrame title={ti('title')} back="/import"><div className="qc-panel"><ErrorState error={read.error} /></div></PageFrame>
  if (id !== NEW && !read.data) return <PageFrame title={ti('title')} back="/import"><div className="qc-panel"><Skeleton lines={8} /></div></PageFrame>
  return <Editor key={id} {...(read.data ? { plan: read.data } : {})} />
}

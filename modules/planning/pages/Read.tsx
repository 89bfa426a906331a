import './planning.css'
import { ErrorState, Skeleton } from '@quancheng/ui'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'

/** What was read, or its waiting, or why not. */
export function Read<T>({ read, children }: { read: UseQueryResult<T>, children: (data: T) => ReactNode }) {
  if (read.isPending) return <div className="qc-panel qc-panel-pad"><Skeleton lines={8} /></div>
  if (read.isError) return <div className="qc-panel"><ErrorState error={read.error} onRetry={() => void read.refetch()} /></div>
  return children(read.data)
}

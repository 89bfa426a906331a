import './tasks.css'
import { api, EmptyState, ErrorState, keys, PageFrame, queryClient, Skeleton, t, useLive, useSay, type Task } from '@quancheng/ui'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useSearchParams } from 'react-router'
import { ts } from '../texts.ts'
import type { TaskPage } from './Home.tsx'
import { TaskRows } from './TaskRows.tsx'

const boxes = ['mine', 'pool', 'done'] as const
const labels = { mine: 'waiting', pool: 'poolTasks', done: 'doneTasks' } as const
const empty = { mine: ['nothingWaiting', 'nothingWaitingHint'], pool: ['nothingPool', 'nothingPoolHint'], done: ['nothingDone', 'nothingPoolHint'] } as const

export default function Tasks() {
  const say = useSay()
  const [params, setParams] = useSearchParams()
  const box = boxes.find(each => each === params.get('box')) ?? 'mine'
  const read = useInfiniteQuery({
    queryKey: [...keys.tasks, box], initialPageParam: '', getNextPageParam: (page: TaskPage) => page.next,
    queryFn: ({ pageParam, signal }) => api.get<TaskPage>('/tasks', { query: { box, after: pageParam }, signal }),
  })
  useLive('task', () => void queryClient.invalidateQueries({ queryKey: keys.tasks }))
  const counts = read.data?.pages[0]?.counts
  const tasks = read.data?.pages.flatMap(page => page.items) ?? []
  const claim = async (task: Task) => {
    try { await api.post(`/tasks/${task.id}/claim`) } catch (error) { say.error(error) }
    await queryClient.invalidateQueries({ queryKey: keys.tasks })
  }
  return (
    <PageFrame title={ts('myTasks')}>
      <section className="qc-panel">
        <div className="qt-tabs" role="tablist">
          {boxes.map(each => <button key={each} type="button" role="tab" aria-selected={each === box} onClick={() => setParams(each === 'mine' ? {} : { box: each })}>{ts(labels[each])}{each !== 'done' && counts ? ` ${counts[each]}` : ''}</button>)}
        </div>
        {read.isPending ? <Skeleton lines={8} height={20} /> : read.isError ? <ErrorState error={read.error} onRetry={() => void read.refetch()} />
          : tasks.length === 0 ? <EmptyState icon="check" title={ts(empty[box][0])} hint={ts(empty[box][1])} />
            : <TaskRows tasks={tasks} done={box === 'done'} action={box === 'pool' ? task => <button type="button" className="qc-button" onClick={() => void claim(task)}>{ts('claim')}</button> : undefined} />}
        {read.hasNextPage && <div className="qt-more"><button type="button" className="qc-button" disabled={read.isFetchingNextPage} onClick={() => void read.fetchNextPage()}>{t('loadMore')}</button></div>}
      </section>
    </PageFrame>
  )
}

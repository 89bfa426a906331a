import '../shared/shared.css'
import './tasks.css'
import { api, CaseBox, EmptyState, ErrorState, keys, PageFrame, queryClient, Skeleton, t, TaskPanel, TaskPanels, useLive, useMeta, usePhone, useSay, type OpenedTask } from '@quancheng/ui'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearchParams } from 'react-router'
import type { TaskItem, TaskList } from '../shared/types.ts'
import { TaskCard } from './TaskCard.tsx'
import { ti } from './texts.ts'

const boxes = ['mine', 'pool', 'done', 'copies', 'started'] as const
const isCases = (box: string): box is 'copies' | 'started' => box === 'copies' || box === 'started'
type Box = (typeof boxes)[number]
const empty: Record<Box, readonly [Parameters<typeof ti>[0], Parameters<typeof ti>[0] | null]> = { mine: ['nothingMine', 'nothingMineHint'], pool: ['nothingPool', 'nothingPoolHint'], done: ['nothingDone', null], copies: ['nothingDone', null], started: ['nothingDone', null] }

/** What waits for me. On a desk the task opens beside the list, on a phone on a page of its own. */
export default function TaskInbox() {
  const say = useSay()
  const phone = usePhone()
  const navigate = useNavigate()
  const meta = useMeta()
  const [params] = useSearchParams()
  const box: Box = boxes.find(each => each === params.get('box')) ?? 'mine'
  const chosen = params.get('task')
  const read = useInfiniteQuery({
    queryKey: [...keys.tasks, 'inbox', box], initialPageParam: '', getNextPageParam: (page: TaskList) => page.next,
    // the boxes of cases read for themselves; the counts are the same for all
    queryFn: ({ pageParam, signal }) => api.get<TaskList>('/tasks', { query: { box: isCases(box) ? 'mine' : box, after: pageParam }, signal }),
  })
  useLive(['task', 'serviceRequest', 'alarm'], () => void queryClient.invalidateQueries({ queryKey: keys.tasks }))
  const counts = read.data?.pages[0]?.counts
  const tasks = read.data?.pages.flatMap(page => page.items) ?? []
  // Nothing chosen: the most urgent is what one would choose.
  const current = tasks.find(task => task.id === chosen) ?? (box === 'mine' && !phone ? tasks[0] : undefined)
  const href = (to: Box, id?: string) => `/tasks${to === 'mine' && !id ? '' : `?${new URLSearchParams({ ...(to === 'mine' ? {} : { box: to }), ...(id ? { task: id } : {}) }).toString()}`}`
  const recordOf = (task: TaskItem): string => {
    const plural = meta.entities.find(entity => entity.name === task.entity)?.plural
    return plural ? `/e/${plural}/${task.recordId}` : '/tasks'
  }
  const toOf = (task: TaskItem): string => box === 'done' ? (task.kind === 'vote' ? `/approvals/${task.instanceId}` : recordOf(task)) : phone ? `/tasks/${task.id}` : href(box, task.id)

  const claim = async (task: TaskItem) => {
    try {
      await api.post(`/tasks/${task.id}/claim`)
      say.ok(ti('taken'))
      await queryClient.invalidateQueries({ queryKey: keys.tasks })
      await navigate(phone ? `/tasks/${task.id}` : href('mine', task.id))
    } catch (error) { say.error(error); await queryClient.invalidateQueries({ queryKey: keys.tasks }) }
  }
  /** What follows is mine: go on with it. Else the neighbour in the list. */
  const onDone = (task: TaskItem, next: OpenedTask[]) => {
    const at = tasks.findIndex(each => each.id === task.id)
    const follow = next.find(each => tasks.some(one => one.id === each.id)) ?? tasks[at + 1] ?? tasks[at - 1]
    void navigate(href(box, follow?.id), { replace: true })
  }
  const list = isCases(box) ? <CaseBox key={box} box={box} /> : (
    <>
      {read.isPending ? <Skeleton lines={8} height={20} /> : read.isError ? <ErrorState error={read.error} onRetry={() => void read.refetch()} />
        : tasks.length === 0 ? <EmptyState icon="check" title={ti(empty[box][0])} hint={empty[box][1] ? ti(empty[box][1]) : undefined} action={box === 'mine' && (counts?.pool ?? 0) > 0 ? <Link className="qc-button" to={href('pool')}>{ti('pool')} {counts?.pool}</Link> : undefined} />
          : <ul className="sv-plain">{tasks.map(task => <TaskCard key={task.id} task={task} to={toOf(task)} current={task.id === current?.id} done={box === 'done'} action={box === 'pool' ? <button type="button" className="qc-button" aria-label={`${ti('claim')} ${task.name} ${task.title}`} onClick={() => void claim(task)}>{ti('claim')}</button> : undefined} />)}</ul>}
      {read.hasNextPage && <div className="sv-more"><button type="button" className="qc-button" disabled={read.isFetchingNextPage} onClick={() => void read.fetchNextPage()}>{t('loadMore')}</button></div>}
    </>
  )
  return (
    <PageFrame title={ti('title')} actions={<Link className="qc-button" to="/todos?new=1">{ti('newTodo')}</Link>}>
      <div className="st">
        <section className="qc-panel st-list">
          <div className="sv-tabs" role="tablist">
            {boxes.map(each => <button key={each} type="button" role="tab" aria-selected={each === box} onClick={() => void navigate(href(each))}>{ti(each)}{each !== 'done' && each !== 'started' && counts && (each !== 'copies' || counts.copies > 0) ? <span className="st-count">{counts[each]}</span> : null}</button>)}
          </div>
          {list}
        </section>
        {!phone && box !== 'done' && !isCases(box) && (
          <section className="qc-panel st-work" aria-live="off">
            {current ? <><header><h2>{current.name} <span className="qc-soft st-of">{current.title}</span></h2><Link className="qc-button" to={current.kind === 'vote' ? `/approvals/${current.instanceId}` : recordOf(current)}>{ti('openRecord')}</Link></header>
              <div className="qc-panel-pad"><TaskPanel key={current.id} bare taskId={current.id} onDone={next => onDone(current, next)} /></div><TaskPanels key={`${current.id}/of`} entity={current.entity} recordId={current.recordId} /></>
              : <EmptyState icon="tasks" title={ti('choose')} hint={ti('chooseHint')} />}
          </section>
        )}
      </div>
    </PageFrame>
  )
}

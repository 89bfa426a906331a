import '../shared/shared.css'
import './desk.css'
import { api, EmptyState, Icon, PageFrame, TaskPanel, useSay, type Row, type Task } from '@quancheng/ui'
import { useEffect, useRef, useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { PrintMenu } from '../papers/PrintMenu.tsx'
import type { Registered, TaskItem } from '../shared/types.ts'
import { DeskSearch } from './DeskSearch.tsx'
import { emptyDraft, guess, type Draft, type Known } from './fields.ts'
import { PhoneProof } from './PhoneProof.tsx'
import { Queue } from './Queue.tsx'
import { RegisterForm } from './RegisterForm.tsx'
import type { Choice } from './results.ts'
import { td } from './texts.ts'

type Work =
  | { kind: 'idle' }
  | { kind: 'form', known: Known, first: Draft, key: number }
  | { kind: 'task', taskId: string, requestId: string, number: string }

const nobody: Known = { customer: null, device: null, requestId: null, number: null }

/** The counter: who waits, one box to find anybody, one form, and the reception itself; all by keyboard (SP-01, SP-11, SP-27). */
export default function Desk() {
  const say = useSay()
  const navigate = useNavigate()
  const box = useRef<HTMLInputElement>(null)
  const [text, setText] = useState('')
  const [work, setWork] = useState<Work>({ kind: 'idle' })
  // What is being typed, so that choosing a customer meanwhile does not lose the fault that was written down.
  const typed = useRef<Draft>(emptyDraft())
  const called = work.kind === 'form' ? { requestId: work.known.requestId, number: work.known.number } : { requestId: null, number: null }

  useEffect(() => {
    const shortcut = (event: KeyboardEvent) => {
      const typing = event.target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)
      if (event.key === 'F2' || (event.key === '/' && !typing)) { event.preventDefault(); box.current?.focus(); box.current?.select() }
    }
    document.addEventListener('keydown', shortcut)
    return () => document.removeEventListener('keydown', shortcut)
  }, [])

  const begin = (known: Known, first: Draft = emptyDraft()) => { typed.current = first; setText(''); setWork({ kind: 'form', known, first, key: Date.now() }) }
  const restart = () => { setWork({ kind: 'idle' }); setText(''); requestAnimationFrame(() => box.current?.focus()) }

  /** The line chosen at the door and the fault stay when the customer is found; a known device brings its own line. */
  const kept = (): Draft => {
    if (work.kind !== 'form') return emptyDraft()
    const line = typed.current.device.productLineId
    return { ...emptyDraft(), device: line ? { productLineId: line } : {}, request: typed.current.request }
  }
  /** A called number: what the customer typed at the door is looked for at once. */
  const onCalled = async (task: Task, number: string) => {
    const known = { ...nobody, requestId: task.recordId, number }
    const row = await api.get<Row>(`/service-requests/${task.recordId}`).catch(() => null)
    // who had booked has told us more than the telephone
    const told = (name: string, as = name) => (row?.[name] ? { [as]: row[name] } : {})
    begin(known, { ...emptyDraft(), customer: { ...told('phone'), ...told('customerName', 'name') }, device: { ...told('productLineId'), ...told('serialNo') }, request: told('faultDescription') })
    if (typeof row?.phone === 'string' && !row.$masked?.includes('phone')) setText(row.phone)
    requestAnimationFrame(() => { box.current?.focus(); box.current?.select() })
  }
  const onOpen = async (task: TaskItem) => {
    const row = await api.get<Row>(`/service-requests/${task.recordId}`).catch(error => { say.error(error); return null })
    if (!row) return
    const number = String(row.number)
    if (row.customerId) setWork({ kind: 'task', taskId: task.id, requestId: row.id, number })
    else await onCalled(task, number)
  }
  const onChoose = async (choice: Choice) => {
    const base = { ...nobody, ...called }
    if (choice.kind === 'request') { await navigate(`/e/service-requests/${choice.request.id}`); return }
    if (choice.kind === 'customer') { begin({ ...base, customer: choice.customer }, kept()); return }
    if (choice.kind === 'new') {
      const guessed = guess(text)
      const first = kept()
      begin(base, guessed ? { ...first, [guessed.part]: { ...first[guessed.part], [guessed.name]: guessed.value } } : first)
      return
    }
    const customer = choice.customer ?? await api.get<Row>(`/customers/${String(choice.device.customerId)}`).catch(error => { say.error(error); return null })
    if (customer) begin({ ...base, customer, device: choice.device }, { ...emptyDraft(), request: kept().request })
  }
  const onRegistered = (answer: Registered) => setWork({ kind: 'task', taskId: answer.taskId, requestId: answer.request.id, number: String(answer.request.number) })

  return (
    <PageFrame title={td('title')}>
      <div className="sd">
        <Queue active={work.kind === 'task' ? work.taskId : null} idle={work.kind !== 'form'} onCalled={(task, number) => void onCalled(task, number)} onOpen={task => void onOpen(task)} />
        <div className="sd-main">
          <DeskSearch ref={box} text={text} onText={setText} calling={called.requestId !== null} onChoose={choice => void onChoose(choice)} />
          {work.kind === 'idle' && <section className="qc-panel"><EmptyState icon="desk" title={td('idle')} hint={td('idleHint')} action={<button type="button" className="qc-button" onClick={() => begin(nobody)}><Icon name="plus" />{td('newCustomer')}</button>} /></section>}
          {work.kind === 'form' && <RegisterForm key={work.key} known={work.known} first={work.first} onKnown={known => setWork({ ...work, known })} onDraft={draft => { typed.current = draft }} onRegistered={onRegistered} onCancel={restart} />}
          {work.kind === 'task' && (
            <section className="qc-panel">
              <header><h2 className="sv-number">{work.number}</h2>
                <div className="qc-row"><PrintMenu id={work.requestId} shortcut /><Link className="qc-button" to={`/e/service-requests/${work.requestId}`}>{td('openRequest')}</Link><button type="button" className="qc-button" onClick={restart}>{td('next')}</button></div></header>
              <div className="qc-panel-pad qc-stack"><PhoneProof key={work.requestId} which={{ requestId: work.requestId }} /><TaskPanel taskId={work.taskId} onDone={restart} /></div>
            </section>
          )}
        </div>
      </div>
    </PageFrame>
  )
}

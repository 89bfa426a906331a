import './papers.css'
import { api, can, Icon, useSay } from '@quancheng/ui'
import { Dropdown } from 'antd'
import { useCallback, useEffect, useRef, useState } from 'react'
import { tb } from './texts.ts'
import { askPrint, usePapers, type PaperName, type Papers } from './usePapers.ts'

/** Where a line of the menu leads: to a printer, or to a page. */
type Item = { key: string, label: string, disabled?: boolean, paper?: PaperName, printerId?: string, path?: string }

/** Papers of a request: the voucher with one press (at the counter also Alt+P), everything else in the menu, and what the printer says. */
export function PrintMenu({ id, shortcut = false }: { id: string, shortcut?: boolean }) {
  const say = useSay()
  const read = usePapers(id)
  const [busy, setBusy] = useState(false)
  const once = useRef(false)
  const papers = read.data

  const send = useCallback(async (paper: PaperName, printerId?: string) => {
    // a second press before the answer must not print twice
    if (once.current) return
    once.current = true
    setBusy(true)
    try {
      const asked = await askPrint(id, paper, printerId ? { printerId } : {})
      const label = papers?.papers.find(each => each.paper === paper)?.label ?? ''
      say.ok(tb('sent', { paper: asked.copy > 0 ? `${label} · ${tb('copy', { n: asked.copy })}` : label, printer: asked.printer ?? '' }))
    } catch (error) { say.error(error) } finally { once.current = false; setBusy(false); await read.refetch() }
  }, [id, papers, read, say])

  const open = useCallback((path: string) => { window.open(path, '_blank') }, [])
  const main = useCallback(() => {
    if (papers?.printers.some(printer => printer.papers.includes('voucher'))) void send('voucher')
    else open(`/voucher/${id}`)
  }, [papers, send, open, id])

  useEffect(() => {
    if (!shortcut) return
    const pressed = (event: KeyboardEvent) => { if (event.altKey && event.code === 'KeyP') { event.preventDefault(); main() } }
    document.addEventListener('keydown', pressed)
    return () => document.removeEventListener('keydown', pressed)
  }, [shortcut, main])

  if (!can('serviceRequest:print')) return null
  const voucher = papers?.papers.find(each => each.paper === 'voucher')
  const items = menuOf(papers, id)
  const chosen = (key: string) => {
    const item = items.find(each => each.key === key)
    if (item?.paper) void send(item.paper, item.printerId)
    else if (item?.path) open(item.path)
  }
  const retry = async (job: string) => { try { await api.post(`/print-jobs/${job}/retry`, {}) } catch (error) { say.error(error) } finally { await read.refetch() } }
  return (
    <div className="pm">
      <LastPrint papers={papers} onRetry={job => void retry(job)} />
      <button type="button" className="qc-button" disabled={busy || !papers} title={voucher?.missing.length ? voucher.missing.join('、') : shortcut ? tb('keys') : undefined} onClick={main}><Icon name="ticket" />{voucher && voucher.printed > 0 ? tb('again', { n: voucher.printed }) : tb('voucher')}</button>
      <Dropdown trigger={['click']} menu={{ items: items.map(({ key, label, disabled }) => ({ key, label, disabled: disabled === true })), onClick: ({ key }) => chosen(key) }}>
        <button type="button" className="qc-icon-button" aria-label={tb('more')}><Icon name="down" /></button>
      </Dropdown>
    </div>
  )
}

/** One line a paper where the station has one printer for it, one a printer where it has several; then what needs no printer. */
function menuOf(papers: Papers | undefined, id: string): Item[] {
  const printing = (papers?.papers ?? []).flatMap(({ paper, missing }) => {
    const able = (papers?.printers ?? []).filter(printer => printer.papers.includes(paper)), name = tb(paper)
    return able.map((printer): Item => ({ key: `${paper}/${printer.id}`, label: able.length > 1 ? tb('on', { paper: name, printer: printer.name }) : name, disabled: missing.length > 0, paper, printerId: printer.id }))
  })
  return [
    ...printing,
    { key: 'order', label: tb('order'), path: `/api/service-requests/${id}/order.pdf?origin=${encodeURIComponent(location.origin)}` },
    { key: 'voucherPage', label: tb('voucherPage'), path: `/voucher/${id}` },
    { key: 'labelPage', label: tb('labelPage'), path: `/voucher/${id}/label` },
  ]
}

/** What is still on its way or went wrong; a print that came out needs no words. */
function LastPrint({ papers, onRetry }: { papers: Papers | undefined, onRetry: (job: string) => void }) {
  const newest = papers?.jobs[0], job = papers?.jobs.find(each => each.state === 'waiting') ?? (newest?.state === 'failed' ? newest : undefined)
  if (!papers || !job) return null
  const paper = papers.papers.find(each => each.paper === job.paper)?.label ?? ''
  const bad = job.problem !== null
  return (
    <span className={bad ? 'pm-bad' : 'pm-soon'} role="status">
      {job.state === 'failed' ? tb('failed', { paper, why: job.problem ?? '' }) : bad ? tb('problem', { paper, why: job.problem ?? '' }) : tb('waiting', { paper })}
      {bad && <button type="button" className="qc-button" onClick={() => onRetry(job.id)}>{tb('retry')}</button>}
    </span>
  )
}

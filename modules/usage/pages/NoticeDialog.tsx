import { api, ApiError, dateText, forget, messageOf, RefPicker, useNow, useSay, useSession } from '@quancheng/ui'
import { DatePicker, Input, Modal } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { tu } from './texts.ts'

/** Freezes who had not signed in on a day as a notice, and opens it. */
export function NoticeDialog({ onClose }: { onClose: () => void }) {
  const say = useSay(), go = useNavigate(), now = useNow(), session = useSession()
  const [unitId, setUnit] = useState<string | null>(session?.user.unitId ?? null), [day, setDay] = useState<string | null>(() => dateText(now)), [note, setNote] = useState(''), [asked, setAsked] = useState(false), [busy, setBusy] = useState(false), [wrong, setWrong] = useState<string | null>(null)
  const submit = async () => {
    setAsked(true)
    if (!unitId || !day) return
    setBusy(true)
    setWrong(null)
    try {
      const made = await api.post<{ id: string, name: string, people: number }>('/notice-lists/make', { unitId, day, note: note.trim() || null })
      await forget('noticeList')
      say.ok(tu('made', { n: made.name, p: made.people }))
      await go(`/e/notice-lists/${made.id}`)
      // nobody to be named, a day to come: said where the day stands
    } catch (error) { if (error instanceof ApiError && error.code.startsWith('NOTICE_')) setWrong(messageOf(error)); else say.error(error) } finally { setBusy(false) }
  }
  return (
    <Modal open title={tu('makeNotice')} onCancel={onClose} onOk={() => void submit()} confirmLoading={busy} okText={tu('makeNotice')}>
      <form className="us-form" onSubmit={event => { event.preventDefault(); void submit() }}>
        <p className="qc-soft">{tu('noticeHint')}</p>
        <label htmlFor="no-unit">{tu('range')} *<RefPicker entity="unit" id="no-unit" autoFocus value={unitId} {...(session?.user.unitId ? { labels: { [session.user.unitId]: session.user.unitName ?? '' } } : {})} onChange={v => setUnit((v as string | null) ?? null)} /></label>
        {asked && !unitId && <p className="qc-danger" role="alert">{tu('choose')}</p>}
        <label htmlFor="no-day">{tu('until')} *<DatePicker id="no-day" style={{ width: '100%' }} status={wrong ? 'error' : ''} value={day ? dayjs(day) : null} onChange={picked => { setDay(picked?.format('YYYY-MM-DD') ?? null); setWrong(null) }} /></label>
        {((asked && !day) || wrong) && <p className="qc-danger" role="alert">{wrong ?? tu('choose')}</p>}
        <label htmlFor="no-note">{tu('note')}<Input.TextArea id="no-note" maxLength={500} autoSize={{ minRows: 2 }} value={note} onChange={event => setNote(event.target.value)} /></label>
      </form>
    </Modal>
  )
}

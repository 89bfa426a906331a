import { CopyText, Icon, PersonPicker, useSay, When } from '@quancheng/ui'
import { Modal, Segmented } from 'antd'
import { useState } from 'react'
import { scheduleApi, type Calendars } from './api.ts'
import { ts } from './texts.ts'

/** 共享与订阅: who may read or keep my calendar; the address for a calendar program. */
export function Settings({ calendars, onClose }: { calendars: Calendars, onClose: () => void }) {
  return <Modal open title={ts('settings')} footer={null} onCancel={onClose} width={560} destroyOnHidden><Shares calendars={calendars} /><Feed calendars={calendars} /></Modal>
}

function Shares({ calendars }: { calendars: Calendars }) {
  const say = useSay(), [who, setWho] = useState<string[]>([]), [access, setAccess] = useState('read'), [problem, setProblem] = useState('')
  const share = async (personId: string | undefined, may: string): Promise<void> => { if (!personId) return setProblem(ts('chooseWho')); try { await scheduleApi.share(personId, may); say.ok(ts('shared')); setWho([]); setProblem('') } catch (error) { say.error(error) } }
  const may = [{ value: 'read', label: ts('read') }, { value: 'write', label: ts('write') }]
  return (
    <section className="sc-settings">
      <h3>{ts('share')}</h3>
      <form className="sc-share" onSubmit={e => { e.preventDefault(); void share(who[0], access) }}><PersonPicker label={ts('share')} value={who} onChange={ids => { setWho(ids); setProblem('') }} /><Segmented value={access} onChange={setAccess} options={may} /><button type="submit" className="qc-button">{ts('shareDo')}</button></form>
      {problem && <p className="qc-danger" role="alert">{problem}</p>}
      {calendars.shares.length === 0 ? <p className="qc-soft">{ts('shareNone')}</p> : <ul className="sc-people">{calendars.shares.map(s => (
        <li key={s.id}><b>{s.name}</b><Segmented size="small" value={s.access} onChange={next => void share(s.personId, next)} options={may} /><button type="button" className="qc-link" onClick={() => void scheduleApi.unshare(s.id).catch(say.error)}>{ts('unshare')}</button></li>))}</ul>}
    </section>
  )
}

function Feed({ calendars }: { calendars: Calendars }) {
  const say = useSay(), [path, setPath] = useState<string | null>(null), [busy, setBusy] = useState(false), { feed } = calendars
  const act = async (run: () => Promise<void>): Promise<void> => { setBusy(true); try { await run() } catch (error) { say.error(error) } finally { setBusy(false) } }
  const url = path && `${location.origin}${path}`
  return (
    <section className="sc-settings">
      <h3>{ts('feed')}</h3><p className="qc-soft">{ts('feedHint')}</p>
      {url ? <><p>{ts('feedOnce')}</p><p className="sc-url"><CopyText value={url} /></p><p><a className="qc-button" href={url.replace(/^https?:/, 'webcal:')}><Icon name="calendar" />{ts('feedOpen')}</a></p></>
        : feed && <p>{feed.on ? <>{ts('feedOn')}<When at={feed.renewedAt} form="absolute" /></> : ts('feedOff')}</p>}
      <div className="sc-acts"><button type="button" className="qc-button" disabled={busy} onClick={() => void act(async () => setPath((await scheduleApi.feed()).path))}><Icon name="link" />{ts(feed?.on ? 'feedRenew' : 'feedMake')}</button>
        {feed?.on && <button type="button" className="qc-button" disabled={busy} onClick={() => void act(async () => { await scheduleApi.stopFeed(); setPath(null); say.ok(ts('stopped')) })}>{ts('feedStop')}</button>}</div>
    </section>
  )
}

import { ApiError, ErrorState, Icon, RefPicker, Skeleton, useSay } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Checkbox, Input, Modal, Select } from 'antd'
import { useState } from 'react'
import { CHANNEL_KINDS, CHANNELS } from '../entities/kinds.ts'
import { noticesApi, settingsAgain, settingsKey, type Channel, type Kind } from './api.ts'
import { tn } from './texts.ts'

/** What each kind asks for; those that stay secret are never shown again. */
const FIELDS: Record<Kind, ReadonlyArray<{ name: 'host' | 'port' | 'secure' | 'user' | 'from' | 'password' | 'driver' | 'url' | 'sign' | 'key' | 'webhook' | 'signSecret', secret?: string }>> = {
  mail: [{ name: 'host' }, { name: 'port' }, { name: 'secure' }, { name: 'from' }, { name: 'user' }, { name: 'password', secret: 'password' }],
  sms: [{ name: 'driver' }, { name: 'url' }, { name: 'sign' }, { name: 'key', secret: 'key' }],
  wecom: [{ name: 'webhook', secret: 'key' }], dingtalk: [{ name: 'webhook', secret: 'token' }, { name: 'signSecret', secret: 'sign' }], feishu: [{ name: 'webhook', secret: 'token' }, { name: 'signSecret', secret: 'sign' }],
}
const CHOICES: Partial<Record<string, ReadonlyArray<readonly [string, 'tls' | 'starttls' | 'plain' | 'log' | 'http']>>> = { secure: [['tls', 'tls'], ['starttls', 'starttls'], ['none', 'plain']], driver: [['log', 'log'], ['http', 'http']] }

/** What a channel can not do without. */
const NEEDED: Record<Kind, ReadonlyArray<'host' | 'port' | 'from' | 'url' | 'webhook'>> = { mail: ['host', 'port', 'from'], sms: ['url'], wecom: ['webhook'], dingtalk: ['webhook'], feishu: ['webhook'] }
const WHERE: Partial<Record<string, readonly string[]>> = { NOTICE_HOST: ['host', 'url'], NOTICE_WEBHOOK: ['webhook'], NOTICE_BOT_HOST: ['webhook'] }

/** The field that a refusal is about, of those on the screen. */
const fieldOf = (error: ApiError, shown: readonly string[]): string | null => {
  const named = [error.fields[0]?.field, error.details.name, ...(WHERE[error.code] ?? [])].filter(name => typeof name === 'string')
  return named.find(name => shown.includes(name)) ?? null
}

export function Channels() {
  const say = useSay()
  const read = useQuery({ queryKey: [...settingsKey, 'channels'], queryFn: ({ signal }) => noticesApi.channels(signal) })
  const [open, setOpen] = useState<Channel | 'new' | null>(null)
  const [testing, setTesting] = useState<{ channel: Channel, to: string } | null>(null)
  const setting = useQuery({ queryKey: [...settingsKey, 'quiet'], queryFn: ({ signal }) => noticesApi.setting(signal) })
  const noAddress = setting.data !== undefined && !setting.data.items[0]?.baseUrl
  const send = async (channel: Channel, to: string) => { try { await noticesApi.test(channel.id, to); say.ok(tn('tested')); setTesting(null) } catch (error) { say.error(error) } }
  return (
    <section className="qc-panel"><header><h2>{tn('channels')}</h2><button type="button" className="qc-button" onClick={() => setOpen('new')}><Icon name="plus" />{tn('addChannel')}</button></header>
      {noAddress && <p className="qc-panel-pad qc-danger"><a href="#no-base" onClick={event => { event.preventDefault(); document.getElementById('no-base')?.focus() }}>{tn('addressFirst')}</a></p>}
      {read.isPending ? <Skeleton lines={3} /> : read.isError ? <ErrorState error={read.error} onRetry={() => void read.refetch()} /> : read.data.items.length === 0 ? <p className="qc-panel-pad qc-soft">{tn('noChannels')}</p>
        : read.data.items.map(c => <div key={c.id} className="no-channel"><b>{c.name}</b><span className="qc-soft qc-grow">{c.kindLabel}{c.unitName && ` · ${c.unitName}`}{c.off && ` · ${tn('off')}`}</span>
          <button type="button" className="qc-button" disabled={c.off} onClick={() => { if (c.kind === 'sms' || c.kind === 'mail') setTesting({ channel: c, to: '' }); else void send(c, '') }}>{tn('test')}</button><button type="button" className="qc-button" onClick={() => setOpen(c)}>{tn('edit')}</button></div>)}
      {open && <Edit channel={open === 'new' ? null : open} onEnd={() => setOpen(null)} />}
      <Modal open={testing !== null} title={tn('test')} okText={tn('test')} cancelText={tn('cancel')} onCancel={() => setTesting(null)} onOk={() => testing && void send(testing.channel, testing.to)}>
        <label htmlFor="no-test">{tn('testTo')}</label><Input id="no-test" value={testing?.to ?? ''} onChange={e => testing && setTesting({ ...testing, to: e.target.value })} /></Modal>
    </section>
  )
}

function Edit({ channel, onEnd }: { channel: Channel | null, onEnd: () => void }) {
  const say = useSay()
  const [kind, setKind] = useState<Kind>(channel?.kind ?? 'sms')
  const [values, setValues] = useState<Record<string, string | boolean | null>>({ name: channel?.name ?? '', unitId: channel?.unitId ?? null, off: channel?.off ?? false, driver: 'log', secure: 'tls', ...Object.fromEntries(Object.entries(channel?.settings ?? {}).map(([k, v]) => [k, String(v)])) })
  const [problem, setProblem] = useState<{ at: string | null, text: string } | null>(null)
  const set = (name: string, value: string | boolean | null) => { setValues({ ...values, [name]: value }); if (problem) setProblem(null) }
  const shown = FIELDS[kind].filter(f => kind !== 'sms' || f.name === 'driver' || values.driver === 'http')
  const save = async () => {
    const missing = NEEDED[kind].find(name => !values[name] && shown.some(f => f.name === name && !(f.secret && channel?.secrets.includes(f.secret))))
    if (missing) { setProblem({ at: missing, text: tn('needed', { name: tn(missing) }) }); document.getElementById(`no-${missing}`)?.focus(); return }
    const body = Object.fromEntries(shown.flatMap(f => (values[f.name] ? [[f.name, values[f.name]]] : [])))
    try { await noticesApi.saveChannel({ ...(channel ? { id: channel.id } : {}), kind, name: values.name || CHANNELS[kind][0], unitId: values.unitId, off: values.off, ...body }); say.ok(tn('saved')); await settingsAgain(); onEnd() } catch (error) { if (error instanceof ApiError && error.status > 0 && error.status < 500) setProblem({ at: fieldOf(error, shown.map(f => f.name)), text: error.fields[0]?.message ?? error.message }); else say.error(error) }
  }
  return (
    <Modal open title={channel ? channel.name : tn('addChannel')} okText={tn('save')} cancelText={tn('cancel')} onCancel={onEnd} onOk={() => void save()}>
      <div className="qc-stack" onKeyDown={event => { if (event.key === 'Enter' && event.target instanceof HTMLInputElement && event.target.type !== 'checkbox' && !event.target.role) void save() }}>
        <div className="no-field"><label htmlFor="no-kind">{tn('kind')}</label><Select id="no-kind" style={{ width: '100%' }} disabled={channel !== null} value={kind} onChange={setKind} options={CHANNEL_KINDS.map(value => ({ value, label: CHANNELS[value][0] }))} /></div>
        <div className="no-field"><label htmlFor="no-name">{tn('name')}</label><Input id="no-name" maxLength={60} value={String(values.name)} onChange={e => set('name', e.target.value)} /></div>
        {shown.map(f => <div key={f.name} className="no-field"><label htmlFor={`no-${f.name}`}>{tn(f.name)}</label>
          {CHOICES[f.name] ? <Select id={`no-${f.name}`} style={{ width: '100%' }} value={String(values[f.name])} onChange={v => set(f.name, v)} options={CHOICES[f.name]!.map(([value, text]) => ({ value, label: tn(text) }))} />
            : f.secret && f.name !== 'webhook' ? <Input.Password id={`no-${f.name}`} autoComplete="new-password" placeholder={channel?.secrets.includes(f.secret) ? tn('kept') : ''} value={String(values[f.name] ?? '')} onChange={e => set(f.name, e.target.value)} />
              : <Input id={`no-${f.name}`} autoComplete="off" placeholder={f.secret && channel?.secrets.includes(f.secret) ? tn('kept') : ''} value={String(values[f.name] ?? '')} onChange={e => set(f.name, e.target.value)} />}{problem?.at === f.name && <p className="qc-danger" role="alert">{problem.text}</p>}</div>)}
        <div className="no-field"><label>{tn('unit')}</label><RefPicker entity="unit" value={typeof values.unitId === 'string' ? values.unitId : null} onChange={v => set('unitId', typeof v === 'string' ? v : null)} /></div>
        <Checkbox checked={values.off === true} onChange={e => set('off', e.target.checked)}>{tn('off')}</Checkbox>
        {problem?.at === null && <p className="qc-danger" role="alert">{problem.text}</p>}
      </div>
    </Modal>
  )
}

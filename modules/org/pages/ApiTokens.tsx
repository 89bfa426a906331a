import './org.css'
import { api, CopyText, EmptyState, ErrorState, Icon, PageFrame, queryClient, Skeleton, t, useSay, When, type Page } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Input, Modal, Select } from 'antd'
import { useState } from 'react'
import { ta } from './adminTexts.ts'

type Token = { id: string, name: string, createdAt: string, usedAt?: string | null, lastUsedAt?: string | null, expiresAt: string | null }
const KEY = ['api-tokens']

/** Tokens with which other systems act in one's name. A new one is shown once. */
export default function ApiTokens() {
  const say = useSay()
  const [making, setMaking] = useState(false)
  const [name, setName] = useState('')
  const [days, setDays] = useState<number>(365)
  const [made, setMade] = useState<string | null>(null)
  const read = useQuery({ queryKey: KEY, queryFn: async ({ signal }) => { const answer = await api.get<Token[] | Page<Token>>('/api-tokens', { signal }); return Array.isArray(answer) ? answer : answer.items } })
  const attempt = async (work: () => Promise<unknown>) => { try { await work(); await queryClient.invalidateQueries({ queryKey: KEY }) } catch (error) { say.error(error) } }
  const create = () => attempt(async () => {
    const { token } = await api.post<{ token: string }>('/api-tokens', { name: name.trim(), ...(days > 0 ? { days } : {}) })
    setMaking(false)
    setMade(token)
  })
  const drop = async (token: Token) => {
    if (await say.ask({ title: ta('dropToken', { name: token.name }), danger: true, okText: t('remove') })) await attempt(() => api.remove(`/api-tokens/${token.id}`))
  }
  return (
    <PageFrame title={ta('tokens')} actions={<button type="button" className="qc-button qc-button-primary" onClick={() => { setName(''); setMaking(true) }}><Icon name="plus" />{ta('newToken')}</button>}>
      <section className="qc-panel">
        {read.isPending ? <Skeleton lines={3} /> : read.isError ? <ErrorState error={read.error} onRetry={() => void read.refetch()} />
          : read.data.length === 0 ? <EmptyState icon="key" title={ta('noTokens')} hint={ta('noTokensHint')} /> : (
            <div className="qo-scroll"><table className="qo-plain">
              <thead><tr><th>{ta('tokens')}</th><th>{ta('created')}</th><th>{ta('used')}</th><th>{ta('expires')}</th><th /></tr></thead>
              <tbody>{read.data.map(token => <tr key={token.id}><td>{token.name}</td><td><When at={token.createdAt} form="absolute" /></td>
                <td>{token.usedAt ?? token.lastUsedAt ? <When at={token.usedAt ?? token.lastUsedAt} /> : <span className="qc-faint">{ta('never')}</span>}</td><td>{token.expiresAt ? <When at={token.expiresAt} form="absolute" /> : ta('forever')}</td>
                <td><button type="button" className="qc-icon-button" aria-label={`${t('remove')} ${token.name}`} onClick={() => void drop(token)}><Icon name="trash" /></button></td></tr>)}</tbody>
            </table></div>
          )}
      </section>
      <Modal open={making} title={ta('newToken')} okText={t('create')} okButtonProps={{ disabled: name.trim() === '' }} onOk={() => void create()} onCancel={() => setMaking(false)}>
        <div className="qc-stack">
          <Input autoFocus maxLength={60} aria-label={ta('tokenName')} placeholder={ta('tokenName')} value={name} onChange={event => setName(event.target.value)} onPressEnter={() => { if (name.trim()) void create() }} />
          <Select aria-label={ta('tokenDays')} value={days} onChange={setDays} options={[...[30, 90, 365, 730].map(n => ({ value: n, label: ta('days', { n }) })), { value: 0, label: ta('forever') }]} />
        </div>
      </Modal>
      <Modal open={made !== null} title={ta('newToken')} footer={null} onCancel={() => setMade(null)} mask={{ closable: false }}>
        {made && <div className="qc-stack"><span>{ta('tokenOnce')}</span><CopyText value={made} /></div>}
      </Modal>
    </PageFrame>
  )
}

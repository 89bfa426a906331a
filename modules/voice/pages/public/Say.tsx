import { api, ApiError, ErrorState, Skeleton } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useParams } from 'react-router'
import { State, type Shown } from './Form.tsx'
import { Frame, passedOn, sentence, useTenant } from './frame.tsx'
import { tu } from './texts.ts'

/** The customer's verdict on our answer, by the link that was sent to them; once. */
export default function Say() {
  const { token = '' } = useParams()
  const query = useTenant()
  const path = `/public/voice/${encodeURIComponent(token)}`
  const read = useQuery({ queryKey: ['voice-say', token], queryFn: ({ signal }) => api.get<Shown>(path, { query, signal, quiet: true }), retry: false })
  const [words, setWords] = useState('')
  const [no, setNo] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const [said, setSaid] = useState<boolean | null>(null)
  const [kept, setKept] = useState<string | null>(null)
  const send = async (satisfied: boolean) => {
    if (!satisfied && !words.trim()) { setNo(true); setProblem(tu('why')); document.getElementById('vp-more')?.focus(); return }
    try { await api.post(path, { satisfied, ...(words.trim() ? { words: words.trim() } : {}) }, { query, quiet: true }); setSaid(satisfied) } catch (error) { if (passedOn(error)) setKept(sentence(error)); else if (error instanceof ApiError && error.status === 410) void read.refetch(); else setProblem(sentence(error)) }
  }
  const feedback = read.data?.what === 'feedback'
  return (
    <Frame title={tu('title')}>
      {read.isPending ? <section className="vp-card"><Skeleton lines={5} /></section>
        : read.isError ? <section className="vp-card">{read.error instanceof ApiError && [400, 404].includes(read.error.status) ? <p>{tu('linkDead')}</p> : <ErrorState error={read.error} onRetry={() => void read.refetch()} />}</section>
          : <>
            {kept ? <section className="vp-card"><h1 role="status">{kept}</h1></section> : said !== null ? <section className="vp-card"><h1>{tu(said ? 'saidYes' : 'saidNo')}</h1></section> : read.data.open ? (
              <section className="vp-card"><h1>{tu(feedback ? 'sayFeedback' : 'sayTitle')}</h1>
                <label htmlFor="vp-more">{tu('more')}</label><textarea id="vp-more" maxLength={500} aria-invalid={problem && no ? true : undefined} placeholder={no ? tu('why') : ''} value={words} onChange={event => { setWords(event.target.value); setProblem(null) }} />
                {problem && <p className="vp-problem" role="alert">{problem}</p>}
                <div className="vp-two"><button type="button" className="qc-button qc-button-primary" onClick={() => void send(true)}>{tu(feedback ? 'solved' : 'yes')}</button><button type="button" className="qc-button" onClick={() => void send(false)}>{tu(feedback ? 'unsolved' : 'notYet')}</button></div></section>
            ) : <section className="vp-card"><h1>{tu('said')}</h1></section>}
            {said === null && !kept && <State shown={read.data} />}
          </>}
    </Frame>
  )
}

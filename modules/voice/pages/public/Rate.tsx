import { api, ApiError, Skeleton } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useParams } from 'react-router'
import { Frame, passedOn, sentence, useTenant } from './frame.tsx'
import { tu } from './texts.ts'

type Asked = { tenant: string, station: string, counter: string, ticket: string | null, person: string | null, score: number | null }
const TAGS = ['attitude', 'speed', 'clear', 'skill', 'place'] as const

/** What the code on the counter opens: one to five for the service just had, once a number (BH-2.3). */
export default function Rate() {
  const { unitCode = '', counter = '' } = useParams()
  const query = useTenant()
  const path = `/public/rate/${encodeURIComponent(unitCode)}/${encodeURIComponent(counter)}`
  const read = useQuery({ queryKey: ['rate', path], queryFn: ({ signal }) => api.get<Asked>(path, { query, signal, quiet: true }), retry: false, refetchOnWindowFocus: false })
  const [score, setScore] = useState(0)
  const [tags, setTags] = useState<string[]>([])
  const [words, setWords] = useState('')
  const [given, setGiven] = useState<number | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [kept, setKept] = useState<string | null>(null)
  const asked = read.data
  const send = async () => {
    try {
      await api.post(path, { ticket: asked!.ticket, score, tags, ...(words.trim() ? { words: words.trim() } : {}) }, { query, quiet: true })
      setGiven(score)
    } catch (error) { if (passedOn(error)) setKept(sentence(error)); else setProblem(sentence(error)); if (error instanceof ApiError && error.status === 409) void read.refetch() }
  }
  const done = given ?? asked?.score ?? null
  return (
    <Frame title={asked?.tenant ?? tu('rate')}>
      <section className="vp-card">
        {kept ? <h1 role="status">{kept}</h1> : read.isPending ? <Skeleton lines={4} /> : read.isError ? <p className="vp-problem">{sentence(read.error)}</p> : !asked?.ticket ? <><h1>{tu('at', { s: asked!.station, c: asked!.counter })}</h1><p>{tu('rateNone')}</p></>
          : done !== null ? <><h1>{tu(given === null ? 'rateDone' : 'rateThanks')}</h1>{given === null && <p className="qc-soft">{tu('at', { s: asked.station, c: asked.counter })} · {tu('ticket')} {asked.ticket.split('-').at(-1)}</p>}<p className="vp-stars" aria-label={tu('points', { n: done })}>{'★'.repeat(done)}</p></>
            : <>
              <h1>{tu('rate')}</h1><p className="qc-soft">{tu('at', { s: asked.station, c: asked.counter })} · {tu('ticket')} {asked.ticket.split('-').at(-1)}{asked.person ? ` · ${tu('served', { p: asked.person })}` : ''}</p>
              <div className="vp-score" role="radiogroup" aria-label={tu('rate')}>{[1, 2, 3, 4, 5].map(n => <button key={n} type="button" role="radio" aria-checked={score === n} aria-label={tu('points', { n })} data-on={n <= score || undefined} onClick={() => setScore(n)}>★</button>)}</div>
              {score > 0 && <><p className="qc-soft">{tu(score >= 4 ? 'good' : 'bad')}</p>
                <div className="vp-tags">{TAGS.map(tag => <button key={tag} type="button" aria-pressed={tags.includes(tag)} onClick={() => setTags(tags.includes(tag) ? tags.filter(x => x !== tag) : [...tags, tag])}>{tu(`tag_${tag}`)}</button>)}</div>
                <textarea maxLength={500} aria-label={tu('more')} placeholder={tu('more')} value={words} onChange={event => setWords(event.target.value)} />
                {problem && <p className="vp-problem" role="alert">{problem}</p>}
                <button type="button" className="qc-button qc-button-primary" onClick={() => void send()}>{tu('send')}</button></>}
            </>}
      </section>
    </Frame>
  )
}

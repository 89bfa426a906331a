import { api, Icon, queryClient, t, useDebounced, useMetaSoon, usePhone, When } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useNavigate } from 'react-router'
import { ts } from '../texts.ts'
import { groupHits, type Hit } from './hits.ts'

/** One box for everything the person may read: Ctrl+K, arrow keys, Enter. */
export function SearchBox() {
  const navigate = useNavigate()
  const phone = usePhone()
  const meta = useMetaSoon()
  const box = useRef<HTMLDivElement>(null)
  const input = useRef<HTMLInputElement>(null)
  const [text, setText] = useState('')
  const [open, setOpen] = useState(false)
  const [at, setAt] = useState(0)
  const q = useDebounced(text.trim(), 200)
  const enough = [...q].length >= 2
  const asking = (words: string) => ({ queryKey: ['search', words], queryFn: ({ signal }: { signal: AbortSignal }) => api.get<{ items: Hit[] }>('/search', { query: { q: words, limit: 30 }, signal }) })
  const found = useQuery({ ...asking(q), enabled: open && enough, placeholderData: previous => previous })
  const grouped = (hits: Hit[]) => groupHits(hits, name => meta?.entities.find(entity => entity.name === name)?.label ?? name)
  const groups = grouped(enough ? found.data?.items ?? [] : [])
  const flat = groups.flatMap(group => group.hits)
  // what is listed may still answer the words before: a scanner types a number and Enter in one go
  const ready = enough && q === text.trim() && found.data !== undefined && !found.isPlaceholderData

  useEffect(() => {
    const shortcut = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey)) { event.preventDefault(); input.current?.focus(); input.current?.select() }
    }
    const away = (event: PointerEvent) => { if (!box.current?.contains(event.target as Node)) setOpen(false) }
    document.addEventListener('keydown', shortcut)
    document.addEventListener('pointerdown', away)
    return () => { document.removeEventListener('keydown', shortcut); document.removeEventListener('pointerdown', away) }
  }, [])
  const go = (hit: Hit | undefined) => {
    if (!hit) return
    setOpen(false)
    input.current?.blur()
    void navigate(`/e/${hit.plural}/${hit.id}`)
  }
  const goFirst = async (words: string) => {
    if ([...words].length < 2) return
    // what fails is told by the list itself
    const answer = await queryClient.fetchQuery(asking(words)).catch(() => null)
    if (answer && input.current?.value.trim() === words) go(grouped(answer.items)[0]?.hits[0])
  }
  const onKey = (event: React.KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'ArrowDown') { event.preventDefault(); setAt(Math.min(at + 1, flat.length - 1)) }
    else if (event.key === 'ArrowUp') { event.preventDefault(); setAt(Math.max(at - 1, 0)) }
    else if (event.key === 'Enter') { if (ready) go(flat[at]); else void goFirst(text.trim()) }
    else if (event.key === 'Escape') { setOpen(false); input.current?.blur() }
  }
  let index = -1
  return (
    <div ref={box} className="qs-search" role="search">
      <Icon name="search" />
      <input ref={input} type="search" role="combobox" aria-expanded={open && flat.length > 0} aria-controls="qs-hits" aria-activedescendant={flat[at] ? 'qs-hit-' + at : undefined} aria-label={t('search')}
        placeholder={phone ? t('search') : ts('searchPlaceholder')} value={text} onChange={event => { setText(event.target.value); setAt(0); setOpen(true) }} onFocus={() => setOpen(true)} onKeyDown={onKey} />
      {!phone && <kbd aria-hidden>Ctrl K</kbd>}
      {open && text.trim() !== '' && (
        <div className="qs-hits" id="qs-hits" role="listbox" aria-label={t('search')} onBlur={event => { if (!box.current?.contains(event.relatedTarget as Node | null)) setOpen(false) }}>
          {!enough ? <p className="qs-note">{ts('searchHint')}</p>
            : found.isError ? <p className="qs-note qc-danger">{found.error.message}</p>
              : flat.length === 0 ? <p className="qs-note">{found.isFetching || q !== text.trim() ? t('loading') : ts('searchNone', { q })}</p>
                : groups.map(group => (
                  <div key={group.entity} role="group" aria-label={group.label}>
                    <h3>{group.label}</h3>
                    {group.hits.map(hit => {
                      index += 1
                      const mine = index
                      return (
                        <button key={hit.id} type="button" role="option" id={'qs-hit-' + mine} tabIndex={-1} aria-selected={mine === at} className="qs-hit" onPointerEnter={() => setAt(mine)} onClick={() => go(hit)}>
                          <span className="qc-clip">{hit.title}</span><span className="qc-faint qc-clip">{hit.subtitle}</span>{!phone && hit.at && <span className="qc-faint"><When at={hit.at} form="relative" /></span>}
                        </button>
                      )
                    })}
                    {group.more > 0 && <p className="qs-note">{ts('searchMore', { label: group.label })}</p>}
                  </div>
                ))}
          {flat.length > 0 && !phone && <p className="qs-note qs-keys">{ts('searchKeys')}</p>}
        </div>
      )}
    </div>
  )
}

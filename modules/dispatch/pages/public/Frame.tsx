import '../dispatch.css'
import { locale, setLocale, useLocale } from '@quancheng/ui'
import { useEffect, type ReactNode } from 'react'

/** The frame of a customer's page: no menu, two languages. */
export function Frame({ title, children }: { title: string, children: ReactNode }) {
  useLocale()
  useEffect(() => { document.title = title }, [title])
  return (
    <div className="bk">
      <header><img src="/icon.svg" alt="" width={26} height={26} /><span>{title}</span><button type="button" className="qc-link" onClick={() => setLocale(locale() === 'zh' ? 'en' : 'zh')}>{locale() === 'zh' ? 'English' : '中文'}</button></header>
      <main>{children}</main>
    </div>
  )
}

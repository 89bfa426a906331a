import { antTheme, queryClient, useLocale, usePhone } from '@quancheng/ui'
import { QueryClientProvider } from '@tanstack/react-query'
import { App, ConfigProvider, type ConfigProviderProps } from 'antd'
import chinese from 'antd/es/locale/zh_CN.js'
import { useEffect, useMemo, useState } from 'react'
import { RouterProvider } from 'react-router/dom'
import { makeRouter } from './router.tsx'
import { DemoClock } from './shell/DemoClock.tsx'
import { PasteNotice } from './shell/PasteNotice.tsx'

const router = makeRouter()
// The package's types speak of CommonJS, its files are ES modules; hence the casts.
type AntLocale = NonNullable<ConfigProviderProps['locale']>
const zhCN = chinese as unknown as AntLocale

export function Root() {
  const locale = useLocale()
  const phone = usePhone()
  const [english, setEnglish] = useState<AntLocale | null>(null)
  const theme = useMemo(() => antTheme(phone), [phone])
  useEffect(() => {
    if (locale !== 'en') return
    void Promise.all([import('antd/es/locale/en_US.js'), import('dayjs')]).then(([module, dayjs]) => { dayjs.default.locale('en'); setEnglish(module.default as unknown as AntLocale) })
  }, [locale])
  useEffect(() => {
    if (locale === 'zh') void Promise.all([import('dayjs'), import('dayjs/locale/zh-cn.js')]).then(([dayjs]) => dayjs.default.locale('zh-cn'))
  }, [locale])
  // The key draws every text again in the new language; the address, and so the place, stays.
  return (
    <ConfigProvider key={locale} theme={theme} locale={locale === 'en' ? english ?? zhCN : zhCN} button={{ autoInsertSpace: false }}>
      <App component={false}>
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
          <DemoClock loose />
          <PasteNotice />
        </QueryClientProvider>
      </App>
    </ConfigProvider>
  )
}

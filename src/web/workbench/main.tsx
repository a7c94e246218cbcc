import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { ConfigProvider, type ConfigProviderProps } from 'antd'
import enUS from 'antd/es/locale/en_US.js'
import zhCN from 'antd/es/locale/zh_CN.js'
import dayjs from 'dayjs'
import 'dayjs/locale/zh-cn.js'
import { StrictMode, useEffect, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { desk, onSignedOut, Refused, Toaster, useWords } from '../../kernel/web/index.ts'
import './workbench.css'
import { createWorkbench } from './router.tsx'

type Locale = NonNullable<ConfigProviderProps['locale']>
// Typed as CommonJS but shipped as a module: whichever way it was read, this is the locale itself.
const localeOf = (read: unknown): Locale => (read as { default?: Locale }).default ?? (read as Locale)

// Where motion is unwanted nothing may wait for its end, which a busy browser does not always tell.
const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches
const theme = still ? { ...desk, token: { ...desk.token, motion: false } } : desk

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      refetchOnWindowFocus: true,
      // What was refused will be refused again; only a server that is away is asked once more.
      retry: (count, error) => count < 2 && error instanceof Refused && (error.status === 0 || error.status === 503),
    },
  },
})
const router = createWorkbench(queries)
onSignedOut(() => queries.setQueryData(['me'], null))

function Workbench() {
  const { language } = useWords()
  const [, redraw] = useState(language)
  useEffect(() => {
    dayjs.locale(language === 'zh' ? 'zh-cn' : 'en')
    redraw(language)
    // Names made by the server come in one language; fetch them in the other.
    void queries.invalidateQueries()
  }, [language])
  return (
    <ConfigProvider theme={theme} locale={localeOf(language === 'zh' ? zhCN : enUS)} button={{ autoInsertSpace: false }}>
      <RouterProvider router={router} />
      <Toaster />
    </ConfigProvider>
  )
}

createRoot(document.getElementById('app')!).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <Workbench />
    </QueryClientProvider>
  </StrictMode>,
)

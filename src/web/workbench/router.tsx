import type { QueryClient } from '@tanstack/react-query'
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router'
import { meQuery } from '../../kernel/web/index.ts'
import { firstPage, pages } from './pages.ts'
import { Failed, Missing } from './faults.tsx'
import { Shell } from './shell.tsx'

/** All pages of all rooms under one shell; sign-in and the first set-up stand outside it. */
export function createWorkbench(queries: QueryClient) {
  const root = createRootRoute({ component: Outlet, notFoundComponent: Missing, errorComponent: Failed })
  const signIn = createRoute({
    getParentRoute: () => root,
    path: '/sign-in',
    component: lazyRouteComponent(() => import('./sign-in-page.tsx')),
  })
  const setup = createRoute({
    getParentRoute: () => root,
    path: '/setup',
    component: lazyRouteComponent(() => import('./setup-page.tsx')),
  })
  const shell = createRoute({
    getParentRoute: () => root,
    id: 'shell',
    component: Shell,
    beforeLoad: async ({ location }) => {
      const me = await queries.ensureQueryData(meQuery)
      if (!me) throw redirect({ to: '/sign-in', search: { back: location.href } as never })
      if (me.mustChangePassword && location.pathname !== '/me') throw redirect({ to: '/me' as never })
    },
  })
  const home = createRoute({
    getParentRoute: () => shell,
    path: '/',
    beforeLoad: async () => {
      const me = await queries.ensureQueryData(meQuery)
      // A collector works on the phone page; the desk has nothing for them.
      if (me?.permits.includes('collector.work') && !me.permits.includes('case.read'))
        throw redirect({ href: '/collector', reloadDocument: true })
      throw redirect({ to: firstPage(me?.permits ?? []) as never })
    },
  })
  const rooms = pages.map((page) =>
    createRoute({ getParentRoute: () => shell, path: page.path, component: lazyRouteComponent(page.load), staticData: { page } as never }),
  )
  return createRouter({
    routeTree: root.addChildren([signIn, setup, shell.addChildren([home, ...rooms])]),
    basepath: '/workbench',
    // Filters are short texts; keep them legible in the address.
    parseSearch: (search) => Object.fromEntries(new URLSearchParams(search)),
    stringifySearch: (search) => {
      const text = new URLSearchParams(
        Object.entries(search).filter(([, v]) => v !== undefined && v !== '') as [string, string][],
      ).toString()
      return text ? `?${text}` : ''
    },
    scrollRestoration: true,
  })
}

import type { QueryClient } from '@tanstack/react-query'
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router'
import { meQuery, type Page } from '../../kernel/web/index.ts'
import { Bare } from './bare.tsx'
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
  const demandSignedIn = async ({ location }: { location: { href: string; pathname: string } }) => {
    const me = await queries.ensureQueryData(meQuery)
    if (!me) throw redirect({ to: '/sign-in', search: { back: location.href } as never })
    if (me.mustChangePassword && location.pathname !== '/me') throw redirect({ to: '/me' as never })
  }
  const shell = createRoute({ getParentRoute: () => root, id: 'shell', component: Shell, beforeLoad: demandSignedIn })
  const bare = createRoute({ getParentRoute: () => root, id: 'bare', component: Bare, beforeLoad: demandSignedIn })
  const home = createRoute({
    getParentRoute: () => shell,
    path: '/',
    beforeLoad: async () => {
      const me = await queries.ensureQueryData(meQuery)
      // A collector works on the phone page; the desk has nothing for them.
      if (me?.permits.includes('collector.work') && !me.permits.includes('case.read'))
        throw redirect({ href: '/collector', reloadDocument: true })
      // A leader with a phone has a page made for it.
      if (me?.permits.includes('case.supervise') && window.matchMedia('(max-width: 600px)').matches) throw redirect({ to: '/leader' as never })
      throw redirect({ to: firstPage(me?.permits ?? []) as never })
    },
  })
  const routeOf = (page: Page) =>
    createRoute({
      getParentRoute: () => (page.bare ? bare : shell) as typeof shell,
      path: page.path,
      component: lazyRouteComponent(page.load),
      staticData: { page } as never,
    })
  const inShell = pages.filter((page) => !page.bare).map(routeOf)
  const alone = pages.filter((page) => page.bare).map(routeOf)
  return createRouter({
    routeTree: root.addChildren([signIn, setup, bare.addChildren(alone), shell.addChildren([home, ...inShell])]),
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

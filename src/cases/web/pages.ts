import type { Page } from '../../kernel/web/index.ts'
import { ResponseBadge } from './response-badge.tsx'
import { ApprovalsBadge } from './approvals-badge.tsx'
import { TodoBadge } from './todo-badge.tsx'

// What is done at a desk; verifying and checking on site have the collector's own page.
const ACTS = ['case.accept', 'case.establish', 'case.dispatch', 'case.dispose', 'case.close']

// Those for whom some point of a procedure waits.
const DECIDES = [...ACTS, 'case.approve', 'case.approve-high', 'case.supervise', 'case.confer', 'case.settle', 'case.callback']

export const pages: readonly Page[] = [
  {
    path: '/todo',
    title: { zh: '待办', en: 'To do' },
    permits: ACTS,
    menu: { group: 'work', order: 1, icon: 'todo', key: 't', badge: TodoBadge },
    full: true,
    load: () => import('./todo-page.tsx'),
  },
  {
    path: '/approvals',
    title: { zh: '程序待办', en: 'Procedures' },
    permits: DECIDES,
    menu: { group: 'work', order: 1.5, icon: 'check', key: 'q', badge: ApprovalsBadge },
    full: true,
    load: () => import('./approvals-page.tsx'),
  },
  {
    path: '/parts',
    title: { zh: '协办与下派', en: 'Assisting units' },
    permits: ['case.dispose'],
    menu: { group: 'work', order: 1.7, icon: 'people' },
    full: true,
    load: () => import('./parts-page.tsx'),
  },
  {
    path: '/print',
    title: { zh: '打印案卷', en: 'Print' },
    permits: ['case.read'],
    load: () => import('./print-page.tsx'),
  },
  {
    path: '/cases',
    title: { zh: '案件', en: 'Cases' },
    permits: ['case.read'],
    menu: { group: 'work', order: 2, icon: 'case', key: 'a' },
    full: true,
    load: () => import('./case-list-page.tsx'),
  },
  {
    path: '/cases/$number',
    title: { zh: '案件', en: 'Case' },
    permits: ['case.read'],
    load: () => import('./case-page.tsx'),
  },
  {
    path: '/map',
    title: { zh: '案件地图', en: 'Case map' },
    permits: ['case.read'],
    menu: { group: 'work', order: 3, icon: 'map', key: 'm' },
    full: true,
    load: () => import('./case-map-page.tsx'),
  },
  {
    path: '/responses',
    title: { zh: '应急响应', en: 'Emergency responses' },
    permits: ['case.dispatch', 'case.respond'],
    menu: { group: 'work', order: 5, icon: 'bell', key: 'e', badge: ResponseBadge },
    load: () => import('./responses-page.tsx'),
  },
  {
    path: '/storms',
    title: { zh: '同源事件', en: 'Report storms' },
    permits: ['case.merge'],
    menu: { group: 'work', order: 6, icon: 'target', key: 's' },
    load: () => import('./incident/storms-page.tsx'),
  },
  {
    path: '/storms/$district/$storm',
    title: { zh: '同源事件', en: 'Storm' },
    permits: ['case.read'],
    load: () => import('./incident/storm-page.tsx'),
  },
  {
    path: '/calendar',
    title: { zh: '工作日历', en: 'Working calendar' },
    permits: ['registry.calendar'],
    menu: { group: 'upkeep', order: 6, icon: 'table' },
    load: () => import('./calendar-page.tsx'),
  },
  {
    path: '/register',
    title: { zh: '登记案件', en: 'Register a case' },
    permits: ['case.report'],
    menu: { group: 'work', order: 5, icon: 'plus', key: 'r' },
    load: () => import('./register-page.tsx'),
  },
  {
    path: '/trial-run',
    title: { zh: '试运行', en: 'Trial run' },
    permits: ['case.flow'],
    menu: { group: 'upkeep', order: 11, icon: 'target' },
    load: () => import('./flow/trial-run-page.tsx'),
  },
  {
    path: '/flows',
    title: { zh: '案件流程', en: 'Flows' },
    permits: ['case.flow'],
    menu: { group: 'upkeep', order: 10, icon: 'layers' },
    load: () => import('./flow/flows-page.tsx'),
  },
  {
    path: '/flows/$flow',
    title: { zh: '流程编辑', en: 'Flow editor' },
    permits: ['case.flow'],
    full: true,
    load: () => import('./flow/flow-edit-page.tsx'),
  },
]

import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Input, Select, Tree } from 'antd'
import { useEffect, useState } from 'react'
import type { AccountShown } from '../../kernel/access/contract.ts'
import { ask, EmptyState, ErrorState, Icon, Loading, sayMoment, serverNow, useAddress, useMay, useWords } from '../../kernel/web/index.ts'
import { getUnits, type Unit } from '../contract.ts'
import { accountsQuery, peopleQuery, rolesQuery, unitsQuery, useReach } from './access-queries.ts'
import { AccountPanel } from './account-panel.tsx'
import { NewAccount } from './new-account.tsx'
import './people.css'

const words = {
  title: { zh: '人员与账号', en: 'People and accounts' },
  lead: {
    zh: '系统管理员管账号，安全管理员管岗位与许可，两者分立',
    en: 'The system administrator keeps accounts, the security administrator posts and permits',
  },
  all: { zh: '全部账号', en: 'All accounts' },
  units: { zh: '单位', en: 'Units' },
  find: { zh: '姓名或账号', en: 'Name or account' },
  role: { zh: '岗位', en: 'Post' },
  state: { zh: '状态', en: 'State' },
  active: { zh: '在用', en: 'Active' },
  disabled: { zh: '停用', en: 'Disabled' },
  locked: { zh: '锁定', en: 'Locked' },
  add: { zh: '新建账号', en: 'New account' },
  name: { zh: '姓名', en: 'Name' },
  posts: { zh: '岗位与范围', en: 'Posts and reach' },
  unit: { zh: '单位', en: 'Unit' },
  last: { zh: '最近登录', en: 'Last sign-in' },
  never: { zh: '从未登录', en: 'Never' },
  onDuty: { zh: '在岗', en: 'On duty' },
  offDuty: { zh: '不在岗', en: 'Off duty' },
  noPost: { zh: '没有岗位，登录后什么也看不到', en: 'No post: sees nothing after signing in' },
  none: { zh: '没有符合的账号。', en: 'No account fits.' },
  more: { zh: '更多', en: 'More' },
}

type Row = Pick<AccountShown, 'id' | 'account' | 'name' | 'grants'> & { unit?: string; onDuty?: boolean; shown?: AccountShown }

export default function PeoplePage() {
  const { say } = useWords()
  const may = useMay()
  const [address, setAddress] = useAddress<{ unit?: string; text?: string; role?: string; state?: string; account?: string }>()
  const [text, setText] = useState(address.text ?? '')
  const { rows, query } = useRows(address)
  const roles = useQuery(rolesQuery).data ?? []
  const reach = useReach()
  const adding = address.account === 'new'
  return (
    <div className="people">
      {may('registry.read') && (
        <nav className="unit-tree" aria-label={say(words.units)}>
          <button type="button" aria-pressed={!address.unit} onClick={() => setAddress({ unit: undefined, account: undefined })}>
            {say(words.all)}
          </button>
          <UnitTree value={address.unit} choose={(unit) => setAddress({ unit, account: undefined, role: undefined, state: undefined })} />
        </nav>
      )}
      <section>
        <header className="page-head">
          <div>
            <h1>{say(words.title)}</h1>
            <p className="muted small">{say(words.lead)}</p>
          </div>
          <div>
            {may('access.accounts') && (
              <Button type="primary" icon={<Icon name="plus" />} onClick={() => setAddress({ account: 'new' })}>
                {say(words.add)}
              </Button>
            )}
          </div>
        </header>
        <div className="filter-line">
          <Input.Search
            style={{ width: 220 }}
            value={text}
            onChange={(event) => setText(event.target.value)}
            onSearch={(asked) => setAddress({ text: asked.trim() || undefined })}
            placeholder={say(words.find)}
            aria-label={say(words.find)}
            allowClear
          />
          {!address.unit && (
            <>
              <Select
                style={{ width: 150 }}
                allowClear
                placeholder={say(words.role)}
                aria-label={say(words.role)}
                value={address.role ?? null}
                onChange={(role: string | null) => setAddress({ role: role ?? undefined })}
                options={roles.map(({ code, name }) => ({ value: code, label: say(name) }))}
              />
              <Select
                style={{ width: 110 }}
                allowClear
                placeholder={say(words.state)}
                aria-label={say(words.state)}
                value={address.state ?? null}
                onChange={(state: string | null) => setAddress({ state: state ?? undefined })}
                options={(['active', 'disabled', 'locked'] as const).map((state) => ({ value: state, label: say(words[state]) }))}
              />
            </>
          )}
        </div>
        <div className="people-rows">
          <table>
            <thead>
              <tr>
                <th scope="col">{say(words.name)}</th>
                <th scope="col">{say(words.posts)}</th>
                <th scope="col">{say(address.unit ? words.unit : words.last)}</th>
                <th scope="col">{say(words.state)}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.id} className={row.id === address.account ? 'chosen' : ''}>
                  <td>
                    <button type="button" className="link" onClick={() => setAddress({ account: row.id })}>
                      {row.name}
                    </button>
                    <small>{row.account}</small>
                  </td>
                  <td>
                    {row.grants.length === 0 && <span className="muted">{say(words.noPost)}</span>}
                    {row.grants.slice(0, 3).map((grant) => (
                      <p key={`${grant.role}${grant.region}${grant.unit}${grant.category}`}>
                        {say(grant.roleName)} <span className="muted">{reach(grant, true)}</span>
                      </p>
                    ))}
                  </td>
                  <td>
                    {row.unit ??
                      (row.shown?.signedInAt ? sayMoment(row.shown.signedInAt) : <span className="muted">{say(words.never)}</span>)}
                  </td>
                  <td>
                    <RowState row={row} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          {query.isPending && <Loading lines={12} />}
          {query.isError && <ErrorState error={query.error} retry={() => void query.refetch()} />}
          {query.isSuccess && rows.length === 0 && <EmptyState why={say(words.none)} />}
          {query.hasNextPage && (
            <p className="more-line">
              <Button onClick={() => void query.fetchNextPage()} loading={query.isFetchingNextPage}>
                {say(words.more)}
              </Button>
            </p>
          )}
        </div>
      </section>
      {address.account && (
        <aside>
          {adding ? (
            <NewAccount close={() => setAddress({ account: undefined })} />
          ) : (
            <AccountPanel key={address.account} id={address.account} close={() => setAddress({ account: undefined })} />
          )}
        </aside>
      )}
    </div>
  )
}

/** All accounts, or the people of one unit and those below it. */
function useRows(address: { unit?: string; text?: string; role?: string; state?: string }) {
  const { say } = useWords()
  const accounts = useInfiniteQuery({
    ...accountsQuery({
      ...(address.text && { text: address.text }),
      ...(address.role && { role: address.role }),
      ...(address.state && { state: address.state as 'active' }),
    }),
    enabled: !address.unit,
  })
  const people = useInfiniteQuery({ ...peopleQuery(address.unit ?? '', address.text), enabled: Boolean(address.unit) })
  if (!address.unit) {
    const rows: Row[] = accounts.data?.pages.flatMap(({ items }) => items.map((shown) => ({ ...shown, shown }))) ?? []
    return { rows, query: accounts }
  }
  const rows: Row[] =
    people.data?.pages.flatMap(({ items }) =>
      items.map(({ id, account, name, posts, unitName, onDuty }) => ({ id, account, name, grants: posts, unit: say(unitName), onDuty })),
    ) ?? []
  return { rows, query: people }
}

function RowState({ row: { shown, onDuty } }: { row: Row }) {
  const { say } = useWords()
  if (!shown) return <span className={`tag ${onDuty ? 'green' : ''}`}>{say(onDuty ? words.onDuty : words.offDuty)}</span>
  if (shown.state === 'disabled') return <span className="tag">{say(words.disabled)}</span>
  if (shown.lockedUntil && Date.parse(shown.lockedUntil) > serverNow()) return <span className="tag orange">{say(words.locked)}</span>
  return <span className="tag brand">{say(words.active)}</span>
}

interface TreeNode {
  key: string
  title: string
  code: string
  isLeaf?: boolean
  children?: TreeNode[]
}

/** Units from the centre down; those below one are fetched when it is opened. */
function UnitTree({ value, choose }: { value: string | undefined; choose: (path: string) => void }) {
  const { say, language } = useWords()
  const queries = useQueryClient()
  const top = useQuery(unitsQuery(undefined)).data
  const [tree, setTree] = useState<TreeNode[]>([])
  const [open, setOpen] = useState<string[]>([])
  const nodeOf = (unit: Unit): TreeNode => ({ key: unit.path, title: say(unit.name), code: unit.code, isLeaf: unit.level === 4 })
  const below = (nodes: TreeNode[], key: string, children: TreeNode[]): TreeNode[] =>
    nodes.map((node) =>
      node.key === key
        ? { ...node, children, isLeaf: children.length === 0 }
        : node.children
          ? { ...node, children: below(node.children, key, children) }
          : node,
    )
  const load = async ({ key, code }: { key: unknown; code?: string }) => {
    if (!code) return
    const items = await queries.fetchQuery({
      queryKey: ['units', 'under', code],
      queryFn: async ({ signal }) => (await ask(getUnits, { query: { limit: 200, parent: code }, signal })).items,
      staleTime: 60_000,
    })
    setTree((old) => below(old, String(key), items.map(nodeOf)))
  }
  useEffect(() => {
    const roots = (top ?? []).map(nodeOf)
    setTree(roots)
    setOpen(roots.map(({ key }) => key))
    for (const root of roots) void load(root)
  }, [top, language])
  return (
    <Tree
      blockNode
      treeData={tree}
      expandedKeys={open}
      onExpand={(keys) => setOpen(keys.map(String))}
      loadData={(node) => load(node as unknown as TreeNode)}
      selectedKeys={value ? [value] : []}
      onSelect={([key]) => key && choose(String(key))}
      aria-label={say(words.units)}
    />
  )
}

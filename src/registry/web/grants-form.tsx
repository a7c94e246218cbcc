import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Select } from 'antd'
import { useState } from 'react'
import { RegionField } from '../../atlas/web/index.ts'
import { putGrants, type AccountShown, type GrantBody } from '../../kernel/access/contract.ts'
import { Icon, Refused, sayAside, sayLabelled, tell, useAct, useWords } from '../../kernel/web/index.ts'
import { rolesQuery } from './access-queries.ts'
import { CategoryField } from './category-field.tsx'
import { UnitField } from './unit-field.tsx'

const words = {
  role: { zh: '岗位', en: 'Post' },
  wholeCity: { zh: '全市', en: 'The whole city' },
  allCategories: { zh: '全部类别', en: 'All categories' },
  allUnits: { zh: '全部单位', en: 'All units' },
  drop: { zh: '撤去此岗位', en: 'Take this post away' },
  add: { zh: '加一个岗位', en: 'Add a post' },
  save: { zh: '保存岗位', en: 'Save the posts' },
  cancel: { zh: '取消', en: 'Cancel' },
  saved: { zh: '岗位已保存，即刻生效', en: 'Posts saved; in force at once' },
  refused: { zh: '没有保存', en: 'Not saved' },
}

/** The posts of one account, each with its reach. What must be kept apart is refused by the server, and the reason shown here. */
export function GrantsForm({ account, close }: { account: AccountShown; close: () => void }) {
  const { say, language } = useWords()
  const queries = useQueryClient()
  const roles = useQuery(rolesQuery).data ?? []
  const [grants, setGrants] = useState<GrantBody[]>(
    account.grants.map(({ role, region, unit, category }) => ({ role, region, unit, category })),
  )
  const [refused, setRefused] = useState<string>()
  const save = useAct(putGrants, {
    quiet: true,
    done: () => {
      tell(sayLabelled(account.name, say(words.saved), language))
      void queries.invalidateQueries({ queryKey: ['accounts'] })
      void queries.invalidateQueries({ queryKey: ['roles'] })
      close()
    },
  })
  const set = (index: number, change: Partial<GrantBody>) => setGrants(grants.with(index, { ...grants[index]!, ...change }))
  const submit = () => {
    setRefused(undefined)
    save.mutate(
      { params: { id: account.id }, body: { grants: grants.filter(({ role }) => role) } },
      { onError: (error) => setRefused(error instanceof Refused ? sayAside(error.message, error.code, language) : String(error)) },
    )
  }
  return (
    <div className="grants">
      {refused && <Alert type="error" showIcon title={say(words.refused)} description={refused} role="alert" />}
      {grants.map((grant, index) => (
        <fieldset key={index}>
          <div>
            <Select
              style={{ flex: 1 }}
              value={grant.role || null}
              onChange={(role: string) => set(index, { role })}
              options={roles.map(({ code, name }) => ({ value: code, label: say(name) }))}
              placeholder={say(words.role)}
              aria-label={say(words.role)}
            />
            <Button
              icon={<Icon name="close" size={14} />}
              onClick={() => setGrants(grants.toSpliced(index, 1))}
              aria-label={say(words.drop)}
              title={say(words.drop)}
            />
          </div>
          <RegionField
            value={grant.region || undefined}
            onChange={(region) => set(index, { region: region ?? '' })}
            whole={say(words.wholeCity)}
          />
          <UnitField
            by="path"
            value={grant.unit || undefined}
            onChange={(unit) => set(index, { unit: unit ?? '' })}
            placeholder={say(words.allUnits)}
          />
          <CategoryField
            majors
            whole={say(words.allCategories)}
            value={grant.category || undefined}
            onChange={(category) => set(index, { category: category ?? '' })}
          />
        </fieldset>
      ))}
      <button type="button" className="link" onClick={() => setGrants([...grants, { role: '', region: '', unit: '', category: '' }])}>
        {say(words.add)}
      </button>
      <div className="account-acts">
        <Button type="primary" onClick={submit} loading={save.isPending}>
          {say(words.save)}
        </Button>
        <Button onClick={close}>{say(words.cancel)}</Button>
      </div>
    </div>
  )
}

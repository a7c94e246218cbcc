import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import { ask, tell, useAct, useWords } from '../../kernel/web/index.ts'
import { getPeople } from '../../registry/contract.ts'
import { FLOOD_ROLE_CODES, FLOOD_ROLES, putStaff, type FloodRole, type StaffShown } from '../contract.ts'

const words = {
  name: { zh: '人员', en: 'Person' },
  role: { zh: '岗位', en: 'Role' },
  phone: { zh: '值守电话（可不填，默认用名册电话）', en: 'Telephone there (optional; else that of the registry)' },
  add: { zh: '按姓名或账号查找并添加', en: 'Find by name or account, and add' },
  remove: { zh: '移出', en: 'Remove' },
  save: { zh: '保存责任人', en: 'Save the roll' },
  cancel: { zh: '取消', en: 'Cancel' },
  saved: { zh: '责任人已保存', en: 'The roll is saved' },
  nobody: { zh: '没有找到', en: 'Nobody found' },
}

interface Draft {
  readonly id: string
  readonly name: string
  readonly role: FloodRole
  readonly phone: string
}

/** The roll of a point: people of the registry with their role there. */
export function EditRoll({ device, staff, close }: { device: string; staff: readonly StaffShown[]; close: () => void }) {
  const { say } = useWords()
  const queries = useQueryClient()
  const [rows, setRows] = useState<readonly Draft[]>(staff.map(({ id, name, role, ownPhone }) => ({ id, name, role, phone: ownPhone ?? '' })))
  const act = useAct(putStaff, {
    done: () => {
      tell(say(words.saved))
      void queries.invalidateQueries({ queryKey: ['flood-command'] })
      close()
    },
  })
  const change = (id: string, over: Partial<Draft>) => setRows(rows.map((row) => (row.id === id ? { ...row, ...over } : row)))
  return (
    <form
      className="fc-edit"
      onSubmit={(event) => {
        event.preventDefault()
        act.mutate({ params: { device }, body: { staff: rows.map(({ id, role, phone }) => ({ id, role, phone: phone.trim() || null })) } })
      }}
    >
      <table className="flood-table">
        <thead>
          <tr>
            <th scope="col">{say(words.name)}</th>
            <th scope="col">{say(words.role)}</th>
            <th scope="col">{say(words.phone)}</th>
            <th scope="col">
              <span className="off-screen">{say(words.remove)}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <th scope="row">{row.name}</th>
              <td>
                <Select size="small" value={row.role} aria-label={`${row.name} ${say(words.role)}`} onChange={(role) => change(row.id, { role })} options={FLOOD_ROLE_CODES.map((code) => ({ value: code, label: say(FLOOD_ROLES[code]) }))} popupMatchSelectWidth={false} />
              </td>
              <td>
                <Input size="small" maxLength={20} value={row.phone} aria-label={`${row.name} ${say(words.phone)}`} onChange={(event) => change(row.id, { phone: event.target.value })} />
              </td>
              <td>
                <Button size="small" onClick={() => setRows(rows.filter(({ id }) => id !== row.id))}>
                  {say(words.remove)}
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <FindPerson not={rows.map(({ id }) => id)} add={(id, name) => setRows([...rows, { id, name, role: rows.length === 0 ? 'responsible' : 'watch', phone: '' }])} />
      <p className="fc-acts">
        <Button type="primary" htmlType="submit" loading={act.isPending}>
          {say(words.save)}
        </Button>
        <Button onClick={close}>{say(words.cancel)}</Button>
      </p>
    </form>
  )
}

export function FindPerson({ not, add }: { not: readonly string[]; add: (id: string, name: string) => void }) {
  const { say } = useWords()
  const [text, setText] = useState('')
  const found = useQuery({ queryKey: ['people', 'find', text], queryFn: ({ signal }) => ask(getPeople, { query: { text, limit: 12 }, signal }), enabled: text.trim() !== '', placeholderData: (old) => old })
  const items = text.trim() === '' ? [] : (found.data?.items ?? []).filter(({ id }) => !not.includes(id))
  return (
    <Select
      className="fc-find"
      showSearch={{ filterOption: false, onSearch: setText, searchValue: text }}
      value={null}
      placeholder={say(words.add)}
      aria-label={say(words.add)}
      notFoundContent={text.trim() === '' ? null : say(words.nobody)}
      options={items.map(({ id, name, unitName, account }) => ({ value: id, label: `${name} · ${say(unitName)} · ${account}` }))}
      onChange={(id: string | null) => {
        const person = items.find((each) => each.id === id)
        if (person) add(person.id, person.name)
        setText('')
      }}
    />
  )
}

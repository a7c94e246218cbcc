import { useQueryClient } from '@tanstack/react-query'
import { Button, Table } from 'antd'
import { useState } from 'react'
import type { Endpoint } from '../../kernel/contract.ts'
import { addressOf, listOf, sayCount, tell, useAct, useWords, type ListFile } from '../../kernel/web/index.ts'
import type { FaultShown, ListBody, ListChecked } from '../contract.ts'
import { ImportCounts, ImportPanel } from './import-panel.tsx'

const words = {
  lead: {
    zh: 'Excel 表或 CSV，列与导出的相同。先整体检查，无误并确认后才写入；表中没有的保持不变。',
    en: 'An Excel sheet or CSV with the columns of the export. Checked whole, and written only when it is sound and you confirm; what the list does not name stays.',
  },
  template: { zh: '下载模板', en: 'Template' },
  rows: { zh: '行', en: 'Rows' },
  added: { zh: '新增', en: 'New' },
  changed: { zh: '修改', en: 'Changed' },
  same: { zh: '不变', en: 'Same' },
  faults: { zh: '有 {n} 处错误，一行也没有写入。请改正后重新选择文件。', en: '{n} faults; nothing was written. Mend them and choose the file again.' },
  more: { zh: '只列出前 {n} 处。', en: 'The first {n} are shown.' },
  row: { zh: '行号', en: 'Row' },
  column: { zh: '列', en: 'Column' },
  reason: { zh: '错误', en: 'Fault' },
  remedy: { zh: '怎样改', en: 'What to do' },
  nothing: { zh: '与现有资料相同，无需导入。', en: 'The same as what is there; nothing to import.' },
  done: { zh: '已导入：新增 {added}，修改 {changed}', en: 'Imported: {added} new, {changed} changed' },
}

interface Props {
  readonly title: string
  readonly into: Endpoint<undefined, undefined, ListBody, ListChecked>
  readonly from: { readonly path: string }
  readonly close: () => void
}

/** A list of products or devices: what it would change is shown first, with every fault; nothing is written before it is confirmed. */
export function ListImport({ title, into, from, close }: Props) {
  const { say } = useWords()
  const queries = useQueryClient()
  const [list, setList] = useState<{ name: string; body: ListFile }>()
  const [found, setFound] = useState<ListChecked>()
  const look = useAct(into, { done: setFound })
  const write = useAct(into, {
    done: ({ added, changed }) => {
      tell(say(words.done).replace('{added}', sayCount(added)).replace('{changed}', sayCount(changed)))
      void queries.invalidateQueries({ queryKey: ['monitoring'] })
      close()
    },
  })
  const take = async (file: File) => {
    const body = await listOf(file)
    setList({ name: file.name, body })
    setFound(undefined)
    look.mutate({ body: { ...body, apply: false } } as never)
  }
  const sound = found?.faults.length === 0 && found.added + found.changed > 0
  return (
    <ImportPanel
      title={title}
      lead={say(words.lead)}
      accept=".xlsx,.csv,text/csv"
      take={(file) => void take(file)}
      looking={look.isPending}
      name={list?.name}
      aside={
        <Button type="link" href={addressOf(from, {}, { template: true })}>
          {say(words.template)}
        </Button>
      }
      close={close}
      write={list && sound ? () => write.mutate({ body: { ...list.body, apply: true } } as never) : undefined}
      writing={write.isPending}
    >
      {found && <Found {...found} />}
    </ImportPanel>
  )
}

function Found({ rows, added, changed, same, faults, more }: ListChecked) {
  const { say } = useWords()
  if (faults.length > 0) {
    return (
      <>
        <p className="list-fault" role="alert">{say(words.faults).replace('{n}', sayCount(faults.length + more))}</p>
        <div className="list-faults">
          <Table<FaultShown>
            size="small"
            pagination={false}
            rowKey={(fault) => `${fault.row} ${fault.column.en} ${fault.reason.en}`}
            dataSource={faults}
            columns={[
              { title: say(words.row), width: 72, render: (_, { row }) => <span className="number">{row}</span> },
              { title: say(words.column), width: 140, render: (_, { column }) => say(column) },
              { title: say(words.reason), render: (_, { reason }) => say(reason) },
              { title: say(words.remedy), render: (_, { remedy }) => say(remedy) },
            ]}
          />
        </div>
        {more > 0 && <p className="muted small">{say(words.more).replace('{n}', sayCount(faults.length))}</p>}
      </>
    )
  }
  const counts = [
    [words.rows, rows],
    [words.added, added],
    [words.changed, changed],
    [words.same, same],
  ] as const
  return (
    <>
      <ImportCounts counts={counts} />
      {added + changed === 0 && <p className="muted small">{say(words.nothing)}</p>}
    </>
  )
}

import { useQueryClient } from '@tanstack/react-query'
import { Table } from 'antd'
import { useState } from 'react'
import { sayCount, tell, useAct, useWords } from '../../kernel/web/index.ts'
import { postRulesFile, type RuleFault, type RulesChecked } from '../contract.ts'
import { ImportCounts, ImportPanel } from './import-panel.tsx'

const words = {
  title: { zh: '导入告警规则', en: 'Import alarm rules' },
  lead: {
    zh: '“导出”或“导出行业包”得到的 JSON 文件。先整体检查，无误并确认后才写入；文件中没有的规则保持不变，改动的成为新版本；行业包中本市没有的产品一并新增。',
    en: 'A JSON file as Export or Export a trade gives it. Checked whole, and written only when it is sound and you confirm; rules it does not name stay, changed ones get a new version; products of a trade that the city lacks are made.',
  },
  all: { zh: '规则', en: 'Rules' },
  products: { zh: '新增产品', en: 'New products' },
  new: { zh: '新增', en: 'New' },
  changed: { zh: '修改', en: 'Changed' },
  same: { zh: '不变', en: 'Same' },
  code: { zh: '编号', en: 'Code' },
  rule: { zh: '规则', en: 'Rule' },
  what: { zh: '导入后', en: 'After the import' },
  fields: { zh: '改动', en: 'What differs' },
  field: { zh: '项', en: 'Field' },
  reason: { zh: '错误', en: 'Fault' },
  remedy: { zh: '怎样改', en: 'What to do' },
  faults: { zh: '有 {n} 处错误，一条也没有写入。请改正后重新选择文件。', en: '{n} faults; nothing was written. Mend them and choose the file again.' },
  more: { zh: '只列出前 {n} 处。', en: 'The first {n} are shown.' },
  nothing: { zh: '与现有规则相同，无需导入。', en: 'The same as the rules that hold; nothing to import.' },
  done: { zh: '已导入：新增 {added}，修改 {changed}', en: 'Imported: {added} new, {changed} changed' },
} as const

const count = ({ rules }: RulesChecked, wanted: 'new' | 'changed' | 'same') => rules.filter(({ what }) => what === wanted).length

/** A file of rules: what it would change is shown first, with every fault; nothing is written before it is confirmed. */
export function RulesImport({ close }: { close: () => void }) {
  const { say } = useWords()
  const queries = useQueryClient()
  const [file, setFile] = useState<{ name: string; text: string }>()
  const [found, setFound] = useState<RulesChecked>()
  const look = useAct(postRulesFile, { done: setFound })
  const write = useAct(postRulesFile, {
    done: (done) => {
      tell(say(words.done).replace('{added}', sayCount(count(done, 'new'))).replace('{changed}', sayCount(count(done, 'changed'))))
      void queries.invalidateQueries({ queryKey: ['alarms'] })
      void queries.invalidateQueries({ queryKey: ['monitoring', 'products'] })
      close()
    },
  })
  const take = async (chosen: File) => {
    const text = await chosen.text()
    setFile({ name: chosen.name, text })
    setFound(undefined)
    look.mutate({ body: { text, apply: false } })
  }
  const sound = found?.faults.length === 0 && found.products.length + count(found, 'new') + count(found, 'changed') > 0
  return (
    <ImportPanel
      title={say(words.title)}
      lead={say(words.lead)}
      accept=".json,application/json"
      take={(chosen) => void take(chosen)}
      looking={look.isPending}
      name={file?.name}
      close={close}
      write={file && sound ? () => write.mutate({ body: { text: file.text, apply: true } }) : undefined}
      writing={write.isPending}
    >
      {found && (found.faults.length > 0 ? <Faults {...found} /> : <Changes found={found} />)}
    </ImportPanel>
  )
}

function Faults({ faults, more }: RulesChecked) {
  const { say } = useWords()
  return (
    <>
      <p className="list-fault" role="alert">
        {say(words.faults).replace('{n}', sayCount(faults.length + more))}
      </p>
      <div className="list-faults">
        <Table<RuleFault>
          size="small"
          pagination={false}
          rowKey={({ rule, at, reason }) => `${rule} ${at} ${reason.en}`}
          dataSource={faults}
          columns={[
            { title: say(words.code), width: 160, render: (_, { rule }) => rule || '—' },
            {
              title: say(words.field),
              width: 160,
              render: (_, { field, at }) => (
                <>
                  {say(field)} {at !== '' && <div className="muted small">{at}</div>}
                </>
              ),
            },
            { title: say(words.reason), render: (_, { reason }) => say(reason) },
            { title: say(words.remedy), render: (_, { remedy }) => say(remedy) },
          ]}
        />
      </div>
      {more > 0 && <p className="muted small">{say(words.more).replace('{n}', sayCount(faults.length))}</p>}
    </>
  )
}

function Changes({ found }: { found: RulesChecked }) {
  const { say, language } = useWords()
  const counts = [
    [words.all, found.rules.length],
    [words.new, count(found, 'new')],
    [words.changed, count(found, 'changed')],
    [words.same, count(found, 'same')],
  ] as const
  const moved = found.rules.filter(({ what }) => what !== 'same')
  return (
    <>
      <ImportCounts counts={counts} />
      {found.products.length > 0 && (
        <p className="small">
          {say(words.products)}{language === 'zh' ? '：' : ': '}
          {found.products.map(say).join(language === 'zh' ? '、' : ', ')}
        </p>
      )}
      {moved.length === 0 && found.products.length === 0 ? (
        <p className="muted small">{say(words.nothing)}</p>
      ) : (
        <div className="list-faults">
          <Table
            size="small"
            pagination={false}
            rowKey="code"
            dataSource={moved}
            columns={[
              { title: say(words.code), width: 200, render: (_, { code }) => code },
              { title: say(words.rule), render: (_, rule) => rule[language] },
              { title: say(words.what), width: 140, render: (_, { what }) => say(words[what]) },
              { title: say(words.fields), render: (_, { fields }) => fields.map(say).join(language === 'zh' ? '、' : ', ') || '—' },
            ]}
          />
        </div>
      )}
    </>
  )
}

import { useQueryClient } from '@tanstack/react-query'
import { Button, Radio } from 'antd'
import { useState } from 'react'
import { Icon, listOf, sayCount, tell, useAct, useFileChoice, useWords, type ListFile } from '../../kernel/web/index.ts'
import { postRulesImport, type ImportResult } from '../contract.ts'

const words = {
  title: { zh: '导入规则', en: 'Import rules' },
  lead: {
    zh: 'Excel 或 CSV，列与导出的相同；可先导出，改好再导入。先整体检查，确认后才写入。',
    en: 'Excel or CSV with the columns of the export; export, change and import again. Checked whole, written only when you confirm.',
  },
  choose: { zh: '选择文件', en: 'Choose a file' },
  add: { zh: '增补：未列出的规则保持不变', en: 'Add: what the list does not name stays' },
  whole: { zh: '整体替换：未列出的规则终止', en: 'Replace: what the list does not name ends' },
  rows: { zh: '行', en: 'Rows' },
  new: { zh: '新增', en: 'New' },
  same: { zh: '不变', en: 'Same' },
  ended: { zh: '终止', en: 'Ended' },
  faults: { zh: '有误，请改正后重新选择文件：', en: 'Faults; mend them and choose the file again:' },
  more: { zh: '……还有更多', en: '… and more' },
  confirm: { zh: '确认导入', en: 'Import' },
  nothing: { zh: '与现有规则相同，无需导入。', en: 'The same as the rules that stand; nothing to import.' },
  done: { zh: '规则已导入', en: 'The rules were imported' },
  close: { zh: '关闭', en: 'Close' },
}

/** A list of rules: what it would change is shown first, with every fault; nothing is written before it is confirmed. */
export function ImportPanel({ close }: { close: () => void }) {
  const { say, language } = useWords()
  const queries = useQueryClient()
  const [list, setList] = useState<{ name: string; body: ListFile }>()
  const [mode, setMode] = useState<'add' | 'whole'>('add')
  const [found, setFound] = useState<ImportResult>()
  const look = useAct(postRulesImport, { done: setFound })
  const write = useAct(postRulesImport, {
    done: () => {
      tell(say(words.done))
      void queries.invalidateQueries({ queryKey: ['responsibility'] })
      close()
    },
  })
  const check = (body: ListFile, how: 'add' | 'whole') => {
    setFound(undefined)
    look.mutate({ body: { ...body, mode: how, apply: false } })
  }
  const take = async (file: File) => {
    const body = await listOf(file)
    setList({ name: file.name, body })
    check(body, mode)
  }
  const { field, choose } = useFileChoice({ label: say(words.choose), accept: '.xlsx,.csv,text/csv', take: (file) => void take(file) })
  const changes = found ? found.added + found.ended : 0
  return (
    <>
      <header>
        <h2>{say(words.title)}</h2>
        <button type="button" className="bare" aria-label={say(words.close)} onClick={close}>
          <Icon name="close" />
        </button>
      </header>
      <p className="try-where">{say(words.lead)}</p>
      {field}
      <div className="rule-acts">
        <Button onClick={choose} loading={look.isPending}>
          {say(words.choose)}
        </Button>
        <span className="muted small" style={{ alignSelf: 'center' }}>
          {list?.name}
        </span>
      </div>
      <Radio.Group
        style={{ display: 'grid', gap: 4, marginTop: 12 }}
        value={mode}
        onChange={(event) => {
          setMode(event.target.value)
          if (list) check(list.body, event.target.value)
        }}
        options={[
          { value: 'add', label: say(words.add) },
          { value: 'whole', label: say(words.whole) },
        ]}
      />
      {found && (
        <div aria-live="polite">
          <dl className="import-counts">
            {(
              [
                [words.rows, found.rows],
                [words.new, found.added],
                [words.same, found.same],
                [words.ended, found.ended],
              ] as const
            ).map(([name, count]) => (
              <div key={name.en}>
                <dt>{say(name)}</dt>
                <dd>{sayCount(count)}</dd>
              </div>
            ))}
          </dl>
          {found.refused.length > 0 ? (
            <>
              <p className="fault">{say(words.faults)}</p>
              <ul className="import-faults">
                {found.refused.map(({ line, column, reason }) => (
                  <li key={`${line}:${column}`}>
                    <span className="number muted">{language === 'zh' ? `第 ${line} 行 ${column}` : `line ${line} ${column}`}</span>
                    {say(reason)}
                  </li>
                ))}
              </ul>
              {found.more && <p className="muted small">{say(words.more)}</p>}
            </>
          ) : changes === 0 ? (
            <p className="muted small">{say(words.nothing)}</p>
          ) : (
            <Button type="primary" loading={write.isPending} onClick={() => write.mutate({ body: { ...list!.body, mode, apply: true } })}>
              {say(words.confirm)}
            </Button>
          )}
        </div>
      )}
    </>
  )
}

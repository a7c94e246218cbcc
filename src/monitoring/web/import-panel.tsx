import { Button } from 'antd'
import type { ReactNode } from 'react'
import type { Words } from '../../kernel/contract.ts'
import { Icon, sayCount, useFileChoice, useWords } from '../../kernel/web/index.ts'
import './list-import.css'

const words = {
  choose: { zh: '选择文件', en: 'Choose a file' },
  close: { zh: '关闭', en: 'Close' },
  confirm: { zh: '确认导入', en: 'Import' },
}

interface Props {
  readonly title: string
  readonly lead: string
  readonly accept: string
  readonly take: (file: File) => void
  readonly looking: boolean
  /** Of the file that was chosen. */
  readonly name: string | undefined
  /** Beside the choice of a file. */
  readonly aside?: ReactNode
  readonly close: () => void
  /** What was found in the file. */
  readonly children: ReactNode
  /** Offered where the file is sound and changes something. */
  readonly write: (() => void) | undefined
  readonly writing: boolean
}

/** A file is looked at whole, and written only once that was seen and confirmed. */
export function ImportPanel({ title, lead, accept, take, looking, name, aside, close, children, write, writing }: Props) {
  const { say } = useWords()
  const { field, choose } = useFileChoice({ label: say(words.choose), accept, take })
  return (
    <section className="card pad list-import" style={{ marginBottom: 12 }}>
      <header>
        <h2>{title}</h2>
        <button type="button" className="bare" aria-label={say(words.close)} onClick={close}>
          <Icon name="close" />
        </button>
      </header>
      <p className="muted small">{lead}</p>
      {field}
      <div className="acts">
        <Button onClick={choose} loading={looking}>
          {say(words.choose)}
        </Button>
        {aside}
        <span className="muted small">{name}</span>
      </div>
      <div aria-live="polite">
        {children}
        {write && (
          <Button type="primary" loading={writing} onClick={write}>
            {say(words.confirm)}
          </Button>
        )}
      </div>
    </section>
  )
}

/** How many of each kind a file holds. */
export function ImportCounts({ counts }: { counts: readonly (readonly [name: Words, count: number])[] }) {
  const { say } = useWords()
  return (
    <dl className="list-counts">
      {counts.map(([name, count]) => (
        <div key={name.en}>
          <dt>{say(name)}</dt>
          <dd>{sayCount(count)}</dd>
        </div>
      ))}
    </dl>
  )
}

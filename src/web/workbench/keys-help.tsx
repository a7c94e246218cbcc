import { Modal, Switch } from 'antd'
import { setKeysOn, useKeysOn, useMe, useWords } from '../../kernel/web/index.ts'
import { menuOf } from './pages.ts'

const words = {
  title: { zh: '快捷键', en: 'Keys' },
  on: { zh: '启用单键快捷键', en: 'Single keys act' },
  note: { zh: '在输入框内不起作用。', en: 'They do nothing while you type in a field.' },
}

const keys = [
  ['/', { zh: '查找案件', en: 'Find cases' }],
  ['J', { zh: '下一件', en: 'Next case' }],
  ['K', { zh: '上一件', en: 'Previous case' }],
  ['Enter', { zh: '打开案件', en: 'Open the case' }],
  ['D', { zh: '主要办理（如派遣）', en: 'The main act, such as dispatch' }],
  ['R', { zh: '回退', en: 'Return' }],
  ['C', { zh: '叠放对比处置前后', en: 'Lay before and after over each other' }],
  ['?', { zh: '本页', en: 'This page' }],
] as const

export function KeysHelp({ open, close }: { open: boolean; close: () => void }) {
  const { say } = useWords()
  const on = useKeysOn()
  const jumps = menuOf(useMe()?.permits ?? [])
    .flatMap(({ pages }) => pages)
    .filter((page) => page.menu?.key)
  return (
    <Modal open={open} onCancel={close} footer={null} title={say(words.title)} width={460}>
      <dl className="keys">
        {keys.map(([key, meaning]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{say(meaning)}</dd>
          </div>
        ))}
        {jumps.map((page) => (
          <div key={page.path}>
            <dt>
              <kbd>G</kbd> <kbd>{page.menu!.key!.toUpperCase()}</kbd>
            </dt>
            <dd>{say(page.title)}</dd>
          </div>
        ))}
      </dl>
      <p>
        <Switch size="small" checked={on} onChange={setKeysOn} aria-label={say(words.on)} /> {say(words.on)}
        <span className="muted small">　{say(words.note)}</span>
      </p>
    </Modal>
  )
}

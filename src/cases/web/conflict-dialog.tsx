import { Modal } from 'antd'
import { sayNear, useNow, useWords } from '../../kernel/web/index.ts'
import type { Acts } from './use-acts.ts'

const words = {
  moved: { zh: '这件案卷刚被他人办理', en: 'Someone else has just moved this case on' },
  since: { zh: '您打开之后发生了：', en: 'Since you opened it:' },
  kept: { zh: '您填写的内容还在。', en: 'What you entered is still here.' },
  notOpen: { zh: '现在不能这样办理', en: 'This is not open now' },
  possible: { zh: '现在可以办理：', en: 'What is open now:' },
  again: { zh: '看最新情况', en: 'Look again' },
  insist: { zh: '仍按我填写的办理', en: 'Do it all the same' },
}

/** Two people on one case: the second sees what the first has done, and chooses. */
export function ConflictDialog({ acts }: { acts: Acts }) {
  const { say } = useWords()
  const now = useNow()
  const { conflict } = acts
  const moved = conflict?.code === 'case.moved'
  const whenOf = (at: string): string | undefined => (at.startsWith('since.') ? at.slice('since.'.length) : undefined)
  return (
    <Modal
      open={conflict !== undefined}
      title={say(moved ? words.moved : words.notOpen)}
      onCancel={acts.lookAgain}
      onOk={() => void (moved ? acts.insist() : acts.lookAgain())}
      okText={say(moved ? words.insist : words.again)}
      cancelText={say(words.again)}
      okButtonProps={{ loading: acts.sending }}
      cancelButtonProps={moved ? {} : { style: { display: 'none' } }}
      destroyOnHidden
    >
      {!moved && <p>{conflict?.message}</p>}
      <p className="muted small">{say(moved ? words.since : words.possible)}</p>
      <ul className="conflict">
        {conflict?.faults.map(({ at, reason }) => {
          const when = whenOf(at)
          return (
            <li key={at}>
              {when && <time dateTime={when}>{sayNear(when, now)}</time>}
              <span>{reason}</span>
            </li>
          )
        })}
      </ul>
      {moved && <p className="muted small">{say(words.kept)}</p>}
    </Modal>
  )
}

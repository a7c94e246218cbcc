import { Button, Modal } from 'antd'
import { Link } from '@tanstack/react-router'
import { groupNumber, Icon, useWords } from '../../kernel/web/index.ts'
import type { Static, Words } from '../../kernel/contract.ts'
import type { postBulk } from '../contract.ts'

export type BulkReply = Static<(typeof postBulk)['reply']>

const words = {
  done: { zh: '已办理', en: 'Done' },
  refused: { zh: '未办理', en: 'Refused' },
  number: { zh: '案件号', en: 'Number' },
  verdict: { zh: '结果', en: 'Verdict' },
  again: { zh: '重新选择未办理的', en: 'Select those refused' },
  close: { zh: '知道了', en: 'Close' },
}

/** What became of each row of a selection; those that were refused say why. */
export function Verdicts({ act, reply, close, again }: { act: Words; reply: BulkReply | undefined; close: () => void; again: (numbers: string[]) => void }) {
  const { say, language } = useWords()
  const refused = reply?.verdicts.filter(({ ok }) => !ok) ?? []
  const title = reply && (language === 'zh' ? `${act.zh}：办理 ${reply.done} 件，未办理 ${reply.refused} 件` : `${act.en}: ${reply.done} done, ${reply.refused} refused`)
  return (
    <Modal
      open={reply !== undefined}
      title={title}
      width={720}
      onCancel={close}
      footer={[
        refused.length > 0 && (
          <Button key="again" onClick={() => again(refused.map(({ number }) => number))}>
            {say(words.again)}
          </Button>
        ),
        <Button key="close" type="primary" onClick={close}>
          {say(words.close)}
        </Button>,
      ]}
      destroyOnHidden
    >
      <div className="verdicts">
        <table>
          <thead>
            <tr>
              <th scope="col">{say(words.number)}</th>
              <th scope="col">{say(words.verdict)}</th>
            </tr>
          </thead>
          <tbody>
            {[...refused, ...(reply?.verdicts.filter(({ ok }) => ok) ?? [])].map((one) => (
              <tr key={one.number} data-refused={!one.ok || undefined}>
                <td>
                  <Link to={`/cases/${one.number}` as never} className="number">
                    {groupNumber(one.number)}
                  </Link>
                </td>
                <td>
                  <Icon name={one.ok ? 'check' : 'close'} size={14} /> {say(one.ok ? (one.stateWords ?? words.done) : (one.words ?? words.refused))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Modal>
  )
}

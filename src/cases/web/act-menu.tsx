import { Button, Dropdown } from 'antd'
import { Icon, useWords } from '../../kernel/web/index.ts'
import { groupsOf, isBeside } from './act-groups.ts'
import { keyOf } from './draft.ts'
import type { Acts } from './use-acts.ts'

const words = { procedures: { zh: '程序', en: 'Procedures' } }

/** What happens beside the way of a case (程序). What is not open now stands there grey, and says why. */
export function ActMenu({ acts }: { acts: Acts }) {
  const { say } = useWords()
  const all = [...acts.procedures, ...acts.steps.filter((step) => isBeside(acts.flow, step))]
  if (all.length === 0) return null
  const nameOf = (act: (typeof all)[number]) => {
    const kind = act.proceeding === undefined ? undefined : acts.flow?.procedures[act.procedure ?? '']?.words
    return kind && !say(act.words).includes(say(kind)) ? `${say(kind)} · ${say(act.words)}` : say(act.words)
  }
  return (
    <Dropdown
      trigger={['click']}
      placement="topRight"
      menu={{
        className: 'act-menu',
        items: groupsOf(all).map((group) => ({
          key: group.key,
          type: 'group' as const,
          label: say(group.words),
          children: group.acts.map((act) => ({
            key: keyOf(act),
            disabled: act.hindered !== undefined,
            label: (
              <span className="act-name" {...(act.hindered && { title: say(act.hindered) })}>
                {nameOf(act)}
                {act.hindered && <small>{say(act.hindered)}</small>}
                {act.step === 'return.open' && !act.hindered && <kbd aria-hidden="true">R</kbd>}
              </span>
            ),
          })),
        })),
        onClick: ({ key }) => acts.choose(all.find((act) => keyOf(act) === key)),
      }}
    >
      <Button icon={<Icon name="down" />} iconPlacement="end">
        {say(words.procedures)}
      </Button>
    </Dropdown>
  )
}

import { Button, Modal } from 'antd'
import { groupNumber, useKeys, useWords } from '../../kernel/web/index.ts'
import type { CaseBrief, OpenStep } from '../contract.ts'
import { ActForm } from './act-form.tsx'
import { ActMenu } from './act-menu.tsx'
import { isBeside } from './act-groups.ts'
import { ConflictDialog } from './conflict-dialog.tsx'
import { keyOf } from './draft.ts'
import type { Acts } from './use-acts.ts'

const words = {
  cancel: { zh: '取消', en: 'Cancel' },
  this: { zh: '此案', en: ' this case' },
  to: { zh: '至', en: ' to ' },
  none: { zh: '现在没有您可办理的步骤。', en: 'There is no step for you to take now.' },
  effect: {
    zh: '之后这件案卷不能再办理，历史与统计保留。',
    en: 'afterwards nothing more can be done with this case; its history and figures stay.',
  },
}

/** Whether there is anything here that the caller may do. */
export const mayAct = (acts: Acts): boolean => acts.steps.length > 0 || acts.procedures.some(({ hindered }) => !hindered)

/** The buttons of the steps one may take, and no others; the usual one is filled and hears D. What happens beside the way stands in a menu. */
export function ActBar({ acts, brief, waiting = false }: { acts: Acts; brief: CaseBrief; waiting?: boolean }) {
  const { say, language } = useWords()
  const { step: chosen, inline: step, usual } = acts
  const others = acts.steps.filter((each) => each !== step && (each !== usual || !step) && !isBeside(acts.flow, each))
  const back = acts.procedures.find((each) => each.step === 'return.open' && !each.hindered)
  useKeys(
    waiting
      ? {}
      : {
          d: () => (step && step === usual ? acts.submit() : usual && acts.choose(usual)),
          ...(back && { r: () => acts.choose(back) }),
        },
  )
  if (!mayAct(acts)) return <p className="muted small act-none">{say(words.none)}</p>
  return (
    <div className="act-bar">
      {step && (
        <Button
          type="primary"
          danger={acts.endsCase(step) && step !== usual}
          loading={acts.sending}
          onClick={acts.submit}
          className="main-act"
        >
          <span className="cut">{labelOf(step, acts, say)}</span>
          {step === usual && <kbd aria-hidden="true">D</kbd>}
        </Button>
      )}
      {acts.mayCancel && <Button onClick={acts.cancel}>{say(words.cancel)}</Button>}
      {others.map((each) => (
        <Button
          key={keyOf(each)}
          onClick={() => acts.choose(each)}
          {...(each === usual ? { type: 'primary' as const, className: 'main-act' } : { danger: acts.endsCase(each) })}
        >
          {say(each.words)}
          {each === usual && <kbd aria-hidden="true">D</kbd>}
        </Button>
      ))}
      <ActMenu acts={acts} />
      {chosen && (
        <Modal
          open={acts.confirming !== undefined}
          onCancel={acts.stopConfirming}
          title={`${say(chosen.words)}${language === 'zh' ? '：' : ': '}${brief.description}`}
          okText={`${say(chosen.words)}${say(words.this)}`}
          okButtonProps={{ danger: chosen !== usual, loading: acts.sending }}
          onOk={acts.submit}
          cancelText={say(words.cancel)}
          destroyOnHidden
        >
          <p>
            {groupNumber(brief.number)}
            {language === 'zh' ? '：' : ': '}
            {say(chosen.words)}
            {language === 'zh' ? '' : ', '}
            {say(words.effect)}
          </p>
          <ActForm acts={acts} brief={brief} asked />
        </Modal>
      )}
      <ConflictDialog acts={acts} />
    </div>
  )
}

/** The verb says what will happen: 派遣至清河区市政养护所, not 提交. */
function labelOf(step: OpenStep, acts: Acts, say: (words: { zh: string; en: string }) => string): string {
  const unit = step.units?.find(({ unitCode }) => unitCode === acts.draft.unit)
  return unit ? `${say(step.words)}${say(words.to)}${say(unit.name)}` : say(step.words)
}

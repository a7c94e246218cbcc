import { Lamp, To, useRemaining, useWords } from '../../../kernel/web/index.ts'
import type { TaskLine as Line } from '../contract.ts'
import { T } from './texts.ts'

export const deadlineOf = ({ lamp, clockFrom, dueAt, yellowAt }: Line) => ({ lamp, from: clockFrom, dueAt, yellowAt })

/** One task in a list: its clock first, then what and where. */
export function TaskLink({ task }: { task: Line }) {
  const { say } = useWords()
  const { lamp, before, span, after } = useRemaining(deadlineOf(task))
  return (
    <To className="task-line" href={`/collector/tasks/${task.district}/${task.id}`}>
      <span className="top">
        <span className={`left ${lamp}`}>
          <Lamp colour={lamp} size={22} />
          <span>
            {task.dueAt ? (
              <>
                {before} <strong>{span}</strong> {after}
              </>
            ) : (
              say(T.noClock)
            )}
          </span>
        </span>
        <span className="kind">{say(task.kind === 'check' ? T.checkTag : T.verifyTag)}</span>
      </span>
      <b>{task.title}</b>
      <span className="where">{task.address}</span>
    </To>
  )
}

import { ErrorState, Loading, useWords } from '../../../kernel/web/index.ts'
import { Frame, useTasks } from './frame.tsx'
import { TaskLink } from './task-line.tsx'
import { T } from './texts.ts'

/** All tasks, the latest first to run out on top. */
export function Tasks() {
  const { say } = useWords()
  const { data, error, refetch } = useTasks()
  return (
    <Frame title={say(T.tasks)}>
      {data ? (
        data.items.map((task) => <TaskLink key={task.id} task={task} />)
      ) : error ? (
        <ErrorState error={error} retry={() => void refetch()} />
      ) : (
        <Loading />
      )}
      {data?.items.length === 0 && (
        <div className="state-note">
          <p>{say(T.noTask)}</p>
        </div>
      )}
    </Frame>
  )
}

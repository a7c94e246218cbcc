import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { getFile } from '../../../kernel/files/contract.ts'
import {
  addressOf,
  ask,
  ErrorState,
  Lamp,
  Loading,
  PhoneMap,
  sayNear,
  Sign,
  useHere,
  useNow,
  useRemaining,
  useWords,
} from '../../../kernel/web/index.ts'
import { getTask, type Task } from '../contract.ts'
import { Answer, Camera, Note, useAnswer } from './answer.tsx'
import { useCity } from './city.ts'
import { Frame } from './frame.tsx'
import { deadlineOf } from './task-line.tsx'
import { T } from './texts.ts'

/** One task: clock and way, evidence, the rule, the camera, and the answer, which is live only after a photo. */
export function TaskPage({ district, id }: { district: string; id: string }) {
  const { say } = useWords()
  const { data, error, refetch } = useQuery({
    queryKey: ['task', id],
    queryFn: ({ signal }) => ask(getTask, { params: { id }, query: { district }, signal }),
  })
  return (
    <Frame title={data ? say(data.kind === 'check' ? T.check : T.verify) : say(T.tasks)} back>
      {data ? <Shown task={data} /> : error ? <ErrorState error={error} retry={() => void refetch()} /> : <Loading />}
    </Frame>
  )
}

function Shown({ task }: { task: Task }) {
  const { say } = useWords()
  const check = task.kind === 'check'
  const form = useAnswer(task)
  const rule = check ? task.closingCondition : task.condition
  return (
    <>
      <Clock task={task} />
      <Way task={task} />
      <div className="body">
        <h2>{task.title}</h2>
        <p className="where-line">
          <span>{task.address}</span>
          {task.component && (
            <span>
              {say(T.component)} …{task.component.slice(-7)}
            </span>
          )}
        </p>
        <Evidence task={task} />
        {!task.answeredAt && <Camera check={check} form={form} />}
        {rule && <Said name={say(check ? T.closing : T.filing)} text={rule} />}
        {task.words && <Said name={say(T.said)} text={task.words} />}
        {task.note && <Said name={say(check ? T.crewSaid : T.operatorSaid)} text={task.note} />}
        {!task.answeredAt && <Note check={check} form={form} />}
      </div>
      {task.answeredAt ? (
        <p className="why" style={{ padding: '0 20px 20px' }}>
          {say(T.ended)}
        </p>
      ) : (
        <Answer check={check} form={form} />
      )}
    </>
  )
}

const Said = ({ name, text }: { name: string; text: string }) => (
  <p className="said">
    <b>{name}</b>
    {text}
  </p>
)

/** As `sayNear`, to the minute. */
function toMinute(at: string, now: number): string {
  const said = sayNear(at, now)
  return said.length === 8 ? said.slice(0, 5) : said
}

function Clock({ task }: { task: Task }) {
  const { say, language } = useWords()
  const now = useNow()
  const { lamp, before, span, after } = useRemaining(deadlineOf(task))
  if (!task.dueAt) return null
  const until = toMinute(task.dueAt, now)
  return (
    <div className={`clock ${lamp}`} role="timer">
      <Lamp colour={lamp} size={26} />
      <b>
        {before} {span} {after}
      </b>
      <span>{language === 'zh' ? `${until} ${say(T.by)}` : `by ${until}`}</span>
    </div>
  )
}

function Way({ task }: { task: Task }) {
  const { say } = useWords()
  const here = useHere(true)
  const city = useCity()
  const [way, setWay] = useState<{ metres: number; along: boolean }>()
  const { lamp } = useRemaining(deadlineOf(task))
  const [lng, lat] = task.position
  const far = way ? `${way.metres < 10_000 ? Math.round(way.metres / 10) * 10 : Math.round(way.metres / 1000) * 1000} ${say(T.metres)}` : ''
  return (
    <div className="way">
      <PhoneMap
        label={say(T.map)}
        credit={city?.attribution}
        center={task.position}
        zoom={16}
        here={here?.position}
        target={{ position: task.position, lamp }}
        onWay={(metres, along) => setWay({ metres, along })}
      />
      <a className="go" href={`geo:${lat},${lng}?q=${lat},${lng}(${encodeURIComponent(task.title)})`}>
        <Sign name="go" size={22} weight={1.5} />
        {say(T.way)} {way && !way.along && say(T.straight)} {far}
      </a>
    </div>
  )
}

function Evidence({ task }: { task: Task }) {
  const { say } = useWords()
  const now = useNow()
  const before = task.before[0]
  const after = task.after.at(-1)
  const shown = [
    before && { photo: before, name: say(task.kind === 'check' ? T.before : T.reported) },
    after && { photo: after, name: say(T.after) },
  ].filter((each) => each !== undefined)
  if (shown.length === 0) return null
  return (
    <div className="pair">
      {shown.map(({ photo, name }) => (
        <figure key={photo.sha256 + name}>
          <a href={addressOf(getFile, { sha256: photo.sha256, variant: 'public' })} target="_blank" rel="noreferrer">
            <img src={addressOf(getFile, { sha256: photo.sha256, variant: 'thumb' })} alt={name} />
          </a>
          <figcaption>
            {name} {toMinute(photo.at, now)}
          </figcaption>
        </figure>
      ))}
    </div>
  )
}

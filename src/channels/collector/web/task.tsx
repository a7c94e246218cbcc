import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { getFile } from '../../../kernel/files/contract.ts'
import {
  addressOf, ask, ErrorState, go, Icon, keepFiles, keptFiles, Lamp, Loading, makeKey, PhoneMap, PhotoButton, PhotoStrip, Refused, sayNear, Sign, useHere,
  useNow, useRemaining, useWords,
} from '../../../kernel/web/index.ts'
import { getTask, postAnswer, type Task } from '../contract.ts'
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
        {task.words && (
          <p className="said">
            <b>{say(T.said)}</b>
            {task.words}
          </p>
        )}
        {(check ? task.closingCondition : task.condition) && (
          <p className="said">
            <b>{say(check ? T.closing : T.filing)}</b>
            {check ? task.closingCondition : task.condition}
          </p>
        )}
        {task.note && (
          <p className="said">
            <b>{say(T.said)}</b>
            {task.note}
          </p>
        )}
      </div>
      {task.answeredAt ? (
        <p className="why" style={{ padding: '0 20px 20px' }}>
          {say(T.ended)}
        </p>
      ) : (
        <Answer task={task} />
      )}
    </>
  )
}

function Clock({ task }: { task: Task }) {
  const { say, language } = useWords()
  const now = useNow()
  const { lamp, before, span, after } = useRemaining(deadlineOf(task))
  if (!task.dueAt) return null
  const due = sayNear(task.dueAt, now)
  const until = due.length === 8 ? due.slice(0, 5) : due
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
  const [way, setWay] = useState<{ metres: number; along: boolean }>()
  const { lamp } = useRemaining(deadlineOf(task))
  const [lng, lat] = task.position
  const far = way ? `${way.metres < 10_000 ? Math.round(way.metres / 10) * 10 : Math.round(way.metres / 1000) * 1000} ${say(T.metres)}` : ''
  return (
    <div className="way">
      <PhoneMap
        label={say(T.map)}
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
            {name} {sayNear(photo.at, now).slice(0, -3).padStart(5, ' ')}
          </figcaption>
        </figure>
      ))}
    </div>
  )
}

function Answer({ task }: { task: Task }) {
  const { say } = useWords()
  const queries = useQueryClient()
  const here = useHere(true)
  const shelf = `task-${task.id}`
  const [photos, setPhotos] = useState<readonly File[]>([])
  const [note, setNote] = useState('')
  const [noteFault, setNoteFault] = useState(false)
  const [key] = useState(makeKey)
  useEffect(() => void keptFiles(shelf).then((kept) => setPhotos((now) => (now.length > 0 ? now : kept))), [shelf])
  const change = (next: readonly File[]) => {
    setPhotos(next)
    void keepFiles(shelf, next)
  }
  const check = task.kind === 'check'
  const send = useMutation({
    mutationFn: (passed: boolean) => {
      const position = here && { lng: here.position[0], lat: here.position[1] }
      const body = { district: task.district, passed, ...(note.trim() && { note: note.trim() }), ...position }
      // One key for each answer: pass and fail are two acts, the same one sent again is not.
      return ask(postAnswer, { params: { id: task.id }, body, files: photos, key: `${key}-${passed ? 'pass' : 'fail'}` })
    },
    onSuccess: () => {
      void keepFiles(shelf, [])
      void queries.invalidateQueries()
      go('/collector/tasks?done=1', { replace: true })
    },
  })
  const answer = (passed: boolean) => {
    if (check && !passed && note.trim() === '') {
      setNoteFault(true)
      return document.getElementById('task-note')?.focus()
    }
    send.mutate(passed)
  }
  const ready = photos.length > 0 && !send.isPending
  return (
    <>
      <div className="body" style={{ flex: 'none', paddingTop: 0 }}>
        {photos.length > 0 && <PhotoStrip files={photos} drop={(index) => change(photos.filter((_, at) => at !== index))} />}
        <PhotoButton className="snap" take={(files) => change([...photos, ...files].slice(0, 6))}>
          <Icon name="photo" size={30} />
          <span>
            <b>{say(T.snap)}</b>
            <small>{say(check ? T.snapCheck : T.snapVerify)}</small>
          </span>
          <em>{photos.length} / 1</em>
        </PhotoButton>
        <div className="field">
          <label htmlFor="task-note">{say(check ? T.noteNeeded : T.note)}</label>
          <textarea
            id="task-note"
            maxLength={500}
            style={{ minHeight: 64 }}
            value={note}
            aria-invalid={noteFault}
            onChange={(event) => {
              setNote(event.target.value)
              setNoteFault(false)
            }}
          />
          {noteFault && <p className="fault">{say(T.noteFault)}</p>}
        </div>
      </div>
      <div className="thumb">
        {send.error && (
          <p className="fault" role="alert">
            {say(T.notSent)}
            {send.error instanceof Refused && `：${send.error.message}`}
          </p>
        )}
        {!send.error && !ready && <p className="why">{say(send.isPending ? T.sending : T.photoFirst)}</p>}
        <div className="two">
          <button type="button" className="button no" disabled={!ready} onClick={() => answer(false)}>
            {say(check ? T.fail : T.notThere)}
          </button>
          <button type="button" className="button" disabled={!ready} onClick={() => answer(true)}>
            {say(check ? T.pass : T.there)}
          </button>
        </div>
      </div>
    </>
  )
}

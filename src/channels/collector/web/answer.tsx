import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import {
  ask,
  go,
  Icon,
  keepFiles,
  keptFiles,
  makeKey,
  PhotoButton,
  PhotoStrip,
  Refused,
  useHere,
  sayLabelled,
  useWords,
} from '../../../kernel/web/index.ts'
import { postAnswer, type Task } from '../contract.ts'
import { T } from './texts.ts'

const MOST = 6

/** What the collector has taken and written so far, and how it is sent. Photos stay on the phone until the server has them. */
export function useAnswer(task: Task) {
  const queries = useQueryClient()
  const here = useHere(true)
  const shelf = `task-${task.id}`
  const [photos, setPhotos] = useState<readonly File[]>([])
  const [note, setNote] = useState('')
  const [noteFault, setNoteFault] = useState(false)
  const [key] = useState(makeKey)
  useEffect(() => void keptFiles(shelf).then((kept) => setPhotos((now) => (now.length > 0 ? now : kept))), [shelf])
  const changePhotos = (next: readonly File[]) => {
    setPhotos(next.slice(0, MOST))
    void keepFiles(shelf, next.slice(0, MOST))
  }
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
    // A crew that is sent back must be told what for.
    if (task.kind === 'check' && !passed && note.trim() === '') {
      setNoteFault(true)
      return document.getElementById('task-note')?.focus()
    }
    send.mutate(passed)
  }
  const write = (text: string) => {
    setNote(text)
    setNoteFault(false)
  }
  return { photos, changePhotos, note, write, noteFault, send, answer }
}
type Form = ReturnType<typeof useAnswer>

export function Camera({ check, form: { photos, changePhotos } }: { check: boolean; form: Form }) {
  const { say } = useWords()
  return (
    <>
      {photos.length > 0 && <PhotoStrip files={photos} drop={(index) => changePhotos(photos.filter((_, at) => at !== index))} />}
      <PhotoButton className="snap" take={(files) => changePhotos([...photos, ...files])}>
        <Icon name="photo" size={30} />
        <span>
          <b>{say(T.snap)}</b>
          <small>{say(check ? T.snapCheck : T.snapVerify)}</small>
        </span>
        <em>{photos.length} / 1</em>
      </PhotoButton>
    </>
  )
}

export function Note({ check, form: { note, write, noteFault } }: { check: boolean; form: Form }) {
  const { say } = useWords()
  return (
    <div className="field">
      <label htmlFor="task-note">{say(check ? T.noteNeeded : T.note)}</label>
      <textarea
        id="task-note"
        maxLength={500}
        style={{ minHeight: 64 }}
        value={note}
        aria-invalid={noteFault}
        aria-describedby="task-note-fault"
        onChange={(event) => write(event.target.value)}
      />
      {noteFault && (
        <p className="fault" id="task-note-fault" ref={(made) => made?.scrollIntoView({ block: 'center' })}>
          {say(T.noteFault)}
        </p>
      )}
    </div>
  )
}

/** Live only after a photo. */
export function Answer({ check, form: { photos, send, answer } }: { check: boolean; form: Form }) {
  const { say, language } = useWords()
  const ready = photos.length > 0 && !send.isPending
  return (
    <div className="thumb">
      {send.error && (
        <p className="fault" role="alert">
          {send.error instanceof Refused ? sayLabelled(say(T.notSent), send.error.message, language) : say(T.notSent)}
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
  )
}

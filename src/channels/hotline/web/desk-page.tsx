import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { getPlaceAt } from '../../../atlas/contract.ts'
import { ask, groupNumber, tell, useAct, useWords } from '../../../kernel/web/index.ts'
import { postAnswer, postCallCase, postCallEnd, postCallJoin, postCallReply, postDeskCall, type Call } from '../contract.ts'
import { CallBar } from './call-bar.tsx'
import { DeskDone, type Done } from './desk-done.tsx'
import { DeskForm } from './desk-form.tsx'
import { DeskIdle } from './desk-idle.tsx'
import { DeskMap } from './desk-map.tsx'
import { DeskSide } from './desk-side.tsx'
import { FRESH, keepDraft, keptDraft, type Draft } from './draft.ts'
import { deskQuery, useLiveDesk } from './queries.ts'
import { useDeskKeys } from './use-desk-keys.ts'
import { words } from './words.ts'
import './desk.css'

export const focusOn = (id: string) => document.getElementById(id)?.focus()

export default function DeskPage() {
  const { say } = useWords()
  const queries = useQueryClient()
  useLiveDesk()
  const desk = useQuery(deskQuery)
  const [call, setCall] = useState<Call>()
  const [draft, setDraft] = useState<Draft>(FRESH)
  const [done, setDone] = useState<Done>()
  const [tried, setTried] = useState(false)
  const resumed = useRef(false)

  // After a reload the operator goes on with the call that they still have.
  useEffect(() => {
    const held = desk.data?.mine.at(-1)
    if (resumed.current || !desk.data) return
    resumed.current = true
    if (!held) return
    setCall(held)
    const kept = keptDraft()
    if (kept.call === held.id) setDraft(kept)
  }, [desk.data])
  // Behind the drawing of the form: sooner there would be nothing to write in.
  const callId = call?.id
  useEffect(() => {
    if (callId) focusOn('desk-description')
  }, [callId])
  useEffect(() => {
    if (call) keepDraft({ ...draft, call: call.id })
  }, [draft, call])

  const begin = (taken: Call) => {
    setCall(taken)
    setDone(undefined)
    setTried(false)
    setDraft(FRESH)
    void queries.invalidateQueries({ queryKey: deskQuery.queryKey })
  }
  const finish = (result: Done) => {
    setCall(undefined)
    setDone(result)
    keepDraft(FRESH)
    void queries.invalidateQueries({ queryKey: ['hotline'] })
    void queries.invalidateQueries({ queryKey: ['cases'] })
  }
  const answer = useAct(postAnswer, { done: begin })
  const start = useAct(postDeskCall, { done: begin })
  const accept = useAct(postCallCase, { done: ({ number, queryWord }) => finish({ kind: 'case', number, queryWord }) })
  const join = useAct(postCallJoin, {
    done: ({ number, queryWord }) => {
      tell(`${say(words.joined)} ${groupNumber(number)}`)
      finish({ kind: 'joined', number, ...(queryWord && { queryWord }) })
    },
  })
  const reply = useAct(postCallReply, {
    done: () => {
      tell(say(words.answered))
      finish({ kind: 'answered' })
    },
  })
  const end = useAct(postCallEnd, {
    done: () => {
      tell(say(words.ended))
      finish({ kind: 'ended' })
    },
  })

  const set = (change: Partial<Draft>) => setDraft((old) => ({ ...old, ...change }))
  const [lng, lat] = draft.position ?? []
  const there = useQuery({
    queryKey: ['place-at', lng, lat],
    queryFn: ({ signal }) => ask(getPlaceAt, { query: { lng: lng!, lat: lat! }, signal }),
    enabled: lng !== undefined,
  })
  const outside = there.data !== undefined && there.data.located === null
  const missing = [
    !draft.description.trim() && { field: 'desk-description', name: say(words.description) },
    !draft.category && { field: 'desk-categories', name: say(words.category) },
    (!draft.position || outside) && { field: 'desk-place', name: say(words.place) },
  ].filter((each) => each !== false)
  const report = () => ({
    category: draft.category!,
    description: draft.description.trim(),
    position: [draft.position![0], draft.position![1]] as [number, number],
  })
  const submit = () => {
    if (!call || accept.isPending) return
    setTried(true)
    if (missing.length > 0) return focusOn(missing[0]!.field)
    const address = there.data && !outside ? say(there.data.words) : draft.place.trim()
    accept.mutate({
      params: { id: call.id },
      body: {
        ...report(),
        ...(address && { address }),
        ...(draft.component && { componentCode: draft.component }),
        ...(draft.name.trim() && { name: draft.name.trim() }),
      },
    })
  }
  const ringing = desk.data?.ringing ?? []
  const takeFirst = () => {
    if (call) return
    const first = ringing[0]
    if (first) answer.mutate({ params: { id: first.id } })
    else {
      setDone(undefined)
      focusOn('desk-number')
    }
  }
  useDeskKeys({ answer: takeFirst, accept: submit, busy: call !== undefined })

  return (
    <div className="desk">
      <CallBar call={call} desk={desk} answer={(id) => answer.mutate({ params: { id } })} update={setCall} />
      {!call && done && <DeskDone done={done} next={() => (ringing[0] ? takeFirst() : setDone(undefined))} />}
      {!call && !done && <DeskIdle desk={desk} pending={start.isPending} start={(number) => start.mutate({ body: number ? { number } : {} })} />}
      {call && (
        <div className="desk-columns">
          <DeskForm
            draft={draft}
            set={set}
            missing={tried ? missing : []}
            accept={submit}
            pending={accept.isPending}
            end={(result) => end.mutate({ params: { id: call.id }, body: { result } })}
          />
          <DeskMap draft={draft} set={set} there={there.data && { words: say(there.data.words), outside }} />
          <DeskSide
            call={call}
            draft={draft}
            region={there.data?.located?.community}
            reply={({ article, note }) => {
              const asReport = draft.category && draft.position && !outside && draft.description.trim()
              reply.mutate({
                params: { id: call.id },
                body: { ...(article && { article }), ...(note && { note }), ...(asReport && { place: report() }) },
              })
            }}
            join={(number) =>
              join.mutate({
                params: { id: call.id },
                body: { number, ...(draft.description.trim() && { description: draft.description.trim() }), ...(draft.name.trim() && { name: draft.name.trim() }) },
              })
            }
          />
        </div>
      )}
    </div>
  )
}

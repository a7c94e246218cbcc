import { useEffect, useMemo, useReducer, useRef, useState } from 'react'
import { ask, Refused } from '../../../kernel/web/index.ts'
import { flowFaults } from '../../check-flow.ts'
import type { Flow } from '../../flow.ts'
import { putDraft } from '../../flow-edit/contract.ts'

interface Past {
  readonly past: readonly Flow[]
  readonly now: Flow
  readonly future: readonly Flow[]
  /** What was changed last: letters typed into one field are one change. */
  readonly key: string
}

type Move = { readonly set: Flow; readonly key: string } | 'undo' | 'redo'

const MOST = 200

function turn(state: Past, move: Move): Past {
  if (move === 'undo') {
    const before = state.past.at(-1)
    return before ? { past: state.past.slice(0, -1), now: before, future: [state.now, ...state.future], key: '' } : state
  }
  if (move === 'redo') {
    const [next, ...future] = state.future
    return next ? { past: [...state.past, state.now], now: next, future, key: '' } : state
  }
  if (move.key !== '' && move.key === state.key) return { ...state, now: move.set, future: [] }
  return { past: [...state.past.slice(-MOST), state.now], now: move.set, future: [], key: move.key }
}

const REST_MS = 900

/** A draft being edited: undone and redone here, saved by itself when the hands rest. */
export function useFlowDraft(start: { code: string; flow: Flow; revision: number; held: readonly string[] }) {
  const [state, move] = useReducer(turn, { past: [], now: start.flow, future: [], key: '' })
  const [refused, setRefused] = useState<Refused>()
  const [revision, setRevision] = useState(start.revision)
  const saved = useRef(start.flow)
  const [isSaved, setSaved] = useState(true)
  const busy = useRef(false)
  const held = useMemo(() => new Set(start.held), [start.held])
  const faults = useMemo(() => flowFaults(state.now, held), [state.now, held])

  useEffect(() => {
    if (state.now === saved.current) return
    setSaved(false)
    if (refused?.code === 'case.flow-draft-moved' || busy.current) return
    const flow = state.now
    const timer = setTimeout(() => {
      busy.current = true
      ask(putDraft, { params: { code: start.code }, body: { revision, flow: flow as never } })
        .then((kept) => {
          saved.current = flow
          setRevision(kept.revision)
          setRefused(undefined)
          setSaved(true)
        })
        .catch((error: unknown) => setRefused(error instanceof Refused ? error : undefined))
        .finally(() => void (busy.current = false))
    }, REST_MS)
    return () => clearTimeout(timer)
  }, [state.now, revision, refused?.code, start.code])

  return {
    flow: state.now,
    faults,
    revision,
    isSaved: isSaved && state.now === saved.current,
    refused,
    change: (set: Flow, key = '') => move({ set, key }),
    undo: state.past.length > 0 ? () => move('undo') : undefined,
    redo: state.future.length > 0 ? () => move('redo') : undefined,
  }
}

export type FlowDraft = ReturnType<typeof useFlowDraft>

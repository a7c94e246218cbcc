import { useMutation } from '@tanstack/react-query'
import { useRef } from 'react'
import type { Endpoint } from '../contract.ts'
import { ask, Refused, type Question } from './ask.ts'
import { makeKey } from './make-key.ts'
import { tellFailure } from './toaster.tsx'

/**
 * An act of the user. It carries one key until the server has answered it: when the line breaks and the same act is sent
 * again, the server knows it.
 */
export function useAct<P, Q, B, R>(
  shape: Endpoint<P, Q, B, R>,
  { done, quiet = false }: { done?: (reply: R, question: Question<P, Q, B>) => void; quiet?: boolean } = {},
) {
  const pending = useRef<{ text: string; key: string }>(undefined)
  const mutation = useMutation({
    mutationFn: (question: Question<P, Q, B>) => {
      const text = JSON.stringify([question.params, question.query, question.body])
      if (pending.current?.text !== text) pending.current = { text, key: makeKey() }
      return ask(shape, { ...question, key: pending.current.key } as Question<P, Q, B>)
    },
    onSuccess: (reply, question) => {
      pending.current = undefined
      done?.(reply, question)
    },
    onError: (error, question) => {
      const mayRepeat = error instanceof Refused && (error.status === 0 || error.status >= 500)
      if (!mayRepeat) pending.current = undefined
      if (!quiet) tellFailure(error, mayRepeat ? () => mutation.mutate(question) : undefined)
    },
  })
  return mutation
}

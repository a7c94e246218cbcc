import type { UseQueryResult } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { ErrorState, Loading, useWords } from '../../../kernel/web/index.ts'
import { words } from './words.ts'

interface Props {
  desk: UseQueryResult<{ ringing: readonly unknown[] }>
  pending: boolean
  start: (number: string) => void
}

/** Between two calls: what is to be done, and the number by hand where no exchange tells of calls. */
export function DeskIdle({ desk, pending, start }: Props) {
  const { say } = useWords()
  const [number, setNumber] = useState('')
  if (desk.isPending) return <Loading lines={5} />
  if (desk.isError) return <ErrorState error={desk.error} retry={() => void desk.refetch()} />
  return (
    <section className="desk-idle">
      <form
        className="card pad"
        onSubmit={(event) => {
          event.preventDefault()
          start(number.trim())
        }}
      >
        <h2>{desk.data.ringing.length === 0 ? say(words.idle) : say(words.answer)}</h2>
        <p className="muted">{say(words.idleLead)}</p>
        <label htmlFor="desk-number">{say(words.number)}</label>
        <Input
          id="desk-number"
          value={number}
          onChange={(event) => setNumber(event.target.value)}
          inputMode="tel"
          autoComplete="off"
          maxLength={30}
          size="large"
          autoFocus
        />
        <p className="muted small">{say(words.numberHelp)}</p>
        <Button type="primary" size="large" htmlType="submit" loading={pending}>
          {say(words.start)} <kbd>Enter</kbd>
        </Button>
      </form>
    </section>
  )
}

import { useRef, useState } from 'react'
import { Sign, useWords } from '../../../kernel/web/index.ts'
import { T } from './texts.ts'

interface Recogniser {
  lang: string
  start(): void
  stop(): void
  onresult: ((event: { results: ArrayLike<ArrayLike<{ transcript: string }>> }) => void) | null
  onend: (() => void) | null
}
type RecogniserClass = new () => Recogniser

const found = (): RecogniserClass | undefined => {
  // A server that shuts the microphone off leaves nothing to speak into.
  const policy = (document as { featurePolicy?: { allowsFeature(name: string): boolean } }).featurePolicy
  if (policy && !policy.allowsFeature('microphone')) return undefined
  const speech = window as { SpeechRecognition?: RecogniserClass; webkitSpeechRecognition?: RecogniserClass }
  return speech.SpeechRecognition ?? speech.webkitSpeechRecognition
}

/** Speaking instead of typing, where the phone itself can listen; shown nowhere else. */
export function Speak({ say: put }: { say: (text: string) => void }) {
  const { say, language } = useWords()
  const [listening, setListening] = useState(false)
  const running = useRef<Recogniser>(undefined)
  const Recognition = found()
  if (!Recognition) return null
  const turn = () => {
    if (listening) return running.current?.stop()
    const recogniser = new Recognition()
    recogniser.lang = language === 'zh' ? 'zh-CN' : 'en-US'
    recogniser.onresult = ({ results }) => put([...Array(results.length).keys()].map((at) => results[at]?.[0]?.transcript ?? '').join(''))
    recogniser.onend = () => setListening(false)
    running.current = recogniser
    setListening(true)
    recogniser.start()
  }
  return (
    <button type="button" aria-label={say(T.speak)} aria-pressed={listening} onClick={turn}>
      <Sign name="mic" size={22} />
    </button>
  )
}

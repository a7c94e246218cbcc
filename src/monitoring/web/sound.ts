import { createStore } from '../../kernel/web/index.ts'

const KEY = 'chengyun.alarm-sound'
const on = createStore(localStorage.getItem(KEY) === 'on')

export const useSound = on.use

export function setSound(wanted: boolean): void {
  localStorage.setItem(KEY, wanted ? 'on' : 'off')
  on.set(wanted)
  if (wanted) ring(3)
}

/** Ⅱ once, Ⅰ twice; the lower levels are seen and not heard. */
export function ring(level: number): void {
  if (!on.get() || level < 3) return
  const audio = new AudioContext()
  const times = level === 4 ? [0, 0.35] : [0]
  for (const at of times) {
    const [tone, volume] = [audio.createOscillator(), audio.createGain()]
    tone.frequency.value = level === 4 ? 880 : 660
    volume.gain.setValueAtTime(0.08, audio.currentTime + at)
    volume.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + at + 0.28)
    tone.connect(volume).connect(audio.destination)
    tone.start(audio.currentTime + at)
    tone.stop(audio.currentTime + at + 0.3)
  }
  setTimeout(() => void audio.close(), 1200)
}

import { useCallback, useEffect, useState } from 'react'
import type { Position, Words } from '../../contract.ts'
import { createStore } from '../store.ts'

export interface Here {
  position: Position
  /** Metres the phone thinks it may be off. */
  accuracy: number
}

export const NO_PLACE: Readonly<Record<'denied' | 'failed' | 'none', Words>> = {
  denied: { zh: '没有定位权限，请在地图上点选位置', en: 'Location is not allowed; choose the place on the map' },
  failed: { zh: '定位没有成功，请在地图上点选位置', en: 'Your location was not found; choose the place on the map' },
  none: { zh: '这部手机不能定位，请在地图上点选位置', en: 'This device cannot find itself; choose the place on the map' },
}

interface Fix extends Here {
  at: number
}

// One watch for the whole page: phones answer the second asker late or not at all.
const last = createStore<Fix | undefined>(undefined)
const FRESH_MS = 20_000
let watchers = 0
let watchId: number | undefined

const mayAsk = (): boolean => 'geolocation' in navigator && window.isSecureContext

function learn({ coords }: GeolocationPosition): Here {
  const fix = { position: [coords.longitude, coords.latitude] as Position, accuracy: Math.round(coords.accuracy), at: Date.now() }
  last.set(fix)
  return fix
}

/** Where the phone is, asked once. Browsers tell it only over https or on the machine itself. */
export function askHere(): Promise<Here> {
  const known = last.get()
  if (known && Date.now() - known.at < FRESH_MS) return Promise.resolve(known)
  return new Promise((done, fail) => {
    if (!mayAsk()) return fail(NO_PLACE.none)
    navigator.geolocation.getCurrentPosition(
      (found) => done(learn(found)),
      (error) => fail(error.code === error.PERMISSION_DENIED ? NO_PLACE.denied : NO_PLACE.failed),
      { enableHighAccuracy: true, timeout: 10_000, maximumAge: 10_000 },
    )
  })
}

/** Where the phone is while the page is open; undefined until it knows, or when it may not tell. */
export function useHere(watch: boolean): Here | undefined {
  useEffect(() => {
    if (!watch || !mayAsk()) return
    if (watchers++ === 0)
      watchId = navigator.geolocation.watchPosition(learn, () => undefined, { enableHighAccuracy: true, maximumAge: 15_000 })
    return () => {
      if (--watchers === 0 && watchId !== undefined) navigator.geolocation.clearWatch(watchId)
    }
  }, [watch])
  const known = last.use()
  return watch ? known : undefined
}

/** Whether the line is up, as far as the phone knows. */
export function useOnline(): boolean {
  const [online, set] = useState(navigator.onLine)
  const notice = useCallback(() => set(navigator.onLine), [])
  useEffect(() => {
    window.addEventListener('online', notice)
    window.addEventListener('offline', notice)
    return () => {
      window.removeEventListener('online', notice)
      window.removeEventListener('offline', notice)
    }
  }, [notice])
  return online
}

import { useCallback, useEffect, useState } from 'react'
import type { Position, Words } from '../../contract.ts'

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

/** Where the phone is, asked once. Browsers tell it only over https or on the machine itself. */
export function askHere(): Promise<Here> {
  return new Promise((done, fail) => {
    if (!('geolocation' in navigator) || !window.isSecureContext) return fail(NO_PLACE.none)
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => done({ position: [coords.longitude, coords.latitude], accuracy: Math.round(coords.accuracy) }),
      (error) => fail(error.code === error.PERMISSION_DENIED ? NO_PLACE.denied : NO_PLACE.failed),
      { enableHighAccuracy: true, timeout: 10_000, maximumAge: 10_000 },
    )
  })
}

/** Where the phone is while the page is open; undefined until it knows, or when it may not tell. */
export function useHere(watch: boolean): Here | undefined {
  const [here, setHere] = useState<Here>()
  useEffect(() => {
    if (!watch || !('geolocation' in navigator) || !window.isSecureContext) return
    const id = navigator.geolocation.watchPosition(
      ({ coords }) => setHere({ position: [coords.longitude, coords.latitude], accuracy: Math.round(coords.accuracy) }),
      () => undefined,
      { enableHighAccuracy: true, maximumAge: 15_000 },
    )
    return () => navigator.geolocation.clearWatch(id)
  }, [watch])
  return here
}

/** Whether the line is up, as far as the phone knows. */
export function useOnline(): boolean {
  const [online, set] = useState(navigator.onLine)
  const learn = useCallback(() => set(navigator.onLine), [])
  useEffect(() => {
    window.addEventListener('online', learn)
    window.addEventListener('offline', learn)
    return () => {
      window.removeEventListener('online', learn)
      window.removeEventListener('offline', learn)
    }
  }, [learn])
  return online
}

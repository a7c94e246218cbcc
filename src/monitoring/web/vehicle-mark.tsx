type Tone = 'moving' | 'still' | 'silent' | 'alarm'

const SQUARE = 'M-5-8H5A3 3 0 0 1 8-5V5A3 3 0 0 1 5 8H-5A3 3 0 0 1-8 5V-5A3 3 0 0 1-5-8Z'

/** What a vehicle does, as it stands on the map: an arrow, a square, a hollow square, a square with a sign. */
export function VehicleMark({ tone, label }: { tone: Tone; label?: string }) {
  return (
    <svg className={`vehicle-mark ${tone}`} viewBox="-11 -11 22 22" width={18} height={18} role={label ? 'img' : undefined} aria-label={label} aria-hidden={label ? undefined : true}>
      <path className="ground" d={tone === 'moving' ? 'M0-10L8 8L0 4L-8 8Z' : SQUARE} />
      {tone === 'still' && <path className="sign" d="M-2.300-3.500V3.500M2.300-3.500V3.500" />}
      {tone === 'alarm' && <path className="sign" d="M0-4.500V1M0 4.300V4.500" />}
    </svg>
  )
}

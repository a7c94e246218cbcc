/** Signs that only the phones show; drawn for a box of 16 like the others. */
const PATHS = {
  home: 'M2.500 7.500L8 3l5.500 4.500V13.500h-4V10h-3v3.500h-4z',
  list: 'M5.500 4h8M5.500 8h8M5.500 12h8M2.500 4h.3M2.500 8h.3M2.500 12h.3',
  go: 'M13.500 2.500L9 13.500l-2-4.500-4.500-2z',
  mic: 'M8 2.5a1.8 1.8 0 0 1 1.8 1.8v3.4a1.8 1.8 0 0 1-3.6 0V4.3A1.8 1.8 0 0 1 8 2.5zM4 7.5a4 4 0 0 0 8 0M8 11.5v2.3',
  cloud: 'M5 12.500a3 3 0 0 1-.3-6 3.800 3.800 0 0 1 7.300 1 2.500 2.500 0 0 1-.5 5z',
  clock: 'M8 2.200a5.800 5.800 0 1 0 0 11.600A5.800 5.800 0 0 0 8 2.200zM8 5v3.200l2.200 1.300',
  warn: 'M8 2.500L14 13H2zM8 6.500v3M8 11.200v.2',
} as const

export type SignName = keyof typeof PATHS

export function Sign({ name, size = 24, weight = 1.4 }: { name: SignName; size?: number; weight?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth={weight}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={PATHS[name]} />
    </svg>
  )
}

/** One of five; filled by the page where it is chosen. */
export const Star = ({ size = 24 }: { size?: number }) => (
  <svg
    width={size}
    height={size}
    viewBox="0 0 16 16"
    fill="none"
    stroke="currentColor"
    strokeWidth="1.2"
    strokeLinejoin="round"
    aria-hidden="true"
  >
    <path d="M8 1.800l1.900 3.900 4.300.6-3.100 3 .7 4.300L8 11.600l-3.800 2 .7-4.300-3.100-3 4.300-.6z" />
  </svg>
)

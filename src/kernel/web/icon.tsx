/** Line icons of one family, drawn for a box of 16. */
const PATHS = {
  todo: 'M3 4.5h10M3 8h10M3 11.5h6',
  case: 'M4 2.5h6l2.5 2.5v8.5h-8.5zM6 7h4.5M6 10h4.5',
  map: 'M2.5 4l3.5-1.5 4 1.5 3.5-1.5v9.5L10 13.5 6 12l-3.5 1.5zM6 2.5V12M10 4v9.5',
  phone: 'M4 2.5c-1 .5-1.500 1.500-1 3 1 3.500 4 6.500 7.500 7.500 1.500.5 2.500 0 3-1l-2.500-2-1.500 1c-2-1-3-2-4-4l1-1.500z',
  chart: 'M3 13V8M6.500 13V4M10 13V9.500M13.300 13V6',
  people: 'M6 7.500a2.300 2.300 0 1 0 0-4.600 2.300 2.300 0 0 0 0 4.600zM2 13c0-2.500 1.700-4 4-4s4 1.500 4 4M10.500 3.200a2.200 2.200 0 0 1 0 4.200M11.500 9.300c1.600.5 2.500 1.800 2.500 3.700',
  shield: 'M8 2l5 1.800v4c0 3-2 5-5 6.200-3-1.200-5-3.200-5-6.200v-4zM5.800 8l1.600 1.600 3-3.200',
  key: 'M10.500 2.500a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM8.300 7.700L3 13M4.800 11.200l1.700 1.700M6.500 9.500L8 11',
  book: 'M8 4.500C6.500 3.300 4.500 3 2.500 3v9.500c2 0 4 .3 5.500 1.500 1.500-1.200 3.500-1.500 5.500-1.500V3c-2 0-4 .3-5.500 1.500zM8 4.500V14',
  gear: 'M8 5.700a2.300 2.300 0 1 0 0 4.600 2.300 2.300 0 0 0 0-4.600zM8 2v1.800M8 12.200V14M2 8h1.800M12.200 8H14M3.800 3.800l1.300 1.300M10.900 10.900l1.300 1.300M12.200 3.800l-1.300 1.300M5.100 10.900l-1.300 1.300',
  search: 'M7 2.800a4.200 4.200 0 1 0 0 8.400 4.200 4.200 0 0 0 0-8.400zM10.200 10.200l3.300 3.300',
  bell: 'M8 2.500a4 4 0 0 1 4 4v3l1 1.500H3l1-1.500v-3a4 4 0 0 1 4-4zM6.500 13.300h3',
  help: 'M8 2.200a5.800 5.800 0 1 0 0 11.600A5.800 5.800 0 0 0 8 2.200zM6.300 6.400c0-2.200 3.500-2.200 3.500 0 0 1.400-1.800 1.400-1.800 2.900M8 11.300v.2',
  down: 'M4 6.500l4 4 4-4',
  right: 'M6.500 4l4 4-4 4',
  left: 'M9.500 4l-4 4 4 4',
  check: 'M3 8.500l3.200 3L13 4.500',
  close: 'M4 4l8 8M12 4l-8 8',
  plus: 'M8 3v10M3 8h10',
  minus: 'M3 8h10',
  pin: 'M8 14s4.500-4.300 4.500-7.500a4.500 4.500 0 0 0-9 0C3.500 9.700 8 14 8 14zM8 5a1.500 1.500 0 1 0 0 3 1.500 1.500 0 0 0 0-3z',
  photo: 'M2.500 4.500h3l1-1.500h3l1 1.500h3v8.500h-11zM8 6.500a2.200 2.200 0 1 0 0 4.400 2.200 2.200 0 0 0 0-4.400z',
  columns: 'M2.500 3h11v10h-11zM6.200 3v10M9.800 3v10',
  copy: 'M5.500 5.500h8v8h-8zM10.500 5.500v-3h-8v8h3',
  out: 'M9.500 2.500h-6v11h6M7 8h7M11.500 5.500L14 8l-2.500 2.500',
  user: 'M8 8a2.700 2.700 0 1 0 0-5.400A2.700 2.700 0 0 0 8 8zM3 13.500c0-2.700 2-4.300 5-4.300s5 1.600 5 4.300',
  globe: 'M8 2.200a5.800 5.800 0 1 0 0 11.600A5.800 5.800 0 0 0 8 2.200zM2.200 8h11.600M8 2.200c3 3.400 3 8.200 0 11.600M8 2.200c-3 3.400-3 8.200 0 11.600',
  table: 'M3 3h10v10H3zM3 6.300h10M6.500 6.300V13',
  refresh: 'M13 8a5 5 0 1 1-1.500-3.600M11.800 1.800v2.800H9',
  menu: 'M2.500 4h11M2.500 8h11M2.500 12h11',
  layers: 'M8 2.500l6 3-6 3-6-3zM2 8.500l6 3 6-3',
  target: 'M8 4.500a3.500 3.500 0 1 0 0 7 3.500 3.500 0 0 0 0-7zM8 1.500v3M8 11.500v3M1.500 8h3M11.500 8h3',
} as const

export type IconName = keyof typeof PATHS

export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg
      className="icon"
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={PATHS[name]} />
    </svg>
  )
}

/** The mark of the platform: cells of a city and the river through them. */
export function Mark({ size = 26 }: { size?: number }) {
  const cells = [[5, 5], [10.7, 5], [5, 10.7], [16.4, 10.7], [10.7, 16.4], [16.4, 16.4]]
  return (
    <svg width={size} height={size} viewBox="0 0 26 26" aria-hidden="true">
      <rect width="26" height="26" rx="6" fill="#0F5F70" />
      <g fill="#fff" fillOpacity=".34">
        {cells.map(([x, y]) => (
          <rect key={`${x}-${y}`} x={x} y={y} width="4.6" height="4.6" rx="1" />
        ))}
      </g>
      <path d="M16.4 3.5C17 9 13.5 9.5 13 13s-4.5 4.5-4 9.5" stroke="#fff" strokeWidth="2.2" fill="none" strokeLinecap="round" />
    </svg>
  )
}

/** Line icons of one family, drawn for a box of 16. */
const PATHS = {
  todo: 'M3 4.5h10M3 8h10M3 11.5h6',
  case: 'M4 2.5h6l2.5 2.5v8.5h-8.5zM6 7h4.5M6 10h4.5',
  map: 'M2.5 4l3.5-1.5 4 1.5 3.5-1.5v9.5L10 13.5 6 12l-3.5 1.5zM6 2.5V12M10 4v9.5',
  phone: 'M4 2.5c-1 .5-1.5 1.5-1 3 1 3.5 4 6.5 7.5 7.5 1.5.5 2.5 0 3-1l-2.5-2-1.5 1c-2-1-3-2-4-4l1-1.500z',
  chart: 'M3 13V8M6.5 13V4M10 13V9.500M13.3 13V6',
  people:
    'M6 7.500a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.600zM2 13c0-2.5 1.7-4 4-4s4 1.5 4 4' +
    'M10.5 3.200a2.2 2.2 0 0 1 0 4.200M11.5 9.300c1.6.5 2.5 1.8 2.5 3.7',
  shield: 'M8 2l5 1.800v4c0 3-2 5-5 6.2-3-1.2-5-3.2-5-6.200v-4zM5.8 8l1.6 1.6 3-3.2',
  key: 'M10.5 2.500a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM8.3 7.700L3 13M4.8 11.200l1.7 1.700M6.5 9.500L8 11',
  book: 'M8 4.500C6.5 3.3 4.5 3 2.5 3v9.500c2 0 4 .3 5.5 1.5 1.5-1.2 3.5-1.5 5.5-1.500V3c-2 0-4 .3-5.5 1.500zM8 4.500V14',
  gear:
    'M8 5.700a2.3 2.3 0 1 0 0 4.6 2.3 2.3 0 0 0 0-4.600zM8 2v1.800M8 12.200V14M2 8h1.800M12.2 8H14' +
    'M3.8 3.800l1.3 1.300M10.9 10.900l1.3 1.300M12.2 3.800l-1.3 1.300M5.1 10.900l-1.3 1.3',
  search: 'M7 2.800a4.2 4.2 0 1 0 0 8.4 4.2 4.2 0 0 0 0-8.400zM10.2 10.200l3.3 3.3',
  bell: 'M8 2.500a4 4 0 0 1 4 4v3l1 1.500H3l1-1.500v-3a4 4 0 0 1 4-4zM6.5 13.300h3',
  help: 'M8 2.200a5.8 5.8 0 1 0 0 11.600A5.8 5.8 0 0 0 8 2.200zM6.3 6.400c0-2.2 3.5-2.2 3.5 0 0 1.4-1.8 1.4-1.8 2.900M8 11.300v.2',
  down: 'M4 6.500l4 4 4-4',
  right: 'M6.5 4l4 4-4 4',
  left: 'M9.5 4l-4 4 4 4',
  check: 'M3 8.500l3.2 3L13 4.5',
  close: 'M4 4l8 8M12 4l-8 8',
  plus: 'M8 3v10M3 8h10',
  minus: 'M3 8h10',
  pin: 'M8 14s4.5-4.3 4.5-7.500a4.5 4.5 0 0 0-9 0C3.5 9.7 8 14 8 14zM8 5a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3z',
  photo: 'M2.5 4.500h3l1-1.500h3l1 1.500h3v8.500h-11zM8 6.500a2.2 2.2 0 1 0 0 4.4 2.2 2.2 0 0 0 0-4.400z',
  columns: 'M2.5 3h11v10h-11zM6.2 3v10M9.8 3v10',
  copy: 'M5.5 5.500h8v8h-8zM10.5 5.500v-3h-8v8h3',
  out: 'M9.5 2.500h-6v11h6M7 8h7M11.5 5.500L14 8l-2.5 2.5',
  user: 'M8 8a2.7 2.7 0 1 0 0-5.400A2.7 2.7 0 0 0 8 8zM3 13.500c0-2.7 2-4.3 5-4.300s5 1.6 5 4.3',
  globe: 'M8 2.200a5.8 5.8 0 1 0 0 11.600A5.8 5.8 0 0 0 8 2.200zM2.2 8h11.600M8 2.200c3 3.4 3 8.2 0 11.600M8 2.200c-3 3.4-3 8.2 0 11.6',
  table: 'M3 3h10v10H3zM3 6.300h10M6.5 6.300V13',
  refresh: 'M13 8a5 5 0 1 1-1.5-3.600M11.8 1.800v2.800H9',
  menu: 'M2.5 4h11M2.5 8h11M2.5 12h11',
  layers: 'M8 2.500l6 3-6 3-6-3zM2 8.500l6 3 6-3',
  water: 'M2 6c1.500-1.500 2.500-1.500 4 0s2.500 1.500 4 0 2.500-1.500 4 0M2 10.500c1.500-1.500 2.500-1.500 4 0s2.500 1.500 4 0 2.500-1.500 4 0',
  truck: 'M1.800 4h7.200v7h-7.200zM9 6.500h2.800l2.400 2.400v2.100H9M3.300 11.200a1.400 1.400 0 1 0 2.800 0M9.800 11.200a1.400 1.400 0 1 0 2.800 0',
  play: 'M5 3.200l7.500 4.800L5 12.800z',
  pause: 'M5.500 3.500v9M10.500 3.500v9',
  target: 'M8 4.500a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM8 1.500v3M8 11.500v3M1.5 8h3M11.5 8h3',
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
  const cells = [
    [5, 5],
    [10.7, 5],
    [5, 10.7],
    [16.4, 10.7],
    [10.7, 16.4],
    [16.4, 16.4],
  ]
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

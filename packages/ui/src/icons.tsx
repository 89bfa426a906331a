import type { CSSProperties } from 'react'

/** Own line icons on a 24-unit grid: one path string each, so a menu entry can name one in a plain .ts file. */
const paths = {
  home: 'M4 11 12 4l8 7M6 10v9h4v-5h4v5h4v-9',
  tasks: 'M9 6h11M9 12h11M9 18h11M3.5 6l1.2 1.2L7 5M3.5 12l1.2 1.2L7 11M3.5 18l1.2 1.2L7 17',
  desk: 'M3 9h18M5 9V5h14v4M4 9v10M20 9v10M4 14h16',
  board: 'M4 5h16v14H4zM9.3 5v14M14.6 5v14',
  list: 'M5 6h14M5 12h14M5 18h14',
  customers: 'M9 11a3.2 3.2 0 1 0 0-6.4A3.2 3.2 0 0 0 9 11ZM3 19c.4-3.4 2.8-5 6-5s5.600 1.600 6 5M15.500 4.900a3.100 3.100 0 0 1 0 5.900M17.500 14.400c2 .7 3.200 2.200 3.500 4.600',
  user: 'M12 11.500a3.700 3.700 0 1 0 0-7.500 3.700 3.700 0 0 0 0 7.500ZM4.500 20c.5-4 3.500-6 7.500-6s7 2 7.500 6',
  device: 'M7 3h10v18H7zM10.500 18h3',
  request: 'M6 3h9l4 4v14H6zM14 3v5h5M9 12h6M9 16h6',
  org: 'M9 3h6v5H9zM3 16h6v5H3zM15 16h6v5h-6zM12 8v4M6 16v-4h12v4',
  role: 'M12 3 5 6v5c0 4.500 2.800 8 7 10 4.200-2 7-5.500 7-10V6zM9 12l2.200 2.200L15.500 10',
  group: 'M4 4h7v7H4zM13 13h7v7h-7zM14 4h6v6h-6zM4 14h6v6H4z',
  field: 'M4 6h16v5H4zM4 15h9M4 19h6M17 14v6M14 17h6',
  calendar: 'M4 6h16v14H4zM4 10h16M8 3v5M16 3v5',
  audit: 'M12 8v4.500l3 2M4.500 12a7.500 7.500 0 1 1 2.300 5.400M4 20v-4.200h4.200',
  key: 'M8 15.500a4 4 0 1 1 3.700-5.500H21v3.500h-3V16h-3v-2.500h-3.300A4 4 0 0 1 8 15.500ZM7.500 11.500h.01',
  system: 'M4 5h16v10H4zM9 20h6M12 15v5',
  settings: 'M4 7h9M17 7h3M4 17h3M11 17h9M13 4.500v5h4v-5zM7 14.500v5h4v-5z',
  search: 'M11 17.500a6.500 6.500 0 1 0 0-13 6.500 6.500 0 0 0 0 13ZM16 16l4.500 4.500',
  bell: 'M6 16.500V11a6 6 0 0 1 12 0v5.500l1.500 1.500h-15zM10 20.500h4',
  menu: 'M4 6h16M4 12h16M4 18h16',
  help: 'M12 20.500a8.500 8.500 0 1 0 0-17 8.500 8.500 0 0 0 0 17ZM9.500 9.700a2.500 2.500 0 1 1 3.600 2.200c-.8.4-1.100.9-1.100 1.900M12 16.800h.01',
  plus: 'M12 5v14M5 12h14',
  minus: 'M5 12h14',
  edit: 'M4 20l1-4L16 5l3 3L8 19zM14 7l3 3',
  trash: 'M5 7h14M9 7V4h6v3M7 7l1 13h8l1-13M10.500 11v5.500M13.500 11v5.500',
  download: 'M12 4v11M7.500 11 12 15.500 16.500 11M5 20h14',
  upload: 'M12 16V5M7.500 9 12 4.500 16.500 9M5 20h14',
  filter: 'M4 5h16l-6.500 7.500V19l-3-1.500v-5z',
  columns: 'M4 5h16v14H4zM10 5v14M15 5v14',
  star: 'M12 4l2.400 5.200 5.600.6-4.200 3.800 1.200 5.600L12 16.300l-5 2.900 1.200-5.600L4 9.800l5.600-.6z',
  left: 'M14.500 5.500 8 12l6.500 6.500',
  right: 'M9.500 5.500 16 12l-6.500 6.500',
  down: 'M5.500 9 12 15.500 18.500 9',
  up: 'M5.500 15 12 8.500 18.500 15',
  back: 'M19 12H5M11 6l-6 6 6 6',
  close: 'M6 6l12 12M18 6 6 18',
  check: 'M5 12.500 10 17.500 19.500 7',
  clock: 'M12 20.500a8.500 8.500 0 1 0 0-17 8.500 8.500 0 0 0 0 17ZM12 7.500V12l3.200 2',
  warn: 'M12 4 2.500 20h19zM12 10v4.500M12 17.200h.01',
  refresh: 'M19.500 12a7.500 7.500 0 1 1-2.300-5.400M20 4v4.200h-4.200',
  comment: 'M4 5h16v11h-9l-4.500 4v-4H4z',
  attach: 'M18.500 11.500l-7 7a4.200 4.200 0 0 1-6-6L13 5a2.800 2.800 0 0 1 4 4l-7.400 7.300a1.400 1.400 0 0 1-2-2L14 8',
  eye: 'M2.500 12C4.800 7.800 8 5.800 12 5.800s7.200 2 9.500 6.200c-2.300 4.200-5.500 6.200-9.500 6.200S4.800 16.200 2.500 12ZM12 14.800a2.800 2.800 0 1 0 0-5.600 2.800 2.800 0 0 0 0 5.600Z',
  more: 'M6 12h.01M12 12h.01M18 12h.01',
  flow: 'M3.500 9.500h5v5h-5zM15.500 4h5v5h-5zM15.500 15h5v5h-5zM8.500 12H12V6.500h3.500M12 12v5.500h3.500',
  chart: 'M4 4v16h16M8 16v-4M12.500 16V8M17 16v-6',
  gauge: 'M4 17a8.500 8.500 0 1 1 16 0M12 15l3.500-5M4 17h16',
  link: 'M10 14a4 4 0 0 0 5.700 0l3-3A4 4 0 0 0 13 5.300l-1 1M14 10a4 4 0 0 0-5.700 0l-3 3A4 4 0 0 0 11 18.700l1-1',
  out: 'M10 4H5v16h5M14 8l4 4-4 4M18 12H9',
  globe: 'M12 20.500a8.500 8.500 0 1 0 0-17 8.500 8.500 0 0 0 0 17ZM3.500 12h17M12 3.500c2.500 2.500 3.700 5.300 3.700 8.500s-1.200 6-3.700 8.500c-2.500-2.500-3.700-5.300-3.700-8.500s1.200-6 3.700-8.500Z',
  lock: 'M6 11h12v9H6zM8.500 11V8a3.500 3.500 0 0 1 7 0v3M12 14.500v2',
  play: 'M7 5l12 7-12 7z',
  pause: 'M8 5v14M16 5v14',
  swap: 'M4 8h14M14 4l4 4-4 4M20 16H6M10 12l-4 4 4 4',
  phone: 'M6 3.500h3l1.500 4.500-2 1.500a11 11 0 0 0 6 6l1.500-2 4.500 1.500v3c0 1-1 2-2 2C11 20 4 13 4 5.500c0-1 1-2 2-2Z',
  ticket: 'M4 7h16v3.500a1.600 1.600 0 0 0 0 3.200V17H4v-3.300a1.600 1.600 0 0 0 0-3.200zM14.500 7v10',
  box: 'M4 8l8-4 8 4v8l-8 4-8-4zM4 8l8 4 8-4M12 12v8',
  money: 'M7 4l5 7 5-7M12 11v9M7.500 12.500h9M7.500 16h9',
  save: 'M5 4h11l3 3v13H5zM8 4v5h7V4M8 20v-6h8v6',
  share: 'M17 8a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5ZM6 14.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5ZM17 21a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5ZM8.200 10.800l6.600-4M8.200 13.200l6.600 4',
} as const

export type IconName = keyof typeof paths

export function Icon({ name, size = 16, label, style }: { name: IconName, size?: number, label?: string, style?: CSSProperties }) {
  return (
    <svg className="qc-icon" width={size} height={size} viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth={name === 'more' ? 3 : 1.7}
      strokeLinecap="round" strokeLinejoin="round" role={label ? 'img' : undefined} aria-label={label} aria-hidden={label ? undefined : true} style={style}>
      <path d={paths[name]} />
    </svg>
  )
}

export function isIcon(name: string | undefined): name is IconName {
  return name !== undefined && name in paths
}

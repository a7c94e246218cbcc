// Parts that the portal and the collector's page share; the workbench does not load them.

import './phone.css'

export * from './path.tsx'
export * from './shelf.ts'
export * from './photos.tsx'
export * from './here.ts'
export * from './sign.tsx'
export * from './phone-map.tsx'

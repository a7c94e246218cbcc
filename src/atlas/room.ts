import type { Room } from '../kernel/index.ts'
import { addressesFile } from './pack/addresses.ts'
import { basemapFile } from './pack/basemap.ts'
import { beatsFile, cellsFile } from './pack/cells.ts'
import { cityFile } from './pack/city.ts'
import { componentsFile } from './pack/components.ts'
import { divisionShapesFile, divisionsFile } from './pack/divisions.ts'
import { routes } from './routes.ts'
import { tables } from './tables.ts'

export const atlas = {
  name: 'atlas',
  title: { zh: '空间数据', en: 'Atlas' },
  permits: { 'atlas.read': { zh: '查看地图、网格与部件', en: 'See the map, cells and components' } },
  tables,
  migrations: new URL('./migrations/', import.meta.url),
  routes,
  pack: [cityFile, divisionsFile, divisionShapesFile, beatsFile, cellsFile, componentsFile, addressesFile, basemapFile],
} satisfies Room

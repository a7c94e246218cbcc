import { event } from '../kernel/index.ts'

/** A city was set up or changed by a pack: what was built from divisions, cells, catalogues or units is to be built again. */
export const cityLoaded = event<{ code: string }>('atlas.city-loaded')

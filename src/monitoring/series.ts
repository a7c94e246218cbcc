// A series is one metric of one device, known by one whole number of four bytes. Nothing here reads a database.

/** Metrics of one product at most. */
export const METRICS_AT_MOST = 64
/** Devices of one deployment at most. */
export const DEVICES_AT_MOST = 2 ** 31 / METRICS_AT_MOST - 1

export const seriesOf = (device: number, metric: number): number => device * METRICS_AT_MOST + metric

export const deviceOf = (series: number): number => Math.floor(series / METRICS_AT_MOST)

export const metricOf = (series: number): number => series % METRICS_AT_MOST

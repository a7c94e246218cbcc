import { answer, serve } from '../../kernel/index.ts'
import { getMatrix, getRisk, getRiskFigures, getRiskMap, getRisks, getRisksSheet, getWarnedRisks, postReview, postRisk, postRisksSheet, putMatrix, putRisk } from './contract.ts'
import { listMatrices, setMatrix } from './city-matrix.ts'
import { exportRisks } from './export-risks.ts'
import { getHazard, getHazardFigures, getHazardMap, getHazards, postHazard } from './hazard-contract.ts'
import { findHazard, listHazards, mapHazards, readHazard, readHazardFigures } from './hazards.ts'
import { importRisks } from './import-risks.ts'
import { readRisk } from './read-risk.ts'
import { mapRisks, readFigures, warnedRisks } from './risk-map.ts'
import { addRisk, changeRisk, listRisks, reviewRisk } from './risks.ts'

export const riskRoutes = [
  answer(getRisks, (ctx, { query }) => listRisks(ctx, query)),
  answer(postRisk, (ctx, { body }) => addRisk(ctx, body)),
  answer(getRiskFigures, (ctx, { query }) => readFigures(ctx, query)),
  answer(getRiskMap, (ctx, { query }) => mapRisks(ctx, query)),
  answer(getWarnedRisks, (ctx, { query }) => warnedRisks(ctx, query)),
  serve(getRisksSheet, (ctx, { query, language }) => exportRisks(ctx, query, language)),
  answer(postRisksSheet, (ctx, { body }) => importRisks(ctx, body)),
  answer(getRisk, (ctx, { params }) => readRisk(ctx, params)),
  answer(putRisk, (ctx, { params, body }) => changeRisk(ctx, params, body)),
  answer(postReview, (ctx, { params, body }) => reviewRisk(ctx, params, body)),
  answer(getMatrix, (ctx) => listMatrices(ctx)),
  answer(putMatrix, (ctx, { body }) => setMatrix(ctx, body)),
  answer(getHazards, (ctx, { query }) => listHazards(ctx, query)),
  answer(postHazard, (ctx, { body }) => findHazard(ctx, body)),
  answer(getHazardFigures, (ctx, { query }) => readHazardFigures(ctx, query)),
  answer(getHazardMap, (ctx, { query }) => mapHazards(ctx, query)),
  answer(getHazard, (ctx, { params }) => readHazard(ctx, params)),
]

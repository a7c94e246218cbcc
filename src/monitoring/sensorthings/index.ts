// OGC SensorThings API 1.1: devices and readings for those who speak the standard.

import { serve } from '../../kernel/index.ts'
import { answerRoot, answerThings } from './answer.ts'
import { getSensorThing, getSensorThings } from './contract.ts'

export const sensorThings = [serve(getSensorThings, answerRoot), serve(getSensorThing, answerThings)]

import { answer } from '../../../kernel/index.ts'
import { cancelAssignment, clickAssignment, moveStaff, noteTold, receiveAssignment, releasePoint } from './advance.ts'
import { callUp, giveOrder } from './assign.ts'
import {
  getAssignment,
  getAssignments,
  getFloodCommand,
  getMyAssignments,
  postAssignmentMark,
  postCall,
  postCancelAssignment,
  postOrder,
  postRelease,
  postTold,
  putAssignmentReceipt,
  putStaff,
  putStaffPosition,
  putTruckDriver,
} from './contract.ts'
import { listAssignments, myAssignments, presentAssignment, presentAssignments, readAssignment, readCommand } from './show.ts'
import { setStaff } from './staff.ts'
import { setDriver } from './trucks.ts'

export const commandRoutes = [
  answer(getFloodCommand, (ctx) => readCommand(ctx)),
  answer(getAssignments, (ctx, { query }) => listAssignments(ctx, query)),
  answer(getAssignment, (ctx, { params }) => readAssignment(ctx, params)),
  answer(putStaff, (ctx, { params, body }) => setStaff(ctx, params.device, body.staff)),
  answer(putTruckDriver, (ctx, { params, body }) => setDriver(ctx, params.code, body.account)),
  answer(postCall, async (ctx, { body }) => {
    const { rows, ...rest } = await callUp(ctx, body)
    return { items: await presentAssignments(ctx, rows), ...rest }
  }),
  answer(postOrder, async (ctx, { body }) => presentAssignment(ctx, await giveOrder(ctx, body))),
  answer(postCancelAssignment, async (ctx, { params, body }) => presentAssignment(ctx, await cancelAssignment(ctx, params, body.reason))),
  answer(postTold, async (ctx, { params, body }) => presentAssignment(ctx, await noteTold(ctx, params, body.mark))),
  answer(postRelease, (ctx, { params, body }) => releasePoint(ctx, params.device, body.reason)),
  answer(getMyAssignments, (ctx) => myAssignments(ctx)),
  answer(putAssignmentReceipt, async (ctx, { params }) => presentAssignment(ctx, await receiveAssignment(ctx, params))),
  answer(putStaffPosition, async (ctx, { body }) => ({ running: await moveStaff(ctx, body.position, body.accuracy) })),
  answer(postAssignmentMark, async (ctx, { params, body }) => presentAssignment(ctx, await clickAssignment(ctx, params, body.mark))),
]

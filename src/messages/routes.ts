import { answer } from '../kernel/index.ts'
import { dropRule, dropTemplate, listRules, listTemplates, putRule as setRule, putSettings as setSettings, putTemplate as setTemplate, readSettings } from './book.ts'
import { dropChannel, listChannels, putChannel as setChannel } from './channels.ts'
import { myContact, setContact } from './contact.ts'
import {
  deleteChannel,
  deleteRule,
  deleteSubscription,
  deleteTemplate,
  getChannels,
  getContact,
  getMessages,
  getOutbox,
  getOutboxCounts,
  getRules,
  getSettings,
  getSubscriptions,
  getTemplates,
  getUnread,
  postPreview,
  postPushTrial,
  postRead,
  postResend,
  postSecret,
  postSubscription,
  postTrial,
  putChannel,
  putContact,
  putRule,
  putSettings,
  putSubscription,
  putTemplate,
} from './contract.ts'
import { countUnread, markRead, myMessages } from './inbox.ts'
import { countOutbox, listOutbox, resend } from './outbox.ts'
import { addSubscription, changeSubscription, dropSubscription, listSubscriptions, renewSecret, tryPush } from './subscriptions.ts'
import { preview, tryChannel } from './trial.ts'

export const routes = [
  answer(getMessages, (ctx, { query }) => myMessages(ctx, query)),
  answer(getUnread, (ctx) => countUnread(ctx)),
  answer(postRead, (ctx, { body }) => markRead(ctx, body)),
  answer(getContact, (ctx) => myContact(ctx)),
  answer(putContact, (ctx, { body }) => setContact(ctx, body)),
  answer(getOutbox, (ctx, { query }) => listOutbox(ctx, query)),
  answer(getOutboxCounts, (ctx) => countOutbox(ctx)),
  answer(postResend, (ctx, { body }) => resend(ctx, body.ids)),
  answer(getChannels, (ctx) => listChannels(ctx)),
  answer(putChannel, (ctx, { params, body }) => setChannel(ctx, params.code, body)),
  answer(deleteChannel, (ctx, { params }) => dropChannel(ctx, params.code)),
  answer(postTrial, (ctx, { params, body }) => tryChannel(ctx, params.code, body.to.trim())),
  answer(getRules, (ctx) => listRules(ctx)),
  answer(putRule, (ctx, { params, body }) => setRule(ctx, params.code, body)),
  answer(deleteRule, (ctx, { params }) => dropRule(ctx, params.code)),
  answer(getTemplates, (ctx) => listTemplates(ctx)),
  answer(putTemplate, (ctx, { params, body }) => setTemplate(ctx, params.code, body)),
  answer(deleteTemplate, (ctx, { params }) => dropTemplate(ctx, params.code)),
  answer(postPreview, (ctx, { body }) => preview(ctx, body.template, body.number)),
  answer(getSettings, (ctx) => readSettings(ctx)),
  answer(putSettings, (ctx, { body }) => setSettings(ctx, body)),
  answer(getSubscriptions, (ctx) => listSubscriptions(ctx)),
  answer(postSubscription, (ctx, { body }) => addSubscription(ctx, body)),
  answer(putSubscription, (ctx, { params, body }) => changeSubscription(ctx, params.id, body)),
  answer(postSecret, (ctx, { params }) => renewSecret(ctx, params.id)),
  answer(deleteSubscription, (ctx, { params }) => dropSubscription(ctx, params.id)),
  answer(postPushTrial, (ctx, { params }) => tryPush(ctx, params.id)),
]

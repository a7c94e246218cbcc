// The door of the hotline: calls, the knowledge base, orders of other systems.

export { publishArticles, type GivenArticle } from './knowledge/publish-articles.ts'
export { default as hotlineChannel } from './room.ts'

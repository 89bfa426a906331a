export { Article } from './article.ts'
export { ArticleMiss, ArticleRating, ArticleUse, ArticleVersion } from './records.ts'

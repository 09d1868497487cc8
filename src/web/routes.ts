/** Every address Viva serves, in one place. `:name` stands for one path segment. */
export const routes = {
  home: '/',
  course: '/courses/:course',
  answers: '/courses/:course/answers',
  answersChapter: '/courses/:course/answers/:chapter', // GET shows what was seen before, POST opens more
  spot: '/courses/:course/spot', // GET explains the drill, POST starts a turn
  trial: '/trials/:trial', // GET shows the turn, POST answers it
  trialWhy: '/trials/:trial/why', // POST has an unread reason read again
  item: '/items/:item',
  submit: '/items/:item/attempts', // POST
  attempt: '/attempts/:attempt',
  reveal: '/attempts/:attempt/reveal', // POST
  retry: '/attempts/:attempt/retry', // POST
  contest: '/attempts/:attempt/appeals', // POST
  draft: '/items/:item/draft', // POST: the form as typed, previewed, or with predictions switched on or off
  preview: '/preview', // POST
  welcome: '/welcome', // POST: makes sure that this browser has its cookie

  instructor: '/instructor',
  instructorLogin: '/instructor/login', // GET asks for the token, POST takes it
  instructorLogout: '/instructor/logout', // POST
  instructorRun: '/instructor/runs/:run',
  instructorStyle: '/instructor/report.css',
  instructorReviews: '/instructor/reviews',
  instructorReview: '/instructor/reviews/:attempt/:kind/:target', // GET shows one verdict, POST settles it

  practise: '/courses/:course/practise', // GET shows the choices, POST starts a session
  session: '/sessions/:session',
  moveOn: '/sessions/:session/next', // POST leaves a question behind
  progress: '/courses/:course/progress',
  history: '/courses/:course/history', // ?page=2
  flashcards: '/courses/:course/flashcards', // GET those seen; POST counts all as seen
  flashcardsAll: '/courses/:course/flashcards/all', // asks before all count as seen
  yours: '/yours',
  name: '/yours/name', // POST
  transferCode: '/yours/code', // POST
  exportJson: '/yours/everything.json',
  exportCsv: '/yours/attempts.csv',
  erase: '/yours/delete', // GET asks, POST deletes
  carry: '/carry', // GET asks for a code, POST uses it

  asset: '/assets/:version/:name',
  healthz: '/healthz',
  readyz: '/readyz',

  api: {
    root: '/api',
    description: '/api/openapi.json',
    items: '/api/items',
    item: '/api/items/:item',
    attempts: '/api/attempts', // POST
    attempt: '/api/attempts/:attempt',
    events: '/api/attempts/:attempt/events', // server-sent events
    reveal: '/api/attempts/:attempt/reveal', // POST
    appeals: '/api/attempts/:attempt/appeals', // POST
    instructor: '/api/instructor',
    reviews: '/api/instructor/reviews',
    settleReview: '/api/instructor/reviews/settle', // POST
  },
} as const;

type Names<Pattern extends string> = Pattern extends `${string}:${infer Name}/${infer Rest}`
  ? Name | Names<`/${Rest}`>
  : Pattern extends `${string}:${infer Name}`
    ? Name
    : never;

/** The address of one page: the pattern with its names filled in. */
export function href<Pattern extends string>(pattern: Pattern, values: Record<Names<Pattern>, string>): string {
  const named = new Map<string, string>(Object.entries(values));
  return pattern.replace(/:(\w+)/g, (_whole, name: string) => encodeURIComponent(named.get(name) ?? ''));
}

/** The same pattern as OpenAPI writes it: `/api/items/{item}`. */
export function openApiPath(pattern: string): string {
  return pattern.replace(/:(\w+)/g, '{$1}');
}

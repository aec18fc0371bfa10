/** What is asked of a guest: which answers fit, which question is shown, which options have few places. */
import type { Fault } from '../outcome.ts'
import { isLocalDateTime } from '../time/zone.ts'

export type Answer = string | number | boolean | string[]
export type Answers = Record<string, Answer>

export type Question = {
  id: string
  label: string
  type: 'text' | 'longText' | 'number' | 'date' | 'choice' | 'choices' | 'boolean'
  options?: (string | { value: string; places: number })[] | undefined
  required: boolean
  showIf?: { question: string; is: string | boolean } | undefined
  min?: number | undefined
  max?: number | undefined
}

/** The options of a question and how many places each has; null: as many as want it. */
export const optionsOf = ({ options = [] }: Pick<Question, 'options'>): { value: string; places: number | null }[] =>
  options.map((option) => (typeof option === 'string' ? { value: option, places: null } : option))

type Check = (answer: Answer, question: Question) => string | null

const isOption = (question: Question, value: string) => optionsOf(question).some((option) => option.value === value)
const notAnOption = (question: Question) =>
  `must be one of: ${optionsOf(question)
    .map(({ value }) => value)
    .join(', ')}`

/** Why an answer does not fit its question; null where it does. Of each type one. */
const CHECKS: Record<Question['type'], Check> = {
  text: (answer) => (typeof answer !== 'string' ? 'must be a text' : answer.includes('\n') ? 'must be one line' : null),
  longText: (answer) => (typeof answer === 'string' ? null : 'must be a text'),
  number: (answer, { min, max }) => {
    if (typeof answer !== 'number') return 'must be a number'
    if (min !== undefined && answer < min) return `must be at least ${min}`
    return max !== undefined && answer > max ? `must be at most ${max}` : null
  },
  date: (answer) =>
    typeof answer === 'string' && isLocalDateTime(`${answer}T00:00:00`) ? null : 'must be a date, such as 2023-01-18',
  choice: (answer, question) =>
    typeof answer === 'string' && isOption(question, answer) ? null : notAnOption(question),
  choices: (answer, question) => {
    if (!Array.isArray(answer)) return 'must be a list of options'
    if (new Set(answer).size < answer.length) return 'must name each option once'
    return answer.every((value) => isOption(question, value)) ? null : notAnOption(question)
  },
  boolean: (answer) => (typeof answer === 'boolean' ? null : 'must be true or false'),
}

const isEmpty = (answer: Answer | undefined): boolean =>
  answer === undefined || answer === '' || answer === false || (Array.isArray(answer) && answer.length === 0)

/** Whether a question is put to who gave these answers. */
export function isShown({ showIf }: Question, questions: readonly Question[], answers: Answers): boolean {
  if (!showIf) return true
  const asked = questions.find(({ id }) => id === showIf.question)
  if (asked && !isShown(asked, questions, answers)) return false
  const given = answers[showIf.question]
  return Array.isArray(given) ? given.includes(String(showIf.is)) : (given ?? false) === showIf.is
}

/** What is wrong with the answers; what was not asked must not be answered. */
export function faultsOfAnswers(questions: readonly Question[], answers: Answers): Fault[] {
  const unknown = Object.keys(answers)
    .filter((id) => !questions.some((question) => question.id === id))
    .map((id) => ({ path: `answers.${id}`, message: 'is no question of this event' }))
  const wrong = questions.flatMap((question): Fault[] => {
    const answer = answers[question.id]
    const shown = isShown(question, questions, answers)
    const message = isEmpty(answer)
      ? question.required && shown && 'is required'
      : shown
        ? CHECKS[question.type](answer!, question)
        : 'is not asked of who answers like this'
    return message ? [{ path: `answers.${question.id}`, message }] : []
  })
  return [...unknown, ...wrong]
}

/** An option as it is counted. */
export const optionKey = (question: string, value: string): string => `${question}=${value}`

/** The options with few places that these answers choose, and how many places each has. */
export const limitedOptions = (questions: readonly Question[], answers: Answers): Record<string, number> =>
  Object.fromEntries(
    questions.flatMap((question) => {
      const given = answers[question.id]
      const values = Array.isArray(given) ? given : [given]
      return optionsOf(question).flatMap(({ value, places }) =>
        places !== null && values.includes(value) ? [[optionKey(question.id, value), places] as const] : [],
      )
    }),
  )

/** What is wrong with the questions of an event. */
export function faultsOfQuestions(questions: readonly Question[]): { path: PropertyKey[]; message: string }[] {
  return questions.flatMap((question, at) => {
    const { id, type, options, showIf } = question
    const earlier = questions.slice(0, at)
    const faults: { path: PropertyKey[]; message: string }[] = []
    const fault = (path: PropertyKey[], message: string) => faults.push({ path: [at, ...path], message })
    const chooses = type === 'choice' || type === 'choices'
    if (earlier.some((other) => other.id === id)) fault(['id'], 'is the id of another question')
    if (chooses && !options) fault(['options'], 'are needed to choose from')
    if (!chooses && options) fault(['options'], `do not belong to a question of the type ${type}`)
    const values = optionsOf(question).map(({ value }) => value)
    if (new Set(values).size < values.length) fault(['options'], 'must name each option once')
    if (showIf && !earlier.some((other) => other.id === showIf.question))
      fault(['showIf', 'question'], 'is no question that stands before this one')
    return faults
  })
}
